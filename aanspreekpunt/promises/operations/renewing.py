"""Promising again: a new date for an open question, and a new life for a settled one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.operations.handing_over import workable
from aanspreekpunt.promises.operations.making import (
    due_for,
    end_promise,
    leave_team_not_at_work,
    make_promise,
    norm_of,
    promised_line,
)
from aanspreekpunt.promises.operations.tasking import open_task_again
from aanspreekpunt.promises.refusals import ReasonNeeded
from aanspreekpunt.questions.access import may_see
from aanspreekpunt.questions.operations import change_state, locked
from aanspreekpunt.questions.refusals import NotYours, QuestionIsOpen

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question


@transaction.atomic
def renew_promise(*, question: Question, reason: str, by: Employee, at: datetime) -> Question:
    """Promise a new date by the norm from now, with the reason, and tell the resident. A late promise stays broken."""
    if not reason.strip():
        raise ReasonNeeded
    question = workable(question, by=by)
    change_state(question, "promise", holder=question.holder)
    end_promise(question, fulfilled=False, at=at)
    question.due_at = due_for(product=question.product, team=question.owner, at=at)
    question.save(update_fields=["state", "holder", "due_at"])
    promise = make_promise(
        question=question, team=question.owner, due_at=question.due_at, norm=norm_of(question.product), by=by, at=at
    )
    record("promise.renewed", subject=question, text=reason.strip(), team_id=question.owner_id, by=by, at=at)
    promised_line(promise, by=by, at=at).save(force_insert=True)
    letters.send_new_date(question=question, promise=promise, at=at)
    return question


@transaction.atomic
def reopen(*, question: Question, reason: str, is_quiet: bool = False, by: Actor, at: datetime) -> Question:
    """Open a settled question again, because the resident comes back or it was closed too soon, with a new promise.

    With `is_quiet` no letter tells of the new date.
    """
    question = locked(question)
    if not question.is_settled:
        raise QuestionIsOpen
    if not reason.strip():
        raise ReasonNeeded
    change_state(question, "reopen")
    question.outcome, question.outcome_note, question.settled_at, question.duplicate_of = "", "", None, None
    question.times_reopened += 1
    leave_team_not_at_work(question, by=by, at=at)
    question.has_news = by.actor_kind == "resident"
    question.due_at = due_for(product=question.product, team=question.owner, at=at)
    question.save()
    # What another system opens again, it named somebody for; the question goes there, see `follow_actors`.
    open_task_again(question, keeps_names=by.actor_kind == "token", at=at)
    record(
        "question.reopened",
        subject=question,
        text=reason.strip(),
        team_id=question.owner_id,
        told_resident=True,
        by=by,
        at=at,
    )
    promise = make_promise(
        question=question, team=question.owner, due_at=question.due_at, norm=norm_of(question.product), by=by, at=at
    )
    promised_line(promise, by=by, at=at).save(force_insert=True)
    if not is_quiet:
        letters.send_new_date(question=question, promise=promise, at=at)
    return question


@transaction.atomic
def reopen_by_employee(*, question: Question, reason: str, by: Employee, at: datetime) -> Question:
    """Open a settled question again on behalf of the resident; anyone who may see it may do so."""
    if not may_see(by, locked(question)):
        raise NotYours
    return reopen(question=question, reason=reason, by=by, at=at)
