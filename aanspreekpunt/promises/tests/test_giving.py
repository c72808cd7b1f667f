"""Giving a question to a colleague of the same team, by name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover, Promise
from aanspreekpunt.promises.refusals import AlreadyHeldBy, NotInThatTeam
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.promises.timeline.resident import lines_for_resident
from aanspreekpunt.promises.timeline.staff import lines_for_staff
from aanspreekpunt.questions.queries import unseen_mentions_of
from aanspreekpunt.questions.refusals import NotPossibleNow, NotYours, QuestionIsClosed, QuestionIsHeld
from aanspreekpunt.queues.queries import questions_held_by

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast: Cast) -> Question:
    return make_handed_over(to=cast.waste, by=cast.anna).question


def give(question: Question, *, to: Employee, by: Employee, note: str = "") -> Question:
    return operations.give_to_colleague(question=question, to=to, note=note, by=by, at=MONDAY + timedelta(hours=1))


def test_the_colleague_holds_it_and_finds_it_pointed_out(question: Question, cast: Cast) -> None:
    given = give(question, to=cast.wilma, by=cast.wim, note=" Jij kent deze straat. ")
    assert (given.state, given.holder, given.owner) == ("in_hand", cast.wilma, cast.waste)
    assert [row.id for row in questions_held_by(cast.wilma.pk)] == [question.pk]
    assert list(unseen_mentions_of(cast.wilma)) == [question]
    line = lines_for_staff(question, reader=cast.wilma)[-1]
    assert (line.who, line.sentence, line.words) == ("Wim", "Gegeven aan Wilma.", "Jij kent deze straat.")


def test_it_is_no_hop_and_what_was_promised_stands(question: Question, cast: Cast) -> None:
    due_at, lines = question.due_at, len(lines_for_resident(question))
    give(question, to=cast.wilma, by=cast.wim)
    question.refresh_from_db()
    assert (question.hops, question.due_at) == (1, due_at)
    assert Promise.objects.filter(question=question).count() == 1
    handover = Handover.objects.get(question=question)
    assert (handover.state, handover.taken_up_by) == (Handover.State.TAKEN_UP, cast.wilma)
    assert len(lines_for_resident(question)) == lines, "which colleague does it is nothing to the resident"


def test_the_journal_tells_the_team_but_holds_no_name(question: Question, cast: Cast) -> None:
    give(question, to=cast.wilma, by=cast.wim)
    entry = Entry.objects.get(event="question.given")
    assert (entry.team_id, entry.by_name, entry.data) == (cast.waste.pk, "Wim", {"employee": cast.wilma.pk})


def test_one_gives_on_what_one_holds(question: Question, cast: Cast) -> None:
    operations.take_up(question=question, by=cast.wim, at=MONDAY)
    assert give(question, to=cast.wilma, by=cast.wim).holder == cast.wilma
    assert give(question, to=cast.wim, by=cast.wilma).holder == cast.wim


def test_what_a_colleague_holds_is_not_given_away_behind_his_back(question: Question, cast: Cast) -> None:
    operations.take_up(question=question, by=cast.wilma, at=MONDAY)
    with pytest.raises(QuestionIsHeld, match="Wilma"):
        give(question, to=cast.sander, by=cast.wim)
    with pytest.raises(AlreadyHeldBy, match="Wilma"):
        give(question, to=cast.wilma, by=cast.sander)
    assert give(question, to=cast.wim, by=cast.sander).holder == cast.wim, "a supervisor moves work between people"


def test_only_who_works_in_the_team_now_gets_it(question: Question, cast: Cast) -> None:
    boss = make_employee("Max", (Role.MANAGER, cast.waste))
    everywhere = make_employee("Eva", (Role.SUPERVISOR, None))
    cast.wilma.is_active = False
    cast.wilma.save()
    for outsider in (cast.anna, cast.joke, boss, everywhere, cast.wilma):
        with pytest.raises(NotInThatTeam, match=outsider.name):
            give(question, to=outsider, by=cast.wim)


def test_a_confidential_question_stays_with_who_may_see_it(cast: Cast) -> None:
    secret = make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True).question
    max_ = make_employee("Max", (Role.DEPARTMENT_EMPLOYEE, cast.youth))
    with pytest.raises(NotInThatTeam):
        give(secret, to=cast.wim, by=cast.joke)
    assert give(secret, to=max_, by=cast.joke).holder == max_


def test_only_its_own_team_gives_it(question: Question, cast: Cast) -> None:
    for outsider in (cast.anna, cast.joke, cast.olga):
        with pytest.raises(NotYours):
            give(question, to=cast.wilma, by=outsider)


def test_what_is_settled_or_waits_for_the_resident_is_not_given(question: Question, cast: Cast) -> None:
    operations.ask_resident(question=question, text="Welke kleur?", channel="phone", by=cast.wim, at=MONDAY)
    with pytest.raises(NotPossibleNow):
        give(question, to=cast.wilma, by=cast.wim)
    operations.answer(question=question, text="Ja", channel="phone", by=cast.wim, at=MONDAY)
    with pytest.raises(QuestionIsClosed):
        give(question, to=cast.wilma, by=cast.wim)
