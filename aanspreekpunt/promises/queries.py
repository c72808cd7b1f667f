"""Reading promises, handovers and tasks: second hops, how promises were kept, and what other systems ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.promises.letters import TAKE_BACK_WITHIN, key_of
from aanspreekpunt.promises.models import Handover, Task
from aanspreekpunt.questions.access import questions_visible_to
from aanspreekpunt.questions.choices import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Contact, Question

LOOKED_BACK = timedelta(days=7)
TOLD_BY_OTHERS = ("task.registered", "task.imported")
"""The lines about tasks that other systems gave us; those the desk makes itself have none."""
COUNT_LIMIT = 1000
"""Of each team the latest so many promises are counted; enough to see how it keeps them, and always quick."""


def second_hops(team_ids: Collection[int], *, visible_to: Employee, limit: int = 20) -> list[Handover]:
    """Return the newest handovers of open questions that were not the first, from or to these teams. One query."""
    return list(
        Handover.objects.filter(hop__gt=1, question__in=questions_visible_to(visible_to))
        .filter(Q(to_team_id__in=team_ids) | Q(from_team_id__in=team_ids))
        .exclude(question__state=State.SETTLED)
        .select_related("question", "from_team", "to_team", "made_by")
        .order_by("-made_at")[:limit]
    )


@dataclass(frozen=True, slots=True)
class AskedElsewhere:
    """What another system asks about a question, and of whom as far as it is not the team that has it."""

    system: str
    names: tuple[str, ...]
    asked: str
    note: str
    is_done: bool


def asked_elsewhere(question: Question, *, shown: Iterable[Handover], limit: int = 20) -> list[AskedElsewhere]:
    """Return what other systems ask about a question that `shown`, its handovers, do not say already. Three queries."""
    told = Entry.objects.filter(subject_kind="task", subject_id=OuterRef("pk"), event__in=TOLD_BY_OTHERS)
    tasks = (
        Task.objects.filter(question=question)
        .annotate(system=Subquery(told.values("by_name")[:1]))
        .filter(system__isnull=False)
        .prefetch_related("named__actor")
        .order_by("id")[:limit]
    )
    handed = {(each.asked.strip(), each.note.strip()) for each in shown}
    asked = [(task, task.asked.strip() or question.subject, task.note.strip()) for task in tasks]
    return [
        AskedElsewhere(task.system, _others_named(task, question), words, note, task.is_done)
        for task, words, note in asked
        if (words, note) not in handed
    ]


def _others_named(task: Task, question: Question) -> tuple[str, ...]:
    named = sorted(task.named.all(), key=lambda each: each.position)
    return tuple(each.actor.name for each in named if each.actor.team_id != question.owner_id)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises of a team ended lately, and how many of those were kept."""

    team_id: int
    kept: int
    broken: int

    @property
    def ended(self) -> int:
        """Kept and broken together."""
        return self.kept + self.broken

    @property
    def percentage(self) -> int | None:
        """The share that was kept, rounded down so that 100 means all; None when nothing ended."""
        return self.kept * 100 // self.ended if self.ended else None


def kept_promises(team_ids: Iterable[int], *, at: datetime) -> list[Kept]:
    """Return how these teams kept the promises that ended in the past week, those on confidential questions left out.

    One query, bounded per team.
    """
    sql = (
        "SELECT wanted.team, count(*) FILTER (WHERE last.state = 'kept'), count(*) FILTER (WHERE last.state = 'broken')"
        " FROM unnest(%(teams)s::bigint[]) wanted(team) LEFT JOIN LATERAL ("
        " SELECT p.state FROM promise p JOIN question q ON q.id = p.question_id"
        " WHERE p.team_id = wanted.team AND p.state <> 'open' AND p.ended_at > %(since)s AND NOT q.is_confidential"
        " ORDER BY p.ended_at DESC LIMIT %(limit)s) last ON true GROUP BY wanted.team"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"teams": list(team_ids), "since": at - LOOKED_BACK, "limit": COUNT_LIMIT})
        return [Kept(*row) for row in cursor.fetchall()]


def letter_to_take_back(
    contacts: Sequence[Contact], *, question: Question, by: Employee, at: datetime
) -> Contact | None:
    """Return what `by` wrote last about this question when it can still be taken back. A query only right after it."""
    last = next(
        (each for each in reversed(contacts) if each.direction == "out" and each.question_id == question.pk), None
    )
    if last is None or last.by_employee_id != by.pk or last.has_succeeded is False:
        return None
    if at > last.occurred_at + TAKE_BACK_WITHIN:
        return None
    keys = [key_of(kind, last) for kind in ("answer", "asked_back")]
    is_waiting = Delivery.objects.filter(key__in=keys, state=Delivery.State.WAITING, attempts=0).exists()
    return last if is_waiting else None
