"""What people who may not see a question get to see of it all the same, through every query there is: nothing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from django.db import connection

from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.promises.tests.make import KAREL
from aanspreekpunt.questions.access import may_see, may_supervise, may_work_on, questions_visible_to
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.queries import (
    contacts_of,
    history_by_address,
    links_of,
    question_for,
    question_it_goes_on_in,
    unseen_mentions_of,
)
from aanspreekpunt.queues.queries import (
    counts_of,
    held_per_employee,
    questions_held_by,
    questions_open_longest,
    questions_waiting_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.promises.tests.moves import Stage, Turn

SEEN = """
    SELECT q.id, q.owner_id, q.state <> 'settled' FROM question q WHERE EXISTS (
        SELECT FROM organisation_membership m WHERE m.employee_id = %(who)s AND (
            (m.team_id = q.owner_id AND m.role IN ('agent', 'department_employee', 'supervisor'))
            OR (NOT q.is_confidential AND m.role = 'agent')
            OR (NOT q.is_confidential AND m.team_id IS NULL AND m.role IN ('department_employee', 'supervisor'))))"""

HELD = """
    SELECT holder_id, count(*), count(*) FILTER (WHERE due_at < %(at)s AND state <> 'awaiting_resident') FROM question
    WHERE holder_id IS NOT NULL AND (NOT is_confidential OR owner_id = ANY(%(own)s)) GROUP BY holder_id"""


def seen_wrongly(stage: Stage, turn: Turn) -> list[str]:
    """Return where someone, chosen by chance, sees what he may not, or misses what he may see."""
    who = stage.people[turn.moment % len(stage.people)]
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {"who": who.pk})
        found = cursor.fetchall()
    seen = {pk for pk, _, _ in found}
    own = rights_of(who).team_ids
    question = Question.objects.get(pk=stage.ids[turn.which % len(stage.ids)])
    wrong = [*_in_lists(who, seen, turn.other), *_in_counts(stage, own, found), *_in_queues(stage, own)]
    if set(questions_visible_to(who).values_list("pk", flat=True)) != seen:
        wrong.append("questions_visible_to")
    return [*wrong, *(_around(question, who, own, seen) if question.pk in seen else _behind(question, who))]


def _in_lists(who: Employee, seen: set[int], number: int) -> list[str]:
    lists: dict[str, Callable[[], list[int]]] = {
        "history": lambda: [each.pk for each in history_by_address(KAREL.phone, visible_to=who)],
        "history by mail": lambda: [each.pk for each in history_by_address(KAREL.email, visible_to=who)],
        "mentions": lambda: [each.pk for each in unseen_mentions_of(who)],
        "held": lambda: [row.id for row in questions_held_by(who.pk)],
    }
    name = sorted(lists)[number % len(lists)]
    return [] if set(lists[name]()) <= seen else [name]


def _in_queues(stage: Stage, own: frozenset[int]) -> list[str]:
    teams = [team.pk for team in stage.teams]
    lists = {
        "queue": questions_waiting_for(teams, own_team_ids=own),
        "open longest": questions_open_longest(teams, own_team_ids=own),
    }
    wrong = [name for name, shown in lists.items() for row in shown if row.is_confidential and row.owner_id not in own]
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"own": list(own), "at": stage.now})
        held = {pk: (count, overdue) for pk, count, overdue in cursor.fetchall()}
    counts = held_per_employee(teams, own_team_ids=own, at=stage.now)
    return [*wrong, *("held" for each in counts if (each.held, each.overdue) != held.get(each.employee_id, (0, 0)))]


def _in_counts(stage: Stage, own: frozenset[int], found: list[tuple[int, int, bool]]) -> list[str]:
    counts = counts_of(own, own_team_ids=own, at=stage.now)
    return [
        "counts"
        for count in counts
        if count.open != sum(is_open and owner == count.team_id for _, owner, is_open in found)
    ]


def _behind(question: Question, who: Employee) -> list[str]:
    tests = {"may_see": may_see, "may_work_on": may_work_on, "may_supervise": may_supervise}
    wrong = [name for name, may in tests.items() if may(who, question)]
    with contextlib.suppress(Question.DoesNotExist):
        question_for(who, reference=question.reference)
        wrong.append("question_for")
    return wrong


def _around(question: Question, who: Employee, own: frozenset[int], seen: set[int]) -> list[str]:
    wrong = [] if may_see(who, question) else ["may_see"]
    wrong += ["links" for other in links_of(question, visible_to=who) if other.pk not in seen]
    if question.duplicate_of_id:
        on = question_it_goes_on_in(question, visible_to=who)
        wrong += ["goes on in"] if (on is not None) != (question.duplicate_of_id in seen) else []
    for contact in contacts_of(question).select_related("question"):
        hidden = contact.question
        if hidden is not None and hidden.is_confidential and hidden.owner_id not in own:
            wrong.append("contacts")
    return wrong
