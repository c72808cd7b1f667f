"""Everything one can do to a question, through its form; what is refused keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.desk.actions import ACTIONS
from aanspreekpunt.desk.tests.make import make_desk_question, make_question
from aanspreekpunt.organisation.models import Employee, Role
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover, Promise
from aanspreekpunt.promises.rules.deadlines import callback_windows
from aanspreekpunt.promises.tests.make import make_asked
from aanspreekpunt.questions.access import colleagues_who_see, may_see
from aanspreekpunt.questions.models import Mention, QuestionLink

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast: Cast) -> Question:
    return make_question(to=cast.waste, by=cast.anna)


def act(browser: Client, question: Question, verb: str, **fields: Any) -> HttpResponse:
    answer: HttpResponse = browser.post(reverse("desk:act", args=[question.reference, verb]), fields)
    question.refresh_from_db()
    return answer


def offered(browser: Client, question: Question) -> set[str]:
    page = browser.get(reverse("desk:question", args=[question.reference]))
    return {action.verb for action in page.context["actions"]}


def make_callback(cast: Cast) -> Question:
    now = timezone.now()
    window = callback_windows(start=now, calendar=calendar_of(cast.waste), count=1)[0]
    return operations.register_and_promise_callback(
        asked=make_asked(), to=cast.waste, window=window, phone="+31612345678", asks="Bel", by=cast.anna, at=now
    ).question


def test_each_key_means_one_thing_at_a_time(logged_in: LogIn, cast: Cast, question: Question) -> None:
    for employee in (cast.wim, cast.sander, cast.sofie):
        browser = logged_in(employee)
        for each in (question, make_callback(cast), make_desk_question(by=cast.anna)):
            page = browser.get(reverse("desk:question", args=[each.reference]))
            if page.status_code == 200:
                keys = [action.key for action in page.context["actions"]]
                assert len(keys) == len(set(keys))
    assert all(action.key not in "jkwtngf/?." for action in ACTIONS.values())


def test_every_form_opens(logged_in: LogIn, cast: Cast, question: Question) -> None:
    browser = logged_in(cast.sander)
    for verb in ACTIONS:
        answer = browser.get(reverse("desk:act", args=[question.reference, verb]))
        assert answer.status_code == 200, verb
    assert browser.get(reverse("desk:act", args=[question.reference, "dance"])).status_code == 404


def test_take_and_release(logged_in: LogIn, cast: Cast, question: Question) -> None:
    wim = logged_in(cast.wim)
    assert "take-up" in offered(wim, question)
    act(wim, question, "take-up")
    assert (question.state, question.holder) == ("in_hand", cast.wim)
    assert Handover.objects.get().taken_up_by == cast.wim
    assert "release" in offered(wim, question)
    act(wim, question, "release")
    assert question.holder is None


def test_what_a_colleague_took_first_is_refused_with_his_name(logged_in: LogIn, cast: Cast, question: Question) -> None:
    operations.take_up(question=question, by=cast.wilma, at=timezone.now())
    answer = logged_in(cast.wim).post(reverse("desk:act", args=[question.reference, "take-up"]), follow=True)
    assert "Wilma" in str(next(iter(answer.context["messages"])))


def test_a_supervisor_releases_what_a_colleague_holds(logged_in: LogIn, cast: Cast, question: Question) -> None:
    operations.take_up(question=question, by=cast.wilma, at=timezone.now())
    assert "release" not in offered(logged_in(cast.wim), question)
    act(logged_in(cast.sander), question, "release")
    assert question.holder is None


def test_give_to_a_colleague_who_finds_it_on_his_start_screen(logged_in: LogIn, cast: Cast, question: Question) -> None:
    cast.wilma.is_available = False
    cast.wilma.save()
    wim = logged_in(cast.wim)
    assert "give" in offered(wim, question)
    form = wim.get(reverse("desk:act", args=[question.reference, "give"])).context["form"]
    names = [str(name) for _, name in form.fields["to"].choices]
    assert names == ["Kies een collega", "Sander", "Wilma · niet aanwezig"], "only his own team, without himself"
    act(wim, question, "give", to=cast.wilma.pk, note="Jij kent deze straat")
    assert (question.state, question.holder, question.hops) == ("in_hand", cast.wilma, 1)
    assert "Gegeven aan Wilma." in wim.get(reverse("desk:question", args=[question.reference])).content.decode()
    assert "give" not in offered(wim, question), "it is hers now"
    wilma = logged_in(cast.wilma)
    home = wilma.get(reverse("desk:home"))
    assert [row.question.id for row in home.context["held"]] == [question.pk]
    assert list(home.context["mentions"]) == [question]
    page = wilma.get(reverse("desk:question", args=[question.reference])).content.decode()
    assert "Wim gaf u deze vraag." in page
    assert list(wilma.get(reverse("desk:home")).context["mentions"]) == [], "once seen it is no news"


def test_it_is_not_given_to_somebody_elsewhere_or_to_nobody(logged_in: LogIn, cast: Cast, question: Question) -> None:
    wim = logged_in(cast.wim)
    for to in (cast.joke.pk, cast.anna.pk, "", 999999):
        answer = act(wim, question, "give", to=to, note="Mijn lange notitie")
        assert answer.status_code == 422
        assert "Mijn lange notitie" in answer.content.decode()
    assert act(logged_in(cast.anna), question, "give", to=cast.wilma.pk).status_code == 422, "not of her team"
    assert question.holder is None


def test_answer_by_mail_with_a_preview_first(logged_in: LogIn, cast: Cast, question: Question) -> None:
    wim = logged_in(cast.wim)
    shown = act(wim, question, "answer", text="Wij komen morgen.", channel="email", preview="yes")
    page = shown.content.decode()
    assert question.state == "waiting"
    assert "Voorbeeld van de brief" in page
    assert page.count("Wij komen morgen.") == 2
    act(wim, question, "answer", text="Wij komen morgen.", channel="email")
    assert question.outcome == "answered"


def test_what_was_typed_stays_when_it_is_refused(logged_in: LogIn, cast: Cast, question: Question) -> None:
    operations.take_up(question=question, by=cast.wilma, at=timezone.now())
    answer = act(logged_in(cast.wim), question, "answer", text="Mijn lange antwoord", channel="phone")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mijn lange antwoord" in page
    assert "Wilma" in page
    assert question.state == "in_hand"


def test_without_an_email_address_the_answer_is_spoken(logged_in: LogIn, cast: Cast) -> None:
    question = make_desk_question(by=cast.anna, customer=make_asked().customer.__class__(phone="+31612345678"))
    page = logged_in(cast.bram).get(reverse("desk:act", args=[question.reference, "answer"]))
    assert [value for value, _ in page.context["form"].fields["channel"].choices] == ["phone", "counter", "visit"]


def test_hand_over_shows_dates_and_the_sentence_to_say(logged_in: LogIn, cast: Cast) -> None:
    product = make_product("container", team=cast.waste)
    question = make_desk_question(by=cast.anna, product=product)
    anna = logged_in(cast.anna)
    form = anna.get(reverse("desk:act", args=[question.reference, "hand-over"])).context["form"]
    assert form.initial["to"] == "waste"
    assert form.sentence.startswith("Ik geef uw vraag door aan Waste. U hoort van hen vóór ")
    act(anna, question, "hand-over", to="waste", asks="Kijk eens", note="Boos")
    assert (question.owner, question.hops) == (cast.waste, 1)


def test_a_second_hop_is_for_a_supervisor_with_a_reason(logged_in: LogIn, cast: Cast, question: Question) -> None:
    assert "hand-over" not in offered(logged_in(cast.wim), question)
    refused = act(logged_in(cast.wim), question, "hand-over", to="youth", asks="", note="", reason="Toch jeugd")
    assert refused.status_code == 422
    sander = logged_in(cast.sander)
    assert "hand-over" in offered(sander, question)
    answer = act(sander, question, "hand-over", to="youth", asks="", note="", reason="Toch jeugd")
    assert question.owner == cast.youth
    assert answer["Location"] == reverse("desk:queue"), "what went out of sight is not shown"


def test_return_with_a_reason(logged_in: LogIn, cast: Cast, question: Question) -> None:
    wim = logged_in(cast.wim)
    assert act(wim, question, "return", reason="").status_code == 422
    act(wim, question, "return", reason="Niet van ons")
    assert question.owner == cast.desk
    assert "return" not in offered(logged_in(cast.anna), question)


def test_ask_the_resident_and_note_what_he_adds(logged_in: LogIn, cast: Cast, question: Question) -> None:
    act(logged_in(cast.wim), question, "ask-resident", text="Welke kleur?", channel="email")
    assert question.state == "awaiting_resident"
    act(logged_in(cast.anna), question, "note-addition", text="Groen", channel="phone")
    assert (question.state, question.has_news) == ("in_hand", True)


def test_go_on_without_a_reply(logged_in: LogIn, cast: Cast, question: Question) -> None:
    wim = logged_in(cast.wim)
    assert "stop-waiting" not in offered(wim, question)
    act(wim, question, "ask-resident", text="Welke kleur?", channel="email")
    act(logged_in(cast.anna), question, "stop-waiting")
    assert question.state == "awaiting_resident", "an agent does not decide that for another team"
    assert "stop-waiting" in offered(wim, question)
    act(wim, question, "stop-waiting")
    assert question.state == "in_hand"


def test_promise_a_callback_miss_it_and_make_it(logged_in: LogIn, cast: Cast, question: Question) -> None:
    wim = logged_in(cast.wim)
    form = wim.get(reverse("desk:act", args=[question.reference, "promise-callback"])).context["form"]
    assert form.initial["phone"] == "06 12345678"
    window = form.fields["window"].choices[0][0]
    assert act(wim, question, "promise-callback", window=window, phone="12").status_code == 422
    act(wim, question, "promise-callback", window=window, phone="06 12345678")
    assert "answer" not in offered(wim, question)
    form = wim.get(reverse("desk:act", args=[question.reference, "miss-callback"])).context["form"]
    act(wim, question, "miss-callback", text="Voicemail", window=form.fields["window"].choices[0][0])
    assert Promise.objects.filter(kind="callback").count() == 2
    act(wim, question, "call-back", text="Uitgelegd")
    assert question.outcome == "callback_kept"


def test_a_new_date_needs_a_reason(logged_in: LogIn, cast: Cast, question: Question) -> None:
    act(logged_in(cast.wim), question, "renew-promise", reason="Onderdeel besteld")
    assert Promise.objects.filter(question=question).count() == 2


@pytest.mark.parametrize(
    "outcome", ["referred", "became_case", "appointment_made", "withdrawn", "could_not_be_answered"]
)
def test_settle_otherwise_and_open_again(logged_in: LogIn, cast: Cast, question: Question, outcome: str) -> None:
    wim = logged_in(cast.wim)
    act(wim, question, "settle", outcome=outcome, note="Z-2026-1", tell="Wij hebben het doorgegeven.")
    assert (question.outcome, question.outcome_note) == (outcome, "Z-2026-1")
    assert offered(wim, question) >= {"reopen"}
    assert "answer" not in offered(wim, question)
    act(wim, question, "reopen", reason="Toch niet")
    assert question.state == "waiting"


def test_merge_by_reference_with_candidates_of_the_same_person(
    logged_in: LogIn, cast: Cast, question: Question
) -> None:
    double = make_question(to=cast.waste, by=cast.anna)
    wim = logged_in(cast.wim)
    form = wim.get(reverse("desk:act", args=[double.reference, "merge"])).context["form"]
    assert question in form.candidates
    assert act(wim, double, "merge", into="123").status_code == 422
    act(wim, double, "merge", into=question.shown_reference)
    assert (double.outcome, double.duplicate_of) == ("duplicate", question)


def test_a_question_one_may_not_see_cannot_be_named(logged_in: LogIn, cast: Cast, question: Question) -> None:
    secret = make_question(to=cast.youth, by=cast.anna, is_confidential=True)
    for verb, field in (("merge", "into"), ("link", "other")):
        answer = act(logged_in(cast.wim), question, verb, **{field: secret.reference})
        assert answer.status_code == 422
    assert not QuestionLink.objects.exists()


def test_link(logged_in: LogIn, cast: Cast, question: Question) -> None:
    other = make_question(to=cast.waste, by=cast.anna, subject="De andere")
    wim = logged_in(cast.wim)
    act(wim, question, "link", other=other.shown_reference)
    assert QuestionLink.objects.count() == 1
    assert "Gekoppeld aan vraag" in wim.get(reverse("desk:question", args=[question.reference])).content.decode()


def test_confidential_on_and_off(logged_in: LogIn, cast: Cast, question: Question) -> None:
    wim = logged_in(cast.wim)
    act(wim, question, "make-confidential")
    assert question.is_confidential
    assert logged_in(cast.anna).get(reverse("desk:question", args=[question.reference])).status_code == 404
    act(wim, question, "end-confidential")
    assert not question.is_confidential


def test_an_agent_of_another_team_does_not_end_confidentiality_or_change_the_product(
    logged_in: LogIn, cast: Cast, question: Question
) -> None:
    product = make_product("container", team=cast.waste)
    answer = act(logged_in(cast.anna), question, "recategorise", product=product.pk)
    assert answer.status_code == 422
    assert question.product is None


def test_recategorise(logged_in: LogIn, cast: Cast, question: Question) -> None:
    product = make_product("container", team=cast.waste)
    act(logged_in(cast.wim), question, "recategorise", product=product.pk)
    assert question.product == product


def test_a_note_mentions_colleagues_by_name(logged_in: LogIn, cast: Cast, question: Question) -> None:
    wim = logged_in(cast.wim)
    act(wim, question, "note", text="@Wilma kijk jij? En @Anna weet het ook.")
    assert set(Mention.objects.values_list("employee__name", flat=True)) == {"Wilma", "Anna"}
    home = logged_in(cast.wilma).get(reverse("desk:home")).content.decode()
    assert "Container niet geleegd" in home


def suggested(browser: Client, question: Question, name: str) -> list[str]:
    answer = browser.post(reverse("desk:colleagues", args=[question.reference]), {"name": name})
    return [each.name for each in answer.context["colleagues"]]


def test_the_beginning_of_a_name_suggests_who_may_see_the_question(
    logged_in: LogIn, cast: Cast, question: Question
) -> None:
    make_employee("Jan van 't Wad", (Role.AGENT, cast.desk))
    wim = logged_in(cast.wim)
    assert suggested(wim, question, "wi") == ["Wilma"], "not himself"
    assert suggested(wim, question, "jo") == [], "Joke may not see it"
    assert suggested(wim, question, "ad") == [], "the beginning of a word, not its middle"
    assert suggested(wim, question, "van") == ["Jan van 't Wad"]
    act(wim, question, "note", text="@Jan van 't Wad weet het")
    assert Mention.objects.get().employee.name == "Jan van 't Wad"
    act(wim, question, "make-confidential")
    assert suggested(wim, question, "jan") == [], "nor who may not see it any more"


def test_who_is_suggested_is_who_may_see_it(cast: Cast, question: Question) -> None:
    make_employee("Eva", (Role.SUPERVISOR, None))
    make_employee("Max", (Role.MANAGER, cast.waste), (Role.AGENT, None))
    secret = make_question(to=cast.youth, by=cast.anna, is_confidential=True)
    for each in (question, secret):
        found = {who for letter in "abeijmosw" for who in colleagues_who_see(each, named=letter, limit=9)}
        assert found == {who for who in Employee.objects.all() if may_see(who, each)}


def test_suggesting_costs_one_query(
    logged_in: LogIn, cast: Cast, question: Question, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wim = logged_in(cast.wim)
    suggested(wim, question, "w")
    with django_assert_num_queries(4):  # session, employee with roles, question, colleagues
        suggested(wim, question, "w")


def test_a_mention_of_nobody_or_of_who_may_not_see_it_is_said_at_once(
    logged_in: LogIn, cast: Cast, question: Question
) -> None:
    wim = logged_in(cast.wim)
    for text, expected in (("@Niemandsnaam kijk", "Niemandsnaam"), ("@Joke kijk", "Joke")):
        answer = act(wim, question, "note", text=text)
        assert answer.status_code == 422
        assert expected in answer.content.decode()
    assert not Mention.objects.exists()
    assert act(wim, question, "note", text="Mail naar karel@example.org gestuurd").status_code == 302
    assert not Mention.objects.exists()
