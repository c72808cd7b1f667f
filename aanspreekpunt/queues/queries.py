"""Reading queues: what waits for whom, most urgent first, page by page without counting everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - msgspec reads it
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import connection

from aanspreekpunt.organisation.permissions import GRANTS, Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = 50
COUNT_LIMIT = 1000
"""Counting stops here; a screen shows "1000+"."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the due date and id of its last row."""

    due_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show of a queue. Empty means everything."""

    state: str = ""
    channels: tuple[str, ...] = ()
    product_id: int | None = None
    holder_id: int | None = None
    only_unheld: bool = False
    due_until: datetime | None = None
    without_resting: bool = False
    """Leave out what waits for the resident: there it is not our turn."""


class QueueRow(msgspec.Struct, frozen=True):
    """One question as a queue shows it; a struct that is made, compared, hashed and written as JSON compiled."""

    id: int
    reference: str
    subject: str
    customer_name: str
    channel: str
    kind: str
    state: str
    is_confidential: bool
    has_news: bool
    hops: int
    times_reopened: int
    due_at: datetime
    registered_at: datetime
    owner_id: int
    owner_name: str
    owner_name_en: str
    holder_id: int | None
    holder_name: str | None
    product_name: str | None
    product_name_en: str | None
    promise_kind: str
    starts_at: datetime | None


_ROLES_OF_A_TEAM = [role for role, granted in GRANTS.items() if Permission.SEE_QUESTIONS_OF_TEAM in granted]
_COLUMNS = (
    "q.id, q.reference, q.subject, q.customer_name, q.channel, q.kind, q.state, q.is_confidential, q.has_news,"
    " q.hops, q.times_reopened, q.due_at, q.registered_at, q.owner_id, team.name, team.name_en, q.holder_id,"
    " holder.name, product.name, product.name_en, promise.kind, promise.starts_at"
)

# One look in the index for each row of the page. As an ordinary join the planner may walk all open promises instead.
_OPEN_PROMISE = (
    " CROSS JOIN LATERAL (SELECT p.kind, p.starts_at FROM promise p"
    " WHERE p.question_id = q.id AND p.state = 'open' LIMIT 1) promise"
)


def questions_waiting_for(
    team_ids: Iterable[int],
    *,
    own_team_ids: Iterable[int],
    show: Filter = Filter(),
    after: Place | None = None,
    limit: int = PAGE,
) -> list[QueueRow]:
    """Return a page of the open questions of these teams, most urgent first, from just after `after`. One query.

    Confidential questions only show for `own_team_ids`, the `Rights.team_ids` of the reader. Each team's rows come
    from its own stretch of one index, so the cost does not grow with the register.
    """
    conditions, parameters = _conditions(show)
    parameters |= {"teams": sorted(set(team_ids)), "own": list(own_team_ids), "limit": limit}
    if after is not None:
        conditions.append("(q.due_at, q.id) > (%(due_at)s, %(id)s)")
        parameters |= {"due_at": after.due_at, "id": after.id}
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT page.* FROM unnest(%(teams)s::bigint[]) wanted(team), LATERAL ("  # noqa: S608 - only constants are put together here
        " SELECT q.* FROM question q WHERE q.owner_id = wanted.team AND q.state <> 'settled'"
        f" AND {' AND '.join(conditions)} ORDER BY q.due_at, q.id LIMIT %(limit)s) page"
        " ORDER BY page.due_at, page.id LIMIT %(limit)s) q"
        " JOIN organisation_team team ON team.id = q.owner_id"
        " LEFT JOIN organisation_employee holder ON holder.id = q.holder_id"
        " LEFT JOIN catalogue_product product ON product.id = q.product_id"
        f"{_OPEN_PROMISE}"
        " ORDER BY q.due_at, q.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [QueueRow(*row) for row in cursor.fetchall()]


def questions_open_longest(
    team_ids: Iterable[int], *, own_team_ids: Iterable[int], limit: int = PAGE
) -> list[QueueRow]:
    """Return the open questions of these teams that came in longest ago, oldest first. One query, bounded per team."""
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT page.* FROM unnest(%(teams)s::bigint[]) wanted(team), LATERAL ("  # noqa: S608 - only constants are put together here
        " SELECT q.* FROM question q WHERE q.owner_id = wanted.team AND q.state <> 'settled'"
        " AND (NOT q.is_confidential OR q.owner_id = ANY(%(own)s)) ORDER BY q.registered_at LIMIT %(limit)s) page"
        " ORDER BY page.registered_at LIMIT %(limit)s) q"
        " JOIN organisation_team team ON team.id = q.owner_id"
        " LEFT JOIN organisation_employee holder ON holder.id = q.holder_id"
        " LEFT JOIN catalogue_product product ON product.id = q.product_id"
        f"{_OPEN_PROMISE}"
        " ORDER BY q.registered_at, q.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"teams": list(team_ids), "own": list(own_team_ids), "limit": limit})
        return [QueueRow(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class HeldCount:
    """How much one employee has in hand; counted to `COUNT_LIMIT` at most."""

    employee_id: int
    name: str
    is_available: bool
    held: int
    overdue: int


def held_per_employee(team_ids: Iterable[int], *, own_team_ids: Iterable[int], at: datetime) -> list[HeldCount]:
    """Return what each member of these teams has in hand for them, who has most first. One query, bounded."""
    held = (
        "SELECT FROM question q WHERE q.holder_id = e.id AND q.owner_id = ANY(%(teams)s)"
        " AND (NOT q.is_confidential OR q.owner_id = ANY(%(own)s))"
    )
    sql = (
        "SELECT e.id, e.name, e.is_available,"  # noqa: S608 - only constants are put together here
        f" (SELECT count(*) FROM ({held} LIMIT %(limit)s) few),"
        f" (SELECT count(*) FROM ({held} AND q.due_at < %(at)s AND q.state <> 'awaiting_resident' LIMIT %(limit)s) few)"
        " FROM organisation_employee e WHERE e.is_active AND e.id IN"
        " (SELECT employee_id FROM organisation_membership WHERE team_id = ANY(%(teams)s))"
        " ORDER BY 4 DESC, 2 LIMIT 200"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {"teams": list(team_ids), "own": list(own_team_ids), "at": at, "limit": COUNT_LIMIT + 1},
        )
        return [HeldCount(*row) for row in cursor.fetchall()]


def questions_held_by(employee_id: int, *, limit: int = PAGE) -> list[QueueRow]:
    """Return what an employee has in hand or waits for, most urgent first, as far as he still may see it. One query."""
    sql = (
        f"SELECT {_COLUMNS} FROM question q JOIN organisation_team team ON team.id = q.owner_id"  # noqa: S608 - only constants are put together here
        " JOIN organisation_employee holder ON holder.id = q.holder_id"
        " LEFT JOIN catalogue_product product ON product.id = q.product_id"
        f"{_OPEN_PROMISE}"
        " WHERE q.holder_id = %(holder)s AND (NOT q.is_confidential OR EXISTS (SELECT FROM organisation_membership m"
        " WHERE m.employee_id = q.holder_id AND m.team_id = q.owner_id AND m.role = ANY(%(roles)s)))"
        " ORDER BY q.due_at, q.id LIMIT %(limit)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"holder": employee_id, "roles": _ROLES_OF_A_TEAM, "limit": limit})
        return [QueueRow(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many questions of a team are open, waiting, and past their date; each counted to `COUNT_LIMIT` at most."""

    team_id: int
    open: int
    waiting: int
    overdue: int


def counts_of(team_ids: Iterable[int], *, own_team_ids: Iterable[int], at: datetime) -> list[QueueCount]:
    """Return the counts of each team, bounded. One query."""
    visible = (
        "q.owner_id = wanted.team AND q.state <> 'settled' AND (NOT q.is_confidential OR q.owner_id = ANY(%(own)s))"
    )

    def bounded(condition: str) -> str:
        return f"(SELECT count(*) FROM (SELECT FROM question q WHERE {visible}{condition} LIMIT %(limit)s) few)"  # noqa: S608 - only constants are put together here

    sql = (
        f"SELECT wanted.team, {bounded('')}, {bounded(' AND q.state = %(waiting)s')},"  # noqa: S608 - only constants are put together here
        f" {bounded(' AND q.due_at < %(at)s')} FROM unnest(%(teams)s::bigint[]) wanted(team)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "teams": sorted(set(team_ids)),
                "own": list(own_team_ids),
                "waiting": "waiting",
                "at": at,
                "limit": COUNT_LIMIT + 1,
            },
        )
        return [QueueCount(*row) for row in cursor.fetchall()]


def _conditions(show: Filter) -> tuple[list[str], dict[str, Any]]:
    conditions = ["(NOT q.is_confidential OR q.owner_id = ANY(%(own)s))"]
    parameters: dict[str, Any] = {}
    for column, value in (
        ("state", show.state),
        ("product_id", show.product_id),
        ("holder_id", show.holder_id),
    ):
        if value:
            conditions.append(f"q.{column} = %({column})s")
            parameters[column] = value
    if show.channels:
        conditions.append("q.channel = ANY(%(channels)s)")
        parameters["channels"] = list(show.channels)
    if show.only_unheld:
        conditions.append("q.holder_id IS NULL")
    if show.due_until is not None:
        conditions.append("q.due_at <= %(due_until)s")
        parameters["due_until"] = show.due_until
    if show.without_resting:
        conditions.append("q.state <> 'awaiting_resident'")
    return conditions, parameters
