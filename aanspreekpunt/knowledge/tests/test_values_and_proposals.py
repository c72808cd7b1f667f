"""Local values, proposals, and the work that answers make."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.knowledge.models import Chore, SearchTally, Use
from aanspreekpunt.knowledge.operations.chores import look_for_chores
from aanspreekpunt.knowledge.operations.proposals import (
    accept_proposal,
    decline_proposal,
    note_heard,
    propose_answer,
)
from aanspreekpunt.knowledge.operations.uses import note_given, note_helped, tally_search
from aanspreekpunt.knowledge.operations.values import NotAName, put_value, remove_value, say_value
from aanspreekpunt.knowledge.operations.writing import give_owner
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.refusals import (
    AlreadyDecided,
    NobodyToJudge,
    NotYourAnswer,
    ReasonIsMissing,
    TextIsIncomplete,
    ValueIsInUse,
)
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.organisation.models import Employee, Role
from aanspreekpunt.organisation.tests.make import make_employee, make_team

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def carla() -> Employee:
    return make_editor()


@pytest.fixture
def anna() -> Employee:
    return make_employee("Anna", (Role.AGENT, make_team("desk", is_contact_centre=True)))


def test_a_new_year_is_one_edit(carla: Employee, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_value("kosten", "€ 86", text_en="86 euros", at=MONDAY)
    say_value(key="kosten", text="€ 90", from_on=date(2027, 1, 1), by=carla, at=MONDAY)
    with django_assert_num_queries(1):
        assert values_on(date(2026, 12, 31)).dutch == {"kosten": "€ 86"}
    assert values_on(date(2026, 12, 31)).english == {"kosten": "86 euros"}
    assert values_on(date(2027, 1, 1)).in_language("en") == {"kosten": "€ 90"}
    assert values_on(date(2026, 3, 1)).dutch == {}


def test_an_example_is_not_shown_until_somebody_confirms_it(carla: Employee) -> None:
    make_value("kosten", "€ 86", is_confirmed=False, at=MONDAY)
    assert values_on(MONDAY.date()).dutch == {}
    say_value(key="kosten", text="€ 86", from_on=MONDAY.date(), by=carla, at=MONDAY)
    assert values_on(MONDAY.date()).dutch == {"kosten": "€ 86"}


def test_only_editors_say_values_and_only_by_good_names(carla: Employee, anna: Employee) -> None:
    with pytest.raises(NotYourAnswer):
        put_value(key="kosten", label="Kosten", by=anna, at=MONDAY)
    with pytest.raises(NotAName):
        put_value(key="De Kosten", label="Kosten", by=carla, at=MONDAY)
    put_value(key="kosten", label="Kosten", by=carla, at=MONDAY)
    with pytest.raises(TextIsIncomplete):
        say_value(key="kosten", text=" \x00 ", from_on=MONDAY.date(), by=carla, at=MONDAY)


def test_a_value_that_stands_in_a_published_answer_stays(carla: Employee) -> None:
    make_value("kosten", "€ 86", at=MONDAY)
    make_value("kosten_spoed", "€ 50", at=MONDAY)
    make_answer("x", answer="Het kost {{kosten}}.", at=MONDAY)
    with pytest.raises(ValueIsInUse):
        remove_value(key="kosten", by=carla, at=MONDAY)
    remove_value(key="kosten_spoed", by=carla, at=MONDAY)


def test_a_proposal_gets_an_owner_and_a_date_and_its_proposer_hears_of_it(carla: Employee, anna: Employee) -> None:
    article = make_answer("x", at=MONDAY)
    proposal = propose_answer(
        question="Hoe?", text="Zeg dat het ook op zaterdag kan.", article=article, by=anna, at=MONDAY
    )
    assert (proposal.owner, proposal.due_on) == (carla, MONDAY.date() + timedelta(days=14))
    with pytest.raises(ReasonIsMissing):
        decline_proposal(proposal=proposal, reply="", by=carla, at=MONDAY)
    with pytest.raises(NotYourAnswer):
        accept_proposal(proposal=proposal, by=anna, at=MONDAY)
    assert note_heard(by=anna, at=MONDAY) == 0
    accept_proposal(proposal=proposal, reply="Dank, staat er nu bij.", by=carla, at=MONDAY)
    with pytest.raises(AlreadyDecided):
        decline_proposal(proposal=proposal, reply="Toch niet.", by=carla, at=MONDAY)
    assert note_heard(by=anna, at=MONDAY) == 1
    assert note_heard(by=anna, at=MONDAY) == 0


def test_the_owner_of_an_answer_judges_and_else_the_editor_with_least_to_judge(carla: Employee, anna: Employee) -> None:
    other = make_editor("Cees")
    article = make_answer("x", at=MONDAY)
    wim = make_employee("Wim")
    article = give_owner(article=article, owner=wim, by=carla, at=MONDAY)
    judges = [
        propose_answer(question="Hoe?", text="Zo.", article=each, by=anna, at=MONDAY).owner
        for each in (article, None, None)
    ]
    assert judges == [wim, carla, other]


def test_without_an_editor_there_is_nobody_to_judge(anna: Employee) -> None:
    with pytest.raises(NobodyToJudge):
        propose_answer(question="Hoe?", text="Zo.", by=anna, at=MONDAY)


def test_chores_come_and_go_with_what_is_wrong() -> None:
    make_value("kosten", "€ 86", at=MONDAY)
    make_answer("bijna", valid_until=date(2026, 3, 20), at=MONDAY)
    make_answer("voorbij", valid_until=date(2026, 3, 1), at=MONDAY)
    make_answer("kosten", answer="Dat kost {{ kosten }}.", product_keys=("paspoort", "weg"), at=MONDAY)
    assert look_for_chores(product_keys={"paspoort"}, at=MONDAY) == 3
    found = set(Chore.objects.values_list("article__key", "kind", "detail"))
    assert found == {("bijna", "expiring", ""), ("voorbij", "expired", ""), ("kosten", "unknown_product", "weg")}
    assert look_for_chores(product_keys={"paspoort"}, at=MONDAY) == 3
    assert Chore.objects.count() == 3
    look_for_chores(product_keys={"paspoort", "weg"}, at=MONDAY + timedelta(days=1))
    assert Chore.objects.filter(done_at__isnull=True).count() == 2


def test_use_is_counted_once_per_question_and_never_for_a_confidential_one() -> None:
    article = make_answer("x", at=MONDAY)
    for is_confidential in (False, False, True):
        note_given(article_keys=["x", "unknown"], question_id=7, is_confidential=is_confidential, at=MONDAY)
    note_given(article_keys=["x"], question_id=8, is_confidential=True, at=MONDAY)
    note_helped(article=article, has_helped=False, at=MONDAY)
    assert sorted(Use.objects.values_list("kind", "question_id")) == [("did_not_help", None), ("given", 7)]


def test_searches_are_counted_per_day() -> None:
    for _ in range(3):
        tally_search(text="paspoort kwijt", certainty="nothing", face="portal", on=MONDAY.date())
    tally_search(text="", certainty="nothing", face="portal", on=MONDAY.date())
    assert SearchTally.objects.get().times == 3


def test_the_system_may_set_everything_up() -> None:
    put_value(key="kosten", label="Kosten", by=SYSTEM, at=MONDAY)
    say_value(key="kosten", text="€ 1", from_on=MONDAY.date(), by=SYSTEM, at=MONDAY)
    assert values_on(MONDAY.date(), names=["kosten", "anders"]).dutch == {"kosten": "€ 1"}
