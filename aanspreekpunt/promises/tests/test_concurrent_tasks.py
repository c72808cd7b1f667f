"""Two systems, or a system and the desk, at one task at the same moment: one wins, and both see the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover, Task
from aanspreekpunt.promises.operations import TaskChange, TaskGiven, add_task, change_task, remove_task
from aanspreekpunt.promises.tests.make import MONDAY
from aanspreekpunt.promises.tests.test_concurrent_lives import all_at_once, kinds
from aanspreekpunt.promises.tests.truths import falsehoods
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.questions.operations import register_contact
from aanspreekpunt.questions.refusals import NotYours, QuestionIsClosed

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import ActorRecord, Team
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db(transaction=True)

KISS = PlainActor("token", 7, "Contact desktop")


def told() -> Contact:
    return register_contact(told={"told_channel": "Telefoon", "subject": "Paspoort"}, by=KISS, at=MONDAY)


def own(team: Team) -> ActorRecord:
    assert team.register_actor is not None
    return team.register_actor


def give(contact: Contact, team: Team) -> Task:
    given = TaskGiven(contact=contact, asked="Terugbellen", actors=(own(team),))
    return add_task(given=given, by=KISS, at=MONDAY)


def change(task: Task, **fields: object) -> Task:
    return change_task(task=task, change=TaskChange(**fields), by=KISS, at=MONDAY)  # type: ignore[arg-type]  # by name


def test_one_contact_of_which_two_make_a_question_is_one_question(cast: Cast) -> None:
    for _ in range(3):
        contact = told()
        outcomes = all_at_once(*[lambda contact=contact: give(contact, cast.waste)] * 3)
        assert kinds(outcomes) == {Task}, outcomes
        assert len({task.question_id for task in outcomes}) == 1
        assert Task.objects.filter(contact=contact, is_leading=True).count() == 1
        assert falsehoods() == []


def test_done_by_two_is_done_once(cast: Cast) -> None:
    task = give(told(), cast.waste)
    outcomes = all_at_once(*[lambda: change(task, is_done=True)] * 3)
    assert kinds(outcomes) == {Task}, outcomes
    assert Entry.objects.filter(event="question.settled", subject_id=task.question_id).count() == 1
    assert falsehoods() == []


def test_passed_on_by_two_to_one_team_is_one_hop(cast: Cast) -> None:
    task = give(told(), cast.waste)
    outcomes = all_at_once(*[lambda: change(task, actors=(own(cast.youth),))] * 2)
    assert kinds(outcomes) == {Task}, outcomes
    assert Handover.objects.filter(question=task.question).count() == 2
    assert falsehoods() == []


def test_done_there_and_answered_or_passed_on_here(cast: Cast) -> None:
    for _ in range(3):
        task = give(told(), cast.waste)
        question = Question.objects.get(pk=task.question_id)
        outcomes = all_at_once(
            lambda task=task: change(task, is_done=True),
            lambda task=task: change(task, actors=(own(cast.youth),)),
            lambda question=question: operations.answer(
                question=question, text="Ja", channel="phone", by=cast.wim, at=MONDAY
            ),
        )
        assert kinds(outcomes) <= {Task, Question, QuestionIsClosed, NotYours}, outcomes
        assert Question.objects.get(pk=question.pk).is_settled
        assert falsehoods() == []


def test_removed_there_while_it_is_taken_here(cast: Cast) -> None:
    task = give(told(), cast.waste)
    question = Question.objects.get(pk=task.question_id)
    outcomes = all_at_once(
        lambda: remove_task(task=task, by=KISS, at=MONDAY),
        lambda: operations.take_up(question=question, by=cast.wim, at=MONDAY),
        lambda: change(task, asked="Anders"),
    )
    assert kinds(outcomes) <= {type(None), Question, QuestionIsClosed, Task, Task.DoesNotExist}, outcomes
    assert Question.objects.get(pk=question.pk).outcome == "withdrawn"
    assert falsehoods() == []
