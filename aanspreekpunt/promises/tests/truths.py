"""What must be true of the whole register at any moment, in plain SQL that knows nothing of how the operations work."""

from __future__ import annotations

import json
from datetime import date, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import connection

from aanspreekpunt.promises.tests.moves import SECRET

if TYPE_CHECKING:
    from datetime import datetime

ROLES = "('agent', 'department_employee', 'supervisor')"

FALSEHOODS = {
    "an open question without exactly one open promise of its owner and date": """
        SELECT q.id FROM question q LEFT JOIN promise p ON p.question_id = q.id AND p.state = 'open'
        GROUP BY q.id HAVING (q.state <> 'settled') <> (count(p.id) = 1) OR count(p.id) > 1
            OR bool_or(p.team_id <> q.owner_id OR p.due_at <> q.due_at)""",
    "a settled question without an outcome or time, or an open one with": """
        SELECT id FROM question WHERE (state = 'settled') <> (outcome <> '')
            OR (state = 'settled') <> (settled_at IS NOT NULL) OR (state = 'settled') <> (due_at IS NULL)""",
    "answered without an answer": """
        SELECT id FROM question q WHERE outcome IN ('answered', 'answered_at_once', 'callback_kept') AND NOT EXISTS (
            SELECT FROM contact c WHERE c.question_id = q.id AND c.has_succeeded IS NOT FALSE
            AND (c.reply <> '' OR (c.direction = 'out' AND c.text <> '')))""",
    "a reference that comes twice": "SELECT min(id) FROM question GROUP BY reference HAVING count(*) > 1",
    "a follow code that is not hashed": "SELECT id FROM question WHERE follow_code_hash !~ '^[0-9a-f]{64}$'",
    "hops that are not the handovers": """
        SELECT q.id FROM question q LEFT JOIN handover h ON h.question_id = q.id GROUP BY q.id
        HAVING q.hops <> count(h.id) OR q.hops <> coalesce(max(h.hop), 0)""",
    "a second hop without a supervisor or another system, and a reason": """
        SELECT id FROM handover WHERE hop > 1 AND (NOT is_by_supervisor AND by_system = '' OR reason = '')""",
    "a second hop by someone who supervises nothing": """
        SELECT h.id FROM handover h WHERE hop > 1 AND by_system = '' AND NOT EXISTS (
            SELECT FROM organisation_membership m WHERE m.employee_id = h.made_by_id AND m.role = 'supervisor')""",
    "another system that passes on unseen by supervisors": """
        SELECT h.id FROM handover h WHERE hop > 1 AND by_system <> '' AND NOT EXISTS (SELECT FROM messaging_delivery d
            WHERE d.kind = 'second_hop' AND d.about_id = h.question_id)""",
    "an open question without exactly one open task that leads, or a settled one with something to do": """
        SELECT q.id FROM question q LEFT JOIN task t ON t.question_id = q.id AND t.state = 'open'
        GROUP BY q.id HAVING count(*) FILTER (WHERE t.is_leading) <> (q.state <> 'settled')::int
            OR (q.state = 'settled' AND count(t.id) > 0)""",
    "a leading task that names others of ours, and not the owner": """
        SELECT q.id FROM question q JOIN task t ON t.question_id = q.id AND t.is_leading AND t.state = 'open'
        JOIN task_actor n ON n.task_id = t.id JOIN actor a ON a.id = n.actor_id
        GROUP BY q.id HAVING NOT bool_or(a.team_id = q.owner_id OR EXISTS (SELECT FROM organisation_membership m
                WHERE m.employee_id = a.employee_id AND (m.team_id = q.owner_id OR m.team_id IS NULL)))
            AND bool_or(a.team_id IS NOT NULL OR a.employee_id IS NOT NULL)
            AND NOT EXISTS (SELECT FROM organisation_team o WHERE o.id = q.owner_id AND o.is_contact_centre)""",
    "a task that no other system touched, and that does not name its owner first": """
        SELECT t.id FROM task t JOIN question q ON q.id = t.question_id JOIN organisation_team o ON o.id = q.owner_id
        WHERE t.is_leading AND t.state = 'open'
            AND NOT EXISTS (SELECT FROM journal_entry e WHERE e.subject_kind = 'task' AND e.subject_id = t.id)
            AND NOT EXISTS (SELECT FROM task_actor n WHERE n.task_id = t.id AND n.position = 0
                AND n.actor_id = o.register_actor_id)""",
    "someone named for a task in another state than it has, or not as confidential": """
        SELECT n.id FROM task_actor n JOIN task t ON t.id = n.task_id
        WHERE n.state <> t.state OR n.is_confidential <> t.is_confidential""",
    "a task done before or without its time": """
        SELECT id FROM task WHERE (state = 'done') <> (done_at IS NOT NULL)""",
    "two handovers under way, or one on a settled question or at another team": """
        SELECT q.id FROM question q JOIN handover h ON h.question_id = q.id AND h.state IN ('open', 'taken_up')
        GROUP BY q.id HAVING count(*) > 1 OR q.state = 'settled' OR bool_or(h.to_team_id <> q.owner_id)""",
    "a handover done by an answer that was taken back": """
        SELECT h.id FROM handover h JOIN contact c ON c.question_id = h.question_id AND c.occurred_at = h.ended_at
        WHERE h.state = 'done' AND c.direction = 'out' AND c.channel = 'email' AND c.has_succeeded IS FALSE
            AND c.came_through = ''""",
    "a promise kept too late, broken in time, or withdrawn when it was late": """
        SELECT id FROM promise WHERE (state = 'kept' AND ended_at > due_at) OR (state = 'broken' AND ended_at <= due_at)
            OR (state = 'withdrawn' AND kind <> 'reply' AND ended_at > due_at)""",
    "a callback kept by calling before its window without reaching anyone": """
        SELECT p.id FROM promise p WHERE p.kind = 'callback' AND p.state = 'kept' AND p.ended_at < p.starts_at
            AND NOT EXISTS (SELECT FROM contact c WHERE c.question_id = p.question_id AND c.direction = 'out'
                AND (c.occurred_at = p.ended_at OR c.registered_at BETWEEN p.made_at AND p.ended_at)
                AND c.has_succeeded IS NOT FALSE)""",
    "a promise that ended before it was made": "SELECT id FROM promise WHERE ended_at < made_at",
    "a reminder after the date, or an alarm before it": """
        SELECT id FROM promise WHERE reminded_at > due_at OR escalated_at <= due_at""",
    "held by someone who cannot work on it": """
        SELECT q.id FROM question q WHERE holder_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM organisation_membership m WHERE m.employee_id = q.holder_id AND m.role IN ROLES
            AND (m.team_id = q.owner_id OR (m.team_id IS NULL AND NOT q.is_confidential)))""",
    "in hand of nobody, or waiting yet held": """
        SELECT id FROM question WHERE (state = 'in_hand' AND holder_id IS NULL)
            OR (state IN ('waiting', 'settled') AND holder_id IS NOT NULL)""",
    "waiting for the resident without asking, or the other way round": """
        SELECT q.id FROM question q JOIN promise p ON p.question_id = q.id AND p.state = 'open'
        WHERE (q.state = 'awaiting_resident') <> (p.kind = 'reply')""",
    "an open question that nobody sees": """
        SELECT q.id FROM question q WHERE q.state <> 'settled' AND NOT EXISTS (SELECT FROM organisation_membership m
            JOIN organisation_employee e ON e.id = m.employee_id AND e.is_active
            WHERE m.team_id = q.owner_id AND m.role IN ROLES)""",
    "a contact that is less confidential than its question": """
        SELECT c.id FROM contact c JOIN question q ON q.id = c.question_id
        WHERE c.is_confidential <> q.is_confidential""",
    "duplicates in a circle": """
        WITH RECURSIVE path(start, at) AS (SELECT id, duplicate_of_id FROM question WHERE duplicate_of_id IS NOT NULL
            UNION SELECT start, duplicate_of_id FROM path JOIN question ON id = at WHERE duplicate_of_id IS NOT NULL)
        SELECT start FROM path WHERE start = at""",
    "a duplicate of nothing": "SELECT id FROM question WHERE (outcome = 'duplicate') <> (duplicate_of_id IS NOT NULL)",
    "one delivery registered twice": """
        SELECT min(id) FROM contact WHERE intake_id <> '' GROUP BY intake_account, intake_id HAVING count(*) > 1""",
    "two messages with one key": "SELECT min(id) FROM messaging_delivery GROUP BY key HAVING count(*) > 1",
    "a question without its line in the journal": """
        SELECT q.id FROM question q WHERE NOT EXISTS (SELECT FROM journal_entry e
            WHERE e.subject_kind = 'question' AND e.subject_id = q.id
            AND e.event IN ('question.registered', 'question.imported'))""",
    "as many ends as there were settled lines": """
        SELECT q.id FROM question q JOIN journal_entry e ON e.subject_kind = 'question' AND e.subject_id = q.id
        GROUP BY q.id HAVING count(*) FILTER (WHERE e.event = 'question.settled'
                OR (e.event = 'question.imported' AND e.data ->> 'outcome' <> ''))
            - coalesce(sum((SELECT count(*) FROM journal_entry undone WHERE undone.event = 'question.settled'
                AND e.event = 'letter.taken_back' AND e.data -> 'undoes' @> to_jsonb(undone.id))), 0)
            <> q.times_reopened + (q.state = 'settled')::int""",
    "words that people typed, in a line that cannot be erased": """
        SELECT id FROM journal_entry e WHERE e::text LIKE '%SECRET%' OR e::text LIKE '%Karel%'
            OR e::text LIKE '%+31612345678%' OR e::text LIKE '%karel@%'""",
    "words that people typed, in the subject of a mail or in one to colleagues": """
        SELECT id FROM messaging_delivery WHERE subject LIKE '%SECRET%' OR subject LIKE '%Karel%'
            OR (kind IN ('team_notice', 'team_reminder', 'supervisor_alarm') AND body_text LIKE '%SECRET%')""",
}  # fmt: skip

EVERYTHING = " UNION ALL ".join(
    f"(SELECT '{name}', wrong.* FROM ({sql}) AS wrong(id) LIMIT 3)"  # noqa: S608 - only the constants above
    for name, sql in FALSEHOODS.items()
)
for word, meaning in {"ROLES": ROLES, "SECRET": SECRET, "%": "%%"}.items():
    EVERYTHING = EVERYTHING.replace(word, meaning)

CLOSED = {date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1), date(2026, 4, 27)}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def falsehoods() -> list[tuple[str, int]]:
    """Return every rule that is broken somewhere, with the row that breaks it."""
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING, [])
        return list(cursor.fetchall())


def promises_outside_hours(*, above: int) -> list[tuple[Any, ...]]:
    """Return the promises, from just above this id, that fall due or begin when their team is not there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, t.hours, p.due_at, coalesce(p.starts_at, p.due_at) FROM promise p"
            " JOIN organisation_team t ON t.id = p.team_id WHERE p.id > %s",
            [above],
        )
        rows = cursor.fetchall()
    return [row for row in rows if not (_is_there(row[1], row[2]) and _is_there(row[1], row[3]))]


def _is_there(hours: dict[str, list[list[str]]] | str, at: datetime) -> bool:
    week = json.loads(hours) if isinstance(hours, str) else hours
    local = at.astimezone(ZoneInfo("Europe/Amsterdam"))
    ways = [(local.date(), local.time())]
    if local.time() == time(0):  # midnight also ends the day before
        ways.append((date.fromordinal(local.date().toordinal() - 1), time(23, 59, 59)))
    return any(
        day not in CLOSED
        and any(_clock(opens) <= clock <= _clock(closes) for opens, closes in week.get(DAYS[day.weekday()], []))
        for day, clock in ways
    )


def _clock(text: str) -> time:
    return time(23, 59, 59, 999999) if text == "24:00" else time.fromisoformat(text)
