"""Registering while somebody is on the line."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.catalogue.queries import product_named
from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.common.follow_codes import follow_code_matches
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.desk.conversing.fields import Fields
from aanspreekpunt.desk.conversing.registering import Conversation, register
from aanspreekpunt.journal.models import Look
from aanspreekpunt.knowledge.finding.understanding import Understanding
from aanspreekpunt.knowledge.models import Use
from aanspreekpunt.knowledge.tests.make import make_answer, make_value
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.organisation.queries import forget_remembered
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.parties.models import Party
from aanspreekpunt.parties.tests.make import make_party
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.tests.make import make_handed_over
from aanspreekpunt.questions.intake import Customer
from aanspreekpunt.questions.models import Contact, Draft, Question
from aanspreekpunt.questions.operations import follow_code_key
from aanspreekpunt.questions.refusals import AlreadyAsked

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

    from aanspreekpunt.knowledge.finding.query import Query
    from aanspreekpunt.organisation.models import Employee

pytestmark = pytest.mark.django_db
BACKEND = "aanspreekpunt.organisation.backends.LoginBackend"
STORY = "Mijn kliko is niet geleegd. Hij staat er nog."
BIN_FORM = {
    "fields": [
        {
            "key": "colour",
            "type": "choice",
            "label": "Welke container?",
            "required": True,
            "options": [{"value": "grey", "label": "Grijs"}, {"value": "green", "label": "Groen"}],
        }
    ]
}


@pytest.fixture
def cast() -> Cast:
    forget_remembered()
    return make_cast()


@dataclass
class Desk:
    """The register screen of one conversation, as its agent uses it without JavaScript."""

    client: Client
    url: str

    def press(self, command: str, **fields: Any) -> Any:
        return self.client.post(self.url, {"number": 1, "channel": "phone", **fields, "do": command})

    def page(self) -> str:
        return str(self.client.get(self.url).content.decode())

    def part(self, name: str, **fields: Any) -> str:
        answer = self.client.post(f"{self.url}/deel/{name}", {"number": 1, "channel": "phone", **fields})
        assert answer.status_code == 200
        return str(answer.content.decode())

    def register(self, **fields: Any) -> str:
        """Register and return the page of the receipt."""
        answer = self.client.post(
            self.url, {"number": 1, "channel": "phone", "text": STORY, **fields, "do": "register"}, follow=True
        )
        assert answer.redirect_chain, answer.content.decode()
        return str(answer.content.decode())


def log_in(client: Client, employee: Employee) -> None:
    client.force_login(employee, backend=BACKEND)


@pytest.fixture
def desk(client: Client, cast: Cast) -> Desk:
    log_in(client, cast.anna)
    answer = client.get(reverse("desk:new-contact") + "?channel=phone")
    return Desk(client, answer["Location"].partition("?")[0])


# Who may be here.


def addresses() -> list[tuple[str, str]]:
    conversation = UUID("01890a5d-ac96-774b-bcce-b302099a8057")  # the same in every process that collects tests
    return [
        ("get", reverse("desk:new-contact")),
        ("get", reverse("desk:conversation", args=[conversation])),
        ("post", reverse("desk:conversation", args=[conversation])),
        ("post", reverse("desk:save-conversation", args=[conversation])),
        ("post", reverse("desk:conversation-part", args=[conversation, "people"])),
        ("get", reverse("desk:receipt", args=[conversation, 1])),
    ]


@pytest.mark.parametrize(("method", "url"), addresses())
def test_who_is_not_logged_in_is_asked_to_log_in(method: str, url: str, client: Client, cast: Cast) -> None:  # noqa: ARG001 - sets up
    answer = getattr(client, method)(url, follow=True)
    assert 'name="password"' in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("method", "url"), addresses())
@pytest.mark.parametrize("name", ["olga", "wim"])
def test_who_does_not_speak_with_residents_finds_nothing(
    name: str, method: str, url: str, client: Client, cast: Cast
) -> None:
    log_in(client, getattr(cast, name))
    assert getattr(client, method)(url, {"text": "x"}).status_code == 404
    assert not Draft.objects.exists()


def test_the_conversation_of_a_colleague_is_not_there(desk: Desk, client: Client, cast: Cast) -> None:
    desk.press("save", text=STORY)
    log_in(client, cast.bram)
    assert client.get(desk.url).status_code == 404
    assert desk.press("register", text=STORY, choice="keep").status_code == 404
    assert not Question.objects.exists()


# What is typed is kept.


def test_nothing_is_kept_until_something_is_typed(desk: Desk) -> None:
    assert "Wat is de vraag" in desk.page()
    assert not Draft.objects.exists()


def test_the_channel_comes_along(client: Client, cast: Cast) -> None:
    log_in(client, cast.anna)
    page = client.get(reverse("desk:new-contact") + "?channel=counter", follow=True).content.decode()
    assert '<option value="counter" selected>' in page


def test_what_is_typed_survives_a_crash_and_is_offered_again(desk: Desk, client: Client, cast: Cast) -> None:
    assert client.post(f"{desk.url}/concept", {"number": 1, "text": STORY, "who": "Karel"}).status_code == 204
    client.logout()
    log_in(client, cast.anna)
    another = client.get(reverse("desk:new-contact"), follow=True).content.decode()
    assert desk.url in another
    assert STORY in desk.page()


def test_throwing_away_leaves_nothing(desk: Desk) -> None:
    desk.press("save", text=STORY)
    desk.press("end")
    assert not Draft.objects.exists()


def test_a_page_that_stayed_behind_overwrites_nothing(desk: Desk, client: Client) -> None:
    desk.register(choice="keep", who="Karel van Deurne")
    assert client.post(f"{desk.url}/concept", {"number": 1, "text": "oud"}).status_code == 409
    assert Draft.objects.get().fields["text"] == ""
    desk.press("end")
    assert client.post(f"{desk.url}/concept", {"number": 1, "text": "oud"}).status_code == 409
    assert not Draft.objects.exists()


# Who.


def test_people_are_found_while_typing_and_choosing_one_is_on_record(desk: Desk, cast: Cast) -> None:
    party = make_party()
    make_handed_over(to=cast.waste, by=cast.anna, at=timezone.now())
    found = desk.part("people", who="0612345678")
    assert "Karel van Deurne" in found
    assert "Container niet geleegd" in found  # what was asked from this number before
    assert not Look.objects.filter(purpose="conversation").exists()
    chosen = desk.part("person", who="deurne", do=f"choose_person:{party.pk}")
    assert "Kerkstraat 12A, 1234 AB Voorbeeldstad" in chosen
    assert Look.objects.get(purpose="conversation").subject_id == party.pk
    assert Draft.objects.get().fields["party"] == party.pk


def test_somebody_who_is_not_there_is_not_chosen(desk: Desk) -> None:
    desk.press("choose_person:123456", who="x")
    desk.press("choose_person:drop", who="x")
    assert Draft.objects.get().fields["party"] is None
    assert not Look.objects.exists()


def test_without_javascript_people_are_found_too(desk: Desk) -> None:
    make_party()
    desk.press("save", who="deurne")
    assert "choose_person:" in desk.page()


def test_what_was_typed_to_find_somebody_says_who_is_on_the_line(desk: Desk) -> None:
    desk.register(choice="keep", who="Fatima el Amrani")
    participant = Contact.objects.get().participants.get()
    assert (participant.first_name, participant.infix, participant.last_name) == ("Fatima", "el", "Amrani")
    assert not Party.objects.exists()


def test_anonymous_is_a_right(desk: Desk) -> None:
    desk.press("anonymous", who="Karel", phone="0612345678", remember="1")
    page = desk.page()
    assert "0612345678" not in page
    desk.register(choice="keep", anonymous="1", phone="0612345678", remember="1")
    participant = Contact.objects.get().participants.get()
    assert (participant.full_name, participant.phone) == ("", "")
    assert not Party.objects.exists()


def test_only_who_is_to_be_remembered_is_remembered(desk: Desk) -> None:
    desk.register(
        choice="keep", name="Karel van Deurne", phone="06 12345678", remember="1", postcode="1234 ab", house="12a"
    )
    party = Party.objects.get()
    assert (party.sort_key, party.postcode, party.house_number_addition) == ("deurne karel van", "1234AB", "A")
    assert Question.objects.get().party == party


def test_an_identifier_that_is_none_of_ours_is_no_conversation(client: Client, cast: Cast) -> None:
    log_in(client, cast.anna)
    url = reverse("desk:conversation", args=["e699e54d-3815-45f3-acd8-e90127ad028e"])
    assert client.get(url).status_code == client.post(url, {"text": "x"}).status_code == 404


# Which product and which answer.


def test_a_story_leads_to_product_and_answer(desk: Desk, cast: Cast) -> None:
    make_product("bin", team=cast.waste, name="Container niet geleegd", everyday_names=["kliko"])
    make_answer("bin", "Kliko niet geleegd?", "Wacht **een dag**.")
    drawn = desk.part("answers", text=STORY)
    assert "choose_product:bin" in drawn
    assert "open_article:bin" in drawn
    assert "<strong>een dag</strong>" in desk.part("article", text=STORY, do="open_article:bin")
    assert "Wacht een dag." in desk.part("used", text=STORY, do="use_answer:bin")
    assert Draft.objects.get().fields["choice"] == "answer"


def test_a_key_reads_each_index_once_and_draws_the_title_of_this_conversation_only(
    desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_product("bin", team=cast.waste, name="Container niet geleegd", everyday_names=["kliko"])
    read, texts = Understanding.read, list[str]()

    def counted(self: Understanding, text: str, *, typing: bool) -> Query:
        texts.append(text)
        return read(self, text, typing=typing)

    monkeypatch.setattr(Understanding, "read", counted)
    desk.part("answers", text=STORY)
    texts.clear()
    with django_assert_num_queries(3):  # session, employee, what is known of the conversation
        drawn = desk.part("answers", text=STORY)
    assert len(texts) == 2, "what everybody may find, and what staff may find besides"
    assert "choose_product:bin" in drawn
    assert f'id="tab-title" hx-swap-oob="true">{STORY[:20]}' in drawn
    assert 'id="tabs"' not in drawn
    assert desk.page().count('id="tab-title"') == 1


@pytest.mark.parametrize(("is_confidential", "uses"), [(False, 1), (True, 0)])
def test_which_answer_settled_a_question_is_remembered_unless_it_is_confidential(
    desk: Desk, *, is_confidential: bool, uses: int
) -> None:
    make_answer("bin", "Kliko niet geleegd?", "Wacht **een dag**.")
    confidential = {"confidential": "on"} if is_confidential else {}
    desk.register(text=STORY, choice="answer", answer="Wacht een dag.", given="bin unknown", **confidential)
    assert Question.objects.get().is_confidential == is_confidential
    assert Use.objects.filter(article__key="bin", question_id=Question.objects.get().pk).count() == uses


def test_products_are_found_by_everyday_words(desk: Desk, cast: Cast) -> None:
    make_product("bin", team=cast.waste, name="Container niet geleegd", everyday_names=["kliko"])
    assert "choose_product:bin" in desk.part("products", product_query="klik")
    assert "choose_product" not in desk.part("products", product_query="zzz")


def test_the_role_of_the_municipality_and_confidentiality_are_said(desk: Desk, cast: Cast) -> None:
    make_product("fine", team=cast.waste, name="Boete", role="enforces")
    make_product("youth", team=cast.youth, name="Jeugdhulp", is_confidential=True)
    assert "handhaaft" in desk.part("product", do="choose_product:fine")
    assert "Vertrouwelijk: na het vastleggen" in desk.part("product", do="choose_product:youth")


def test_exactly_the_form_of_the_product_is_asked_and_kept(desk: Desk, cast: Cast) -> None:
    make_product("bin", team=cast.waste, name="Container", form=BIN_FORM)
    drawn = desk.part("product", do="choose_product:bin")
    assert "Welke container?" in drawn
    assert "form-field--invalid" not in drawn
    refused = desk.press("register", text=STORY, choice="hand_over", product="bin", name="Karel")
    assert refused.status_code == 422
    assert "Welke container?" in refused.content.decode()
    desk.register(choice="hand_over", product="bin", **{"form-colour": "green"})
    assert Question.objects.get().form_data == {"colour": "green"}


def test_an_unknown_part_is_not_there(desk: Desk, client: Client) -> None:
    assert client.post(f"{desk.url}/deel/secrets", {}).status_code == 404


# And then.


def test_answered_at_once(desk: Desk) -> None:
    page = desk.register(choice="answer", answer="Morgen komen we.", email="karel@example.org")
    question = Question.objects.get()
    assert question.outcome == "answered_at_once"
    assert question.subject == "Mijn kliko is niet geleegd"
    assert question.shown_reference in page
    assert "karel@example.org" in page
    assert Delivery.objects.filter(kind="answer_at_once").count() == 1


def test_the_sentence_said_before_is_the_promise_made(desk: Desk, cast: Cast) -> None:
    make_product("bin", team=cast.waste, name="Container")
    cast.waste.name = "Afval"
    cast.waste.save()
    before = desk.part("outcome", text=STORY, product="bin", choice="", do="choose:hand_over")
    sentence = before.partition("“")[2].partition("”")[0]
    assert sentence.startswith("U hoort uiterlijk ")
    assert sentence.endswith("van team Afval.")
    after = desk.register(choice="hand_over", product="bin")
    assert sentence in after
    assert Question.objects.get().owner == cast.waste


def test_team_and_date_can_be_changed(desk: Desk, cast: Cast) -> None:
    make_product("bin", team=cast.waste, name="Container")
    day = timezone.localdate() + timedelta(days=30)
    desk.register(choice="hand_over", product="bin", team="desk", due_on=day.isoformat())
    assert Question.objects.get().owner == cast.desk
    assert Promise.objects.get().norm_kind == "fixed_date"


def test_a_callback_within_the_hours_of_the_team(desk: Desk, cast: Cast) -> None:
    make_product("bin", team=cast.waste, name="Container")
    drawn = desk.part("outcome", product="bin", phone="06 12345678", do="choose:call_back")
    assert "06 12345678" in drawn
    window = drawn.partition('name="window" value="')[2].partition('"')[0]
    page = desk.register(choice="call_back", product="bin", phone="06 12345678", window=window)
    promise = Promise.objects.get()
    assert (promise.kind, promise.phone, promise.team) == ("callback", "+31612345678", cast.waste)
    assert "belt u" in page


def test_a_question_for_another_body_is_handed_over_warmly(desk: Desk, cast: Cast) -> None:
    refer_to = {"name": "Waterschap", "phone": "088 1234567", "text": "De sloot is van het waterschap."}
    make_product("ditch", team=cast.desk, name="Sloot", refer_to=refer_to)
    drawn = desk.part("outcome", product="ditch", do="choose:refer")
    assert "De sloot is van het waterschap." in drawn
    assert "088 1234567" in drawn
    desk.register(choice="refer", product="ditch", refer_to="Waterschap", refer_text="Bel 088 1234567.")
    question = Question.objects.get()
    assert (question.outcome, question.outcome_note) == ("referred", "Waterschap")


def test_what_to_know_about_a_product_stands_beside_it(desk: Desk, cast: Cast) -> None:
    make_value("bak_kosten", "€ 15")
    body = {"name": "Werf", "text": "Bel de werf, {{ bak_kosten }}.", "offer": "Bel samen."}
    make_product(
        "bin",
        team=cast.waste,
        costs="Ruilen kost {{ bak_kosten }}.",
        steps=["U belt."],
        desk_settles=["question"],
        kind="report",
        refer_to=body,
    )
    drawn = desk.part("product", product="bin", do="choose_product:bin")
    assert "Ruilen kost € 15." in drawn
    assert "U belt." in drawn
    refer = desk.part("outcome", product="bin", do="choose:refer")
    assert "Bel samen." in refer
    assert "Bel de werf, € 15." in refer


def test_one_kind_of_question_may_be_settled_at_the_desk_and_another_not(desk: Desk, cast: Cast) -> None:
    make_product("bin", team=cast.waste, desk_settles=["question"], kind="report")
    warning = "Meestal beantwoordt Waste dit."
    assert warning in desk.part("outcome", product="bin", do="choose:answer")
    assert warning not in desk.part("outcome", product="bin", kind="question", do="choose:answer")


def test_a_case_keeps_its_number(desk: Desk) -> None:
    desk.register(choice="case", case_number="Z-2026-12")
    assert (Question.objects.get().outcome, Question.objects.get().outcome_note) == ("became_case", "Z-2026-12")


def test_kept_at_the_desk(desk: Desk, cast: Cast) -> None:
    desk.register(choice="keep")
    assert Question.objects.get().owner == cast.desk


def test_any_agent_may_make_it_confidential(desk: Desk, cast: Cast) -> None:
    page = desk.register(choice="hand_over", team="youth", confidential="1")
    question = Question.objects.get()
    assert question.is_confidential
    assert question.owner == cast.youth
    assert question.shown_reference in page  # to be read aloud, though the agent may not open it


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"choice": ""}, "Kies wat er met deze vraag gebeurt"),
        ({"choice": "answer", "text": "", "subject": ""}, "Schrijf op wat er gevraagd wordt"),
        ({"choice": "keep", "phone": "12345"}, "telefoonnummer"),
        ({"choice": "keep", "email": "karel"}, "Dit is geen e-mailadres"),
        ({"choice": "keep", "postcode": "12"}, "postcode"),
        ({"choice": "keep", "house": "a"}, "Een huisnummer begint met cijfers"),
        ({"choice": "hand_over", "due_on": "2020-01-01"}, ""),
        ({"choice": "hand_over", "due_on": "morgen"}, "Dit is geen datum"),
        ({"choice": "call_back", "phone": "0612345678"}, "Kies wanneer wij terugbellen"),
        ({"choice": "keep", "remember": "1"}, "Vul een naam in"),
    ],
)
def test_what_is_wrong_is_said_and_everything_stays(fields: dict[str, str], problem: str, desk: Desk) -> None:
    typed = {"text": STORY, "street": "Kerkstraat", "note": "voor de collega", **fields}
    answer = desk.press("register", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert problem in page
    assert "Kerkstraat" in page
    assert "voor de collega" in page
    assert not Question.objects.exists()


# Once.


def test_registering_twice_shows_what_was_registered(desk: Desk) -> None:
    first = desk.register(choice="keep", name="Karel")
    again = desk.register(choice="keep", name="Karel")
    reference = Question.objects.get().shown_reference
    assert reference in first
    assert reference in again
    code = first.partition("om de vraag te volgen")[2].partition('aloud__big">')[2].partition("<")[0]
    assert code
    assert code in again
    assert follow_code_matches(code, stored_hash=Question.objects.get().follow_code_hash, key=follow_code_key())


def test_the_follow_code_is_not_kept_in_readable_form(desk: Desk) -> None:
    page = desk.register(choice="keep")
    code = page.partition('aloud__big">')[2].partition('aloud__big">')[2].partition("<")[0]
    kept = str(Draft.objects.get().fields)
    assert code.replace("-", "") not in kept
    assert code not in kept
    desk.press("end", number=2)
    assert code not in str(desk.client.get(f"{desk.url}/vraag/1").content)
    assert Question.objects.get().shown_reference in desk.client.get(f"{desk.url}/vraag/1").content.decode()


def test_the_receipt_is_for_who_registered_it(desk: Desk, client: Client, cast: Cast) -> None:
    desk.register(choice="keep")
    desk.press("end", number=2)
    log_in(client, cast.bram)
    assert client.get(f"{desk.url}/vraag/1").status_code == 404
    assert client.get(f"{desk.url}/vraag/9").status_code == 404


def test_another_question_keeps_person_and_conversation(desk: Desk) -> None:
    desk.register(choice="keep", name="Karel van Deurne", phone="0612345678")
    assert "Karel van Deurne" in desk.page()
    desk.register(choice="answer", answer="Ja", number=2, name="Karel van Deurne", phone="0612345678")
    assert Question.objects.count() == 2
    assert Contact.objects.values_list("conversation", flat=True).distinct().count() == 1


def test_conversations_run_side_by_side(desk: Desk, client: Client) -> None:
    desk.press("save", text=STORY, who="Karel")
    other = Desk(client, client.get(reverse("desk:new-contact"))["Location"])
    other.register(choice="keep", name="Anna")
    page = other.page()
    assert desk.url in page
    assert STORY in desk.page()


def test_running_conversations_are_offered_on_the_start_screen_of_their_agent(
    desk: Desk, client: Client, cast: Cast
) -> None:
    desk.press("save", text=STORY, who="Karel")
    assert desk.url in client.get(reverse("desk:home")).content.decode()
    log_in(client, cast.bram)
    assert desk.url not in client.get(reverse("desk:home")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_double_enter_registers_once(cast: Cast) -> None:
    make_product("bin", team=cast.waste, name="Container")
    fields = Fields(text=STORY, choice="hand_over", product="bin")
    conversation = Conversation(
        uuid=new_uuid(), fields=fields, customer=Customer(), product=product_named("bin"), form_data={}
    )

    def press_enter(_: int) -> str:
        try:
            return register(conversation=conversation, by=cast.anna, at=timezone.now()).question.reference
        except AlreadyAsked:
            return "already"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as hands:
        results = sorted(hands.map(press_enter, range(4)))
    assert results == [Question.objects.get().reference, "already", "already", "already"]
    assert list(Draft.objects.get().fields["receipts"]) == ["1"]


# Who saw whom.


def shown_to_recognise() -> set[tuple[str, int]]:
    return set(Look.objects.filter(purpose="caller").values_list("subject_kind", "subject_id"))


def test_whom_and_what_typing_who_calls_shows_is_in_the_access_log(desk: Desk, cast: Cast) -> None:
    party = make_party()
    known = make_handed_over(to=cast.waste, by=cast.anna, customer=Customer(party=party, phone="+31612345678")).question
    unknown = make_handed_over(to=cast.waste, by=cast.anna, customer=Customer(phone="+31687654321")).question
    secret = make_handed_over(
        to=cast.youth, by=cast.anna, customer=Customer(phone="+31687654321"), is_confidential=True
    ).question
    desk.part("answers", text=STORY)
    desk.part("people", who="06")
    assert shown_to_recognise() == set()
    desk.part("people", who="06 87654321")
    assert shown_to_recognise() == {("question", unknown.pk)}, "what was asked before with a number nobody is known by"
    desk.part("people", who="deurne")
    assert ("party", party.pk) in shown_to_recognise()
    desk.part("person", do=f"choose_person:{party.pk}")
    assert ("question", known.pk) in shown_to_recognise()
    assert ("question", secret.pk) not in shown_to_recognise()
    assert set(Look.objects.filter(purpose="conversation").values_list("subject_id", flat=True)) == {party.pk}
    assert set(Look.objects.values_list("employee_name", flat=True)) == {"Anna"}


def test_typing_on_does_not_fill_the_access_log(desk: Desk) -> None:
    party = make_party()
    for typed in ("deu", "deur", "deurne"):
        desk.part("people", who=typed)
        desk.press("save", who=typed)
        desk.page()
    assert list(Look.objects.values_list("subject_kind", "subject_id", "purpose")) == [("party", party.pk, "caller")]


def test_nobody_was_seen_of_who_stays_anonymous(desk: Desk, cast: Cast) -> None:
    make_handed_over(to=cast.waste, by=cast.anna)
    desk.part("person", do="anonymous", phone="06 12345678")
    assert not Look.objects.exists()


# Fast.


def test_the_screen_takes_few_queries(
    desk: Desk, cast: Cast, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    make_product("bin", team=cast.waste, name="Container", form=BIN_FORM)
    party = make_party()
    typed = {"text": STORY, "party": party.pk, "phone": "0612345678", "product": "bin", "choice": "hand_over"}
    desk.press("save", **typed)
    desk.page()
    with django_assert_max_num_queries(10):
        desk.page()
    with django_assert_max_num_queries(9):
        desk.part("people", who="deurne")
    with django_assert_max_num_queries(6):
        desk.part("answers", text=STORY)
    with django_assert_max_num_queries(3):
        desk.part("products", product_query="cont")


def test_registering_takes_few_queries(
    desk: Desk, cast: Cast, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    make_product("bin", team=cast.waste, name="Container")
    desk.press("save", text=STORY)
    with django_assert_max_num_queries(24):
        desk.press("register", text=STORY, choice="hand_over", product="bin", name="Karel", phone="0612345678")
    assert Question.objects.exists()
