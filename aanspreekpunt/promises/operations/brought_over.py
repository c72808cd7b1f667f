"""Tasks brought over from another register, as its history: questions as they stand there, and no letters about them.

What is done there is settled here. What is still to be done is an open question with an owner and a promise: by the
usual term from when it was assigned, and when that is over already, by the usual term from now.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Model, QuerySet

from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.common.writing import many_numbers
from aanspreekpunt.journal.operations import line
from aanspreekpunt.organisation.queries import contact_centre
from aanspreekpunt.promises.models import Handover, Task
from aanspreekpunt.promises.operations.following import named, owner_for
from aanspreekpunt.promises.operations.heard_elsewhere import outcome_on_record
from aanspreekpunt.promises.operations.making import DEFAULT_NORM, due_for, new_promise
from aanspreekpunt.promises.operations.tasking import TASK_IDS, new_task
from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.models import Contact, Participant, Question, SubjectLink
from aanspreekpunt.questions.operations import NUMBERS_OF_A_QUESTION, open_question_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import ActorRecord, Employee, Team


@dataclass(frozen=True, kw_only=True)
class TaskBrought:
    """A task as it stands in the other register."""

    uuid: UUID
    contact_id: int
    asked: str
    note: str
    number: str | None
    reference_number: str | None
    actors: tuple[ActorRecord, ...]
    assigned_at: datetime
    done_at: datetime | None
    """None as long as it is to be done."""


@dataclass(frozen=True)
class _Move:
    """Who brings it over, and when; with what was looked up for one may serve the next."""

    by: Actor
    at: datetime
    task_ids: Iterator[int]
    question_numbers: Iterator[tuple[int, ...]]
    owners: dict[tuple[tuple[int, ...], bool], tuple[Team, Employee | None]] = field(default_factory=dict)
    begun: list[tuple[Question, Contact, list[Contact]]] = field(default_factory=list)
    """The questions that begin, each with its contact and what answers it."""

    def owner(self, actors: Sequence[ActorRecord], *, is_confidential: bool) -> tuple[Team, Employee | None]:
        key = (tuple(each.pk for each in actors), is_confidential)
        if key not in self.owners:
            self.owners[key] = owner_for(actors, is_confidential=is_confidential)
        return self.owners[key]

    def due(self, team: Team, since: datetime) -> datetime:
        """Return by when `team` answers what was assigned to it at `since`: as if it came in then."""
        due_at = due_for(product=None, team=team, at=since)
        return due_at if due_at > self.at else due_for(product=None, team=team, at=self.at)


def bring_over_tasks(*, brought: Iterable[TaskBrought], by: Actor, at: datetime) -> None:
    """Write these tasks with the questions they stand for. All of them are written, or none.

    A contact that has no question yet becomes one; tasks of one contact share it, and the newest that is to be done
    leads. The database is asked at once whether all that must hold does.
    """
    of_contact: dict[int, list[TaskBrought]] = defaultdict(list)
    for each in brought:
        of_contact[each.contact_id].append(each)
    with one_transaction():
        contacts = _locked(of_contact)
        free = [each for each in contacts.values() if each.question_id is None]
        task_ids = (number for (number,) in many_numbers(sum(map(len, of_contact.values())), TASK_IDS))
        move = _Move(by, at, task_ids, iter(many_numbers(len(free), *NUMBERS_OF_A_QUESTION)))
        people, replies = _participants_of(of_contact), _replies_to(of_contact)
        rows: list[Model] = []
        for contact_id, tasks in of_contact.items():
            tasks.sort(key=lambda each: (each.done_at is not None, -each.assigned_at.timestamp()))
            contact = contacts[contact_id]
            if contact.question is None:
                rows += _begin(contact, tasks, people.get(contact_id), replies.get(contact_id, []), move)
            else:
                rows += _add(contact, tasks, move)
        _write_questions(move.begun)
        _write(rows)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _write_questions(begun: list[tuple[Question, Contact, list[Contact]]]) -> None:
    """Write these questions, and let their contacts and the answers to them belong to them."""
    Question.objects.bulk_create([question for question, _contact, _said in begun])
    pairs = [(contact.pk, question.pk) for question, contact, _said in begun]
    answers = [(reply.pk, question.pk, question.owner_id) for question, _contact, said in begun for reply in said]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contact SET question_id = its.question"
            " FROM unnest(%s::bigint[], %s::bigint[]) its (contact, question) WHERE id = its.contact",
            [*_columns(pairs, 2)],
        )
        cursor.execute(
            "UPDATE contact SET question_id = its.question, direction = 'out', by_team_id = its.team"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) its (contact, question, team)"
            " WHERE id = its.contact AND question_id IS NULL",
            [*_columns(answers, 3)],
        )


def _columns(found: Sequence[tuple[int, ...]], width: int) -> list[list[int]]:
    return [[each[place] for each in found] for place in range(width)]


def _write(rows: Iterable[Model]) -> None:
    """Write rows of several tables, in the order in which their tables come first."""
    tables: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        tables[type(row)].append(row)
    for model, of_table in tables.items():
        QuerySet[Model](model).bulk_create(of_table)


def _locked(contact_ids: Iterable[int]) -> dict[int, Contact]:
    """Return these contacts, their questions and then themselves locked, as whoever works on one does."""
    ids = list(contact_ids)
    held = Question.objects.filter(contacts__in=ids).order_by("pk")
    list(held.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    list(Contact.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    return Contact.objects.select_related("question__owner").in_bulk(ids)


def _participants_of(contact_ids: Iterable[int]) -> dict[int, Participant]:
    """Return who asked in each of these contacts: he who took the initiative, else whoever was named first."""
    found: dict[int, Participant] = {}
    theirs = Participant.objects.filter(contact__in=list(contact_ids)).select_related("party")
    for each in theirs.order_by("-is_initiator", "id"):
        found.setdefault(each.contact_id, each)
    return found


def _replies_to(contact_ids: Iterable[int]) -> dict[int, list[Contact]]:
    """Return the contacts that answer these and belong to no question yet, nor to a task that is brought over now."""
    ids = list(contact_ids)
    links = SubjectLink.objects.filter(was_contact__in=ids, contact__question=None).exclude(contact__in=ids)
    found: dict[int, list[Contact]] = defaultdict(list)
    taken: set[int] = set()
    for each in links.select_related("contact").order_by("id"):
        if each.contact is not None and each.was_contact_id is not None and each.contact.pk not in taken:
            taken.add(each.contact.pk)
            found[each.was_contact_id].append(each.contact)
    return found


def _begin(
    contact: Contact, tasks: list[TaskBrought], asked_by: Participant | None, replies: list[Contact], move: _Move
) -> list[Model]:
    """Make a question of a contact, with the tasks it led to, the first of which leads it."""
    leading = tasks[0]
    done_at = leading.done_at
    owner, employee = move.owner(leading.actors, is_confidential=contact.is_confidential)
    said = [each for each in replies if each.is_confidential == contact.is_confidential]
    for reply in said:
        reply.direction = Contact.Direction.OUT
    began_at = min(each.assigned_at for each in tasks)
    opened = open_question_of(
        contact=contact,
        participant=asked_by,
        owner=owner,
        due_at=None if done_at else move.due(owner, leading.assigned_at),
        outcome=outcome_on_record([contact, *said]) if done_at else "",
        hops=0 if done_at or owner.is_contact_centre else 1,
        numbers=next(move.question_numbers),
        at=began_at,
    )
    question = opened.question
    question.settled_at = done_at
    move.begun.append((question, contact, said))
    rows: list[Model] = [
        line(
            "question.imported",
            subject=question,
            team_id=owner.pk,
            data={"outcome": question.outcome},
            by=move.by,
            at=move.at,
        )
    ]
    if done_at is None:
        rows += _to_do(question, contact, leading, employee=employee, move=move)
    return [*rows, *_tasks(question, contact, tasks, leads=leading, begins=True, move=move)]


def _to_do(
    question: Question, contact: Contact, task: TaskBrought, *, employee: Employee | None, move: _Move
) -> list[Model]:
    """Return the promise of an open question, and its handover when it is not for the contact centre itself."""
    owner, desk = question.owner, contact_centre()
    due_at = question.due_at or move.at
    rows: list[Model] = [
        new_promise(question=question, team=owner, due_at=due_at, norm=DEFAULT_NORM, by=move.by, at=move.at)
    ]
    if question.hops and owner != desk:
        rows.append(
            Handover(
                question=question,
                contact=contact,
                from_team=desk,
                to_team=owner,
                to_employee=employee,
                hop=1,
                asked=task.asked.strip() or question.subject,
                note=task.note.strip(),
                by_system=named(move.by),
                made_at=move.at,
            )
        )
    return rows


def _add(contact: Contact, tasks: list[TaskBrought], move: _Move) -> list[Model]:
    """Add tasks to a question that is here already; one that is to be done opens a settled one again, with its team."""
    question = contact.question
    if question is None:  # for the type: whoever calls has looked
        return []
    first = tasks[0]
    if first.done_at is not None or not question.is_settled:
        return _tasks(question, contact, tasks, leads=None, begins=False, move=move)
    Task.objects.filter(question=question, is_leading=True).update(is_leading=False)
    question.state, question.outcome, question.outcome_note, question.settled_at = State.WAITING, "", "", None
    question.duplicate_of, question.holder = None, None
    question.times_reopened += 1
    question.due_at = move.due(question.owner, first.assigned_at)
    question.save()
    promise = new_promise(
        question=question, team=question.owner, due_at=question.due_at, norm=DEFAULT_NORM, by=move.by, at=move.at
    )
    reopened = line("question.reopened", subject=question, team_id=question.owner_id, by=move.by, at=move.at)
    return [promise, reopened, *_tasks(question, contact, tasks, leads=first, begins=False, move=move)]


def _tasks(
    question: Question,
    contact: Contact,
    tasks: list[TaskBrought],
    *,
    leads: TaskBrought | None,
    begins: bool,
    move: _Move,
) -> list[Model]:
    rows: list[Model] = []
    for each in tasks:
        task = Task(
            id=next(move.task_ids),
            uuid=each.uuid,
            number=each.number,
            reference_number=each.reference_number,
            question=question,
            contact=contact,
            asked=each.asked,
            note=each.note,
            state=Task.State.DONE if each.done_at else Task.State.OPEN,
            is_leading=each is leads,
            began_question=begins and each is leads,
            assigned_at=each.assigned_at,
            done_at=each.done_at,
        )
        rows += new_task(task, [actor.pk for actor in each.actors])
        data = {"uuid": str(each.uuid), "question": question.pk, "contact": contact.pk}
        rows.append(line("task.imported", subject=task, team_id=question.owner_id, data=data, by=move.by, at=move.at))
    return rows
