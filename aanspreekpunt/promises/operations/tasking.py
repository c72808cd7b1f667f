"""Keeping the tasks of a question in step with it. Everything that moves, ends or reopens a question calls these.

What an employee has in hand is not written here: who reads a task adds the holder of its question, so that the two can
never differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from aanspreekpunt.common.writing import ids_of, next_numbers, write
from aanspreekpunt.organisation.actors import keep_actor
from aanspreekpunt.promises.models import Task, TaskActor
from aanspreekpunt.questions.queries import first_contact_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.questions.models import Contact, Question

TASK_IDS = ids_of(Task)
"""The numbers of tasks: one is taken together with those of the question it is written with."""


def actors_of(team: Team, employee: Employee | None = None) -> list[int]:
    """Return under which actors other systems know this team, and this employee of it. No query, unless one is gone."""
    return [each.register_actor_id or keep_actor(of=each).pk for each in (team, employee) if each is not None]


def new_task(task: Task, actors: Iterable[int]) -> list[Model]:
    """Return the rows of a task that has its id, for the caller to write."""
    named = dict.fromkeys(actors)
    return [task, *(TaskActor(task=task, actor_id=pk, position=n, state=task.state) for n, pk in enumerate(named))]


def leading_task(
    task_id: int,
    *,
    question: Question,
    contact: Contact,
    employee: Employee | None = None,
    asked: str = "",
    note: str = "",
    at: datetime,
) -> list[Model]:
    """Return the rows of the task that leads a question of ours, for its owner to do."""
    task = Task(
        id=task_id,
        question=question,
        contact=contact,
        asked=asked.strip() or question.subject,
        note=note.strip(),
        assigned_at=at,
    )
    return new_task(task, actors_of(question.owner, employee))


def assign_task(
    question: Question,
    *,
    asked: str | None = None,
    note: str | None = None,
    employee: Employee | None = None,
    at: datetime,
) -> None:
    """Let the leading task name the owner of the question from now on; what is not given stays. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH led AS (UPDATE task SET assigned_at = %(at)s, asked = coalesce(%(asked)s, asked),"
            " note = coalesce(%(note)s, note) WHERE question_id = %(question)s AND is_leading RETURNING id, state),"
            " gone AS (DELETE FROM task_actor USING led WHERE task_id = led.id) SELECT id, state FROM led",
            {"question": question.pk, "at": at, "asked": asked, "note": note},
        )
        led = cursor.fetchone()
    if led is not None:
        name_actors(led[0], state=led[1], actors=actors_of(question.owner, employee))


def name_actors(task_id: int, *, state: str, actors: Iterable[int]) -> None:
    """Write who does a task for whom nobody is named yet, in this order."""
    named = dict.fromkeys(actors)
    write(TaskActor(task_id=task_id, actor_id=pk, position=n, state=state) for n, pk in enumerate(named))


def finish_tasks(question: Question, *, at: datetime) -> None:
    """Mark every open task of a question that ends as done. One query."""
    Task.objects.filter(question=question, state=Task.State.OPEN).update(state=Task.State.DONE, done_at=at)


def undo_finish(question: Question, *, at: datetime) -> None:
    """Open the tasks again that were done because a question was settled, which is taken back."""
    ended = Task.objects.filter(question=question, state=Task.State.DONE, done_at=question.settled_at)
    ended.filter(is_leading=False).update(state=Task.State.OPEN, done_at=None)
    open_task_again(question, at=at)


def open_task_again(question: Question, *, keeps_names: bool = False, at: datetime) -> None:
    """Open the leading task of a question that lives again; one that never had a task gets one.

    It names the owner from now on if another system named somebody else when it was done, unless `keeps_names`.
    """
    led = Task.objects.filter(question=question, is_leading=True)
    if not led.update(state=Task.State.OPEN, done_at=None, assigned_at=at):
        begin_task(question, at=at)
    elif not keeps_names and _names_another(question):
        assign_task(question, at=at)


def _names_another(question: Question) -> bool:
    """Say whether the leading task names somebody of ours, and nobody of the team that owns the question. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(bool_or(a.team_id IS NOT NULL OR a.employee_id IS NOT NULL), false)"
            " AND NOT bool_or(coalesce(a.team_id = %(owner)s, false) OR EXISTS (SELECT FROM organisation_membership m"
            " WHERE m.employee_id = a.employee_id AND (m.team_id = %(owner)s OR m.team_id IS NULL)))"
            " FROM task t JOIN task_actor n ON n.task_id = t.id JOIN actor a ON a.id = n.actor_id"
            " WHERE t.question_id = %(question)s AND t.is_leading",
            {"question": question.pk, "owner": question.owner_id},
        )
        return bool(cursor.fetchone()[0])


def begin_task(question: Question, *, at: datetime) -> None:
    """Write the task that leads an open question which has none."""
    contact = first_contact_of(question)
    if contact is not None:
        (task_id,) = next_numbers(TASK_IDS)
        write(leading_task(task_id, question=question, contact=contact, at=at))


def next_task(question: Question, *, after: Task) -> Task | None:
    """Return the newest other task of a question that is still to be done."""
    open_ones = Task.objects.filter(question=question, state=Task.State.OPEN)
    return open_ones.exclude(pk=after.pk).order_by("-id").first()
