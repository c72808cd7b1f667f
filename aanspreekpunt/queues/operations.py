"""Taking and releasing questions, and showing who is looking at one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.questions.access import is_in_good_hands, may_supervise, may_work_on
from aanspreekpunt.questions.operations import change_state, locked
from aanspreekpunt.questions.refusals import NotYours, QuestionIsHeld

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question

PRESENT_FOR = timedelta(seconds=20)


@transaction.atomic
def take(*, question: Question, by: Employee, at: datetime) -> Question:
    """Start working on a waiting question. Refused when a colleague has it; taking what one has changes nothing.

    What is held by somebody who left the team is free to take.
    """
    question = locked(question)
    if not may_work_on(by, question):
        raise NotYours
    if question.holder == by:
        return question
    if question.holder is not None:
        if is_in_good_hands(question):
            raise QuestionIsHeld(name=question.holder.name)
        change_state(question, "release")
    change_state(question, "take", holder=by)
    question.has_news = False
    question.save(update_fields=["state", "holder", "has_news"])
    record("question.taken", subject=question, team_id=question.owner_id, told_resident=True, by=by, at=at)
    return question


@transaction.atomic
def release(*, question: Question, by: Employee, at: datetime) -> Question:
    """Put a question back in the queue of its team. A supervisor may release what a colleague holds."""
    question = locked(question)
    if question.holder != by and not may_supervise(by, question):
        raise NotYours
    change_state(question, "release")
    question.save(update_fields=["state", "holder"])
    record("question.released", subject=question, team_id=question.owner_id, by=by, at=at)
    return question


@transaction.atomic
def read_news(*, question: Question, by: Employee, at: datetime) -> None:
    """Note that who holds the question has seen what the resident added; changes nothing for anyone else."""
    question = locked(question)
    if question.has_news and question.holder == by:
        question.has_news = False
        question.save(update_fields=["has_news"])
        record("question.news_read", subject=question, team_id=question.owner_id, by=by, at=at)


def show_presence(*, question: Question, is_typing: bool = False, by: Employee, at: datetime) -> list[tuple[str, bool]]:
    """Note that `by` looks at the question now; return name and "is typing" of the colleagues who do too. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH mine AS (INSERT INTO queues_presence (question_id, employee_id, seen_at, is_typing)"
            " VALUES (%(question)s, %(employee)s, %(at)s, %(typing)s)"
            " ON CONFLICT (question_id, employee_id)"
            " DO UPDATE SET seen_at = excluded.seen_at, is_typing = excluded.is_typing)"
            " SELECT employee.name, presence.is_typing FROM queues_presence presence"
            " JOIN organisation_employee employee ON employee.id = presence.employee_id"
            " WHERE presence.question_id = %(question)s AND presence.employee_id <> %(employee)s"
            " AND presence.seen_at > %(since)s ORDER BY employee.name",
            {
                "question": question.pk,
                "employee": by.pk,
                "at": at,
                "typing": is_typing,
                "since": at - PRESENT_FOR,
            },
        )
        return [(name, typing) for name, typing in cursor.fetchall()]
