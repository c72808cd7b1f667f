"""Tasks that other systems give us: a contact becomes a question, or a question is asked of one more team."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.common.writing import Change, next_numbers, write
from aanspreekpunt.journal.operations import line
from aanspreekpunt.organisation.queries import contact_centre
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.models import Handover, Task
from aanspreekpunt.promises.operations.following import (
    follow_actors,
    hand_leadership_to,
    named,
    owner_for,
    reopen_elsewhere,
    team_named,
)
from aanspreekpunt.promises.operations.heard_elsewhere import join_earlier_replies, outcome_on_record
from aanspreekpunt.promises.operations.making import DEFAULT_NORM, due_for, handed_over_line, new_promise, promised_line
from aanspreekpunt.promises.operations.registering import registered_line
from aanspreekpunt.promises.operations.tasking import TASK_IDS, new_task
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.questions.operations import NUMBERS_OF_A_QUESTION, locked, open_question_of
from aanspreekpunt.questions.queries import customer_among, taken_from, who_asked
from aanspreekpunt.questions.refusals import NumberInUse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import ActorRecord, Employee, Team
    from aanspreekpunt.questions.intake import Opened


_NUMBERS: Final = {"task_number_once": "number", "task_reference_number_once": "reference_number"}
"""Which field is meant when the database refuses a number, by the name of its rule."""


@dataclass(frozen=True, kw_only=True)
class TaskGiven:
    """A task as another system gives it: what led to it, what has to be done, and by whom, in this order."""

    contact: Contact
    asked: str
    uuid: UUID = field(default_factory=new_uuid)
    is_held: bool = False
    """whether the contact was read with its row locked in this transaction, and belonged to no question"""
    actors: tuple[ActorRecord, ...] = ()
    note: str = ""
    number: str | None = None
    reference_number: str | None = None
    is_done: bool = False
    done_at: datetime | None = None


@contextmanager
def numbered_once() -> Iterator[None]:
    """One transaction in which a number that another task has becomes `NumberInUse`."""
    try:
        with one_transaction():
            yield
    except IntegrityError as error:
        meant = _NUMBERS.get(next((name for name in _NUMBERS if name in str(error)), ""))
        if meant is None:
            raise
        raise NumberInUse(field=meant) from error


def add_task(*, given: TaskGiven, by: Actor, at: datetime) -> Task:
    """Register a task that another system gives us.

    A contact without a question becomes one, owned by the team that is named. An open question goes to the team that is
    named when it is another one; a settled one is opened again. What is done already is only kept.
    """
    with numbered_once():
        free = given.contact if given.is_held else _held_if_free(given.contact)
        if free is not None:
            return _register(free, given, by=by, at=at)
        return _add_to(locked(Question.objects.get(contacts=given.contact.pk)), given, by=by, at=at)


def _held_if_free(contact: Contact) -> Contact | None:
    # One that somebody makes a question of just now is not found here any more, once he is ready.
    return Contact.objects.select_for_update(no_key=True).filter(pk=contact.pk, question=None).first()


def _register(contact: Contact, given: TaskGiven, *, by: Actor, at: datetime) -> Task:
    """Make a question of this very contact."""
    owner, employee = owner_for(given.actors, is_confidential=contact.is_confidential)
    taken = taken_from(contact, sequences=(*NUMBERS_OF_A_QUESTION, TASK_IDS))
    opened = open_question_of(
        contact=contact,
        participant=who_asked(taken.participants),
        owner=owner,
        due_at=None if given.is_done else due_for(product=None, team=owner, at=at),
        outcome=outcome_on_record([contact]) if given.is_done else "",
        hops=0 if given.is_done or owner.is_contact_centre else 1,
        numbers=taken.numbers,
        at=at,
    )
    (task_id,) = opened.reserved
    task = _new_task(task_id, opened.question, given, at=at)
    task.began_question = True
    contact.question = opened.question
    rows = [*opened.rows, *_rows_of(task, given, by=by, at=at), registered_line(opened, by=by, at=at)]
    if given.is_done:
        rows.append(_settled_line(opened, by=by, at=at))
    else:
        if not opened.participant.email:
            opened.participant.email = customer_among(taken.participants).email  # of his party
        rows += _on_its_way(opened, given, owner=owner, employee=employee, by=by, at=at)
    write(rows, changes=[Change(contact, ("question",))])
    if taken.has_replies:
        join_earlier_replies(contact, opened.question, by=by, at=at)
    return task


def _on_its_way(
    opened: Opened, given: TaskGiven, *, owner: Team, employee: Employee | None, by: Actor, at: datetime
) -> list[Model]:
    """Return the promise of a new question with its handover, lines and letters, for the caller to write."""
    question, desk = opened.question, contact_centre()
    due_at = question.due_at or at
    promise = new_promise(question=question, team=owner, due_at=due_at, norm=DEFAULT_NORM, by=by, at=at)
    rows: list[Model] = [promise]
    if owner != desk:
        handover = Handover(
            question=question,
            contact=opened.contact,
            from_team=desk,
            to_team=owner,
            to_employee=employee,
            hop=1,
            asked=given.asked.strip() or question.subject,
            note=given.note.strip(),
            by_system=named(by),
            made_at=at,
        )
        rows += [handover, handed_over_line(question, from_team=desk, to=owner, hop=1, by=by, at=at)]
    rows.append(promised_line(promise, by=by, at=at))
    rows += letters.receipt(opened=opened, promise=promise, at=at)
    return [*rows, *letters.team_notice(promise=promise, at=at)]


def _settled_line(opened: Opened, *, by: Actor, at: datetime) -> Model:
    question = opened.question
    return line(
        "question.settled",
        subject=question,
        team_id=question.owner_id,
        data={"outcome": question.outcome},
        told_resident=True,
        by=by,
        at=at,
    )


def _add_to(question: Question, given: TaskGiven, *, by: Actor, at: datetime) -> Task:
    """Add a task to a locked question that was there already."""
    (task_id,) = next_numbers(TASK_IDS)
    task = _new_task(task_id, question, given, at=at)
    task.is_leading = False
    write(_rows_of(task, given, by=by, at=at))
    if given.is_done:
        return task
    if question.is_settled:
        hand_leadership_to(task, question)
        question = reopen_elsewhere(question, by=by, at=at)
    elif team_named(given.actors, question) not in {None, question.owner}:
        hand_leadership_to(task, question)
    if task.is_leading:
        follow_actors(question, task, given.actors, by=by, at=at)
    return task


def _new_task(task_id: int, question: Question, given: TaskGiven, *, at: datetime) -> Task:
    return Task(
        id=task_id,
        uuid=given.uuid,
        number=given.number or None,
        reference_number=given.reference_number or None,
        question=question,
        contact=given.contact,
        asked=given.asked,
        note=given.note,
        state=Task.State.DONE if given.is_done else Task.State.OPEN,
        assigned_at=at,
        done_at=(given.done_at or at) if given.is_done else None,
    )


def _rows_of(task: Task, given: TaskGiven, *, by: Actor, at: datetime) -> list[Model]:
    rows = new_task(task, [actor.pk for actor in given.actors])
    return [*rows, task_line("registered", task, task.question, by=by, at=at)]


def task_line(what: str, task: Task, question: Question, *, by: Actor, at: datetime) -> Model:
    """Return the journal line that something happened to a task as such; what happens to its question has its own."""
    data = {"uuid": str(task.uuid), "question": question.pk, "contact": task.contact_id}
    return line(f"task.{what}", subject=task, team_id=question.owner_id, data=data, by=by, at=at)
