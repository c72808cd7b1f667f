"""The demo municipality: alive, the same each time, and within every rule."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.demo.operations import STILL_SENT, fill
from aanspreekpunt.demo.queries import FOLLOW_CODE, followed_question, key_to_try, logins
from aanspreekpunt.demo.stories import searching
from aanspreekpunt.demo.voices import searches
from aanspreekpunt.demo.world import CALLED_FOR, World
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.knowledge.models import LearnedWord, SearchTally, Use
from aanspreekpunt.knowledge.tests.make import make_answer
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.rules.urgency import urgency_limits
from aanspreekpunt.promises.tests.make import MONDAY
from aanspreekpunt.questions.choices import SPOKEN_CHANNELS
from aanspreekpunt.questions.models import Question
from aanspreekpunt.search.queries import search_public
from aanspreekpunt.search.tally import known_words
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.operations import revoke_token
from aanspreekpunt.tokens.queries import token_for_key

pytestmark = pytest.mark.django_db

QUESTIONS = 60


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    Employee.objects.update(password=make_password(None))
    make_product("container", team=cast.waste)
    make_product("jeugdhulp", team=cast.youth, is_confidential=True)
    make_product("algemene-vraag", team=cast.desk, desk_may_settle=True)
    make_product("huurtoeslag", team=cast.desk, refer_to={"name": "Belastingdienst", "text": "Bel de Belastingdienst."})
    return cast


def _check_everything() -> None:
    """Have the guards that wait for the end of a transaction speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _told() -> list[tuple[object, ...]]:
    return list(
        Question.objects.order_by("id").values_list("subject", "channel", "state", "outcome", "registered_at", "hops")
    )


@pytest.mark.usefixtures("cast")
def test_a_filled_municipality_keeps_every_rule() -> None:
    filled = fill(questions=QUESTIONS, at=MONDAY)
    assert filled.questions == Question.objects.count() >= QUESTIONS
    _check_everything()


def test_every_team_has_something_overdue_and_something_for_now_soon_and_later(cast: Cast) -> None:
    fill(questions=QUESTIONS, at=MONDAY)
    for team in (cast.waste, cast.youth):
        limits = urgency_limits(at=MONDAY, calendar=calendar_of(team))
        due = Promise.objects.filter(team=team, state="open").exclude(kind="reply").values_list("due_at", flat=True)
        assert {limits.urgency_of(due_at).value for due_at in due} == {"overdue", "now", "soon", "later"}


@pytest.mark.usefixtures("cast")
def test_who_comes_for_another_body_is_referred_to_it_in_whichever_way_he_came() -> None:
    fill(questions=2 * QUESTIONS, at=MONDAY)
    came_back = Entry.objects.filter(event="question.reopened").values("subject_id")
    theirs = Question.objects.filter(product__key="huurtoeslag").exclude(pk__in=came_back)
    settled = theirs.filter(state="settled").values_list("outcome", "outcome_note")
    assert ("referred", "Belastingdienst") in settled
    assert not theirs.filter(outcome__in=["answered", "answered_at_once", "could_not_be_answered"]).exists()
    assert theirs.filter(outcome="referred").exclude(channel__in=SPOKEN_CHANNELS).exists()


def test_help_at_once_is_called_for_and_never_written_for(cast: Cast) -> None:
    make_product("alarmnummer", team=cast.desk, refer_to={"name": "112", "text": "Bel 112."})
    world = World(chance=Random(7), questions=5)
    world.town.weights = [1000 if each.key in CALLED_FOR else 1 for each in world.town.products]
    drawn = {channel: {world.product(channel=channel).key for _ in range(30)} for channel in ("phone", "email")}
    assert "alarmnummer" in drawn["phone"]
    assert "alarmnummer" not in drawn["email"]


def test_answers_are_found_given_and_judged_and_learn_the_words_of_those_who_used_them(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_HELPS_OTHERWISE", 0.9)  # among so few answers no search is sure of itself
    make_product("paspoort", team=cast.desk, desk_may_settle=True)
    make_product("jeugdzorg", team=cast.desk, is_confidential=True)
    make_answer("pas", question="Hoe krijg ik een paspoort?", product_keys=("paspoort",), search_words=("id-kaart",))
    make_answer("geheim", question="Wie helpt mijn kind? Is de schommel stuk?", product_keys=("jeugdzorg",))
    fill(questions=8 * QUESTIONS, at=MONDAY)
    of_desk = Use.objects.filter(kind="given").values_list("article__key", flat=True)
    assert set(of_desk) == {"pas"}
    given_for = Question.objects.filter(pk__in=Use.objects.filter(kind="given").values("question_id"))
    assert set(given_for.values_list("product__key", "outcome")) == {("paspoort", "answered_at_once")}
    said = Use.objects.filter(face="portal")
    assert {"helped", "did_not_help"} == set(said.values_list("kind", flat=True))
    assert said.filter(article__key="geheim").exists()
    assert not said.filter(article__key="geheim").exclude(searched="").exists(), "it is about something confidential"
    assert set(SearchTally.objects.values_list("certainty", flat=True)) >= {"unsure", "nothing"}
    assert set(SearchTally.objects.values_list("face", flat=True)) == {"desk", "portal"}
    assert "verlengen" in LearnedWord.objects.filter(article__key="pas").values_list("word", flat=True)


@pytest.mark.usefixtures("cast")
def test_nothing_of_a_demo_that_was_undone_can_be_found() -> None:
    with transaction.atomic():
        make_answer("pas", question="Hoe krijg ik een paspoort?")
        fill(questions=QUESTIONS, at=MONDAY)
        transaction.set_rollback(True)
    assert search_public("paspoort").results == ()


def test_what_is_searched_in_vain_is_kept_in_words_an_editor_can_read() -> None:
    assert [text for text in searches()["not_known"] if known_words(text) != text] == []


@pytest.mark.usefixtures("cast")
def test_nothing_happens_in_the_future() -> None:
    fill(questions=QUESTIONS, at=MONDAY)
    assert Entry.objects.latest("at").at <= MONDAY


@pytest.mark.usefixtures("cast")
def test_a_second_time_adds_nothing() -> None:
    fill(questions=QUESTIONS, at=MONDAY)
    lines = Entry.objects.count()
    assert fill(questions=QUESTIONS, at=MONDAY + timedelta(days=1)).questions == 0
    assert Entry.objects.count() == lines


@pytest.mark.usefixtures("cast")
def test_the_same_seed_tells_the_same_stories() -> None:
    with transaction.atomic():
        fill(questions=QUESTIONS, at=MONDAY)
        first = _told()
        transaction.set_rollback(True)
    fill(questions=QUESTIONS, at=MONDAY)
    assert _told() == first


@pytest.mark.usefixtures("cast")
def test_only_mail_of_the_last_minutes_is_still_to_be_sent() -> None:
    fill(questions=QUESTIONS, at=MONDAY)
    waiting = Delivery.objects.filter(state="waiting")
    assert waiting.exists()
    assert not waiting.filter(made_at__lt=MONDAY - STILL_SENT).exists()
    assert not Delivery.objects.filter(state="sent").exclude(tries__code="demo").exists()


@pytest.mark.usefixtures("cast")
def test_one_can_log_in_in_every_role_there_is_and_follow_a_question() -> None:
    assert logins() == []
    assert followed_question() is None
    fill(questions=QUESTIONS, at=MONDAY)
    assert {login.email for login in logins()} >= {"anna@voorbeeldstad.example", "olga@voorbeeldstad.example"}
    assert all(Employee.objects.get(email=login.email).check_password(login.password) for login in logins())
    followed = followed_question()
    assert followed is not None
    assert followed.follow_code.replace("-", "") == FOLLOW_CODE


def test_the_key_to_try_the_standard_api_with_is_told_until_it_is_revoked(cast: Cast) -> None:  # noqa: ARG001 - sets up
    assert key_to_try() == ""
    fill(questions=QUESTIONS, at=MONDAY)
    bearer = token_for_key(key_to_try(), at=MONDAY)
    assert bearer.may("contacts", "write")
    assert not bearer.may("contacts", "delete")
    assert not bearer.sees_confidential
    revoke_token(token=Token.objects.get(), by=SYSTEM, at=MONDAY)
    assert key_to_try() == ""
