"""Writing in the access log what other systems read and wrote: one line for each kind of thing in a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from aanspreekpunt.journal.models import Access

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from aanspreekpunt.journal.actors import Actor

MOST_IDS_OF_ONE_REQUEST: Final = 500

# A line about reading is a transaction of its own, which does not wait for the disk: when the database server itself
# dies, the lines of its last half second at most are lost. A line about writing is kept as surely as what was written.
_WRITE = """
    WITH kept AS MATERIALIZED (
        SELECT set_config(
            'synchronous_commit',
            CASE WHEN %(is_read)s THEN 'off' ELSE current_setting('synchronous_commit') END,
            true
        )
    )
    INSERT INTO journal_access
        (token_id, token_name, verb, resource, ids, shown, purpose, on_behalf_of, trace_id, at)
    SELECT %(id)s, %(name)s, did.verb, did.resource, did.ids::uuid[], did.shown, %(purpose)s, %(on_behalf_of)s,
        %(trace_id)s, %(at)s
    FROM kept, unnest(%(verbs)s::text[], %(resources)s::text[], %(ids)s::text[], %(shown)s::int[])
        AS did(verb, resource, ids, shown)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What another system said about its request: what for, on behalf of whom, and as part of which larger whole."""

    purpose: str = ""
    on_behalf_of: str = ""
    trace_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one request read or wrote of one kind of thing."""

    verb: str
    resource: str
    ids: Sequence[UUID | str]


def record_access(*, shown: Iterable[Shown], asked: Asked, by: Actor, at: datetime) -> None:
    """Write what `by`, another system, read or wrote in one request, a line for each kind of thing. One query.

    Within a transaction the lines are kept or lost together with what was written; outside of one it is a read.
    """
    did = list(shown)
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                "is_read": not connection.in_atomic_block,
                "id": by.actor_id or 0,
                "name": by.actor_name,
                "verbs": _listed(each.verb for each in did),
                "resources": _listed(each.resource for each in did),
                "ids": _listed(f'"{_listed(each.ids[:MOST_IDS_OF_ONE_REQUEST])}"' for each in did),
                "shown": _listed(len(each.ids) for each in did),
                "purpose": asked.purpose,
                "on_behalf_of": asked.on_behalf_of,
                "trace_id": asked.trace_id,
                "at": at,
            },
        )


def _listed(words: Iterable[UUID | str | int]) -> str:
    """Return words of our own and ids as PostgreSQL writes a list, which takes the driver much longer."""
    return f"{{{','.join(map(str, words))}}}"


def access_lines(*, shown: Iterable[Shown], asked: Asked, by: Actor, at: datetime) -> list[Access]:
    """Return the lines of `record_access`, to be written together with what `by` made or changed."""
    return [
        Access(
            token_id=by.actor_id or 0,
            token_name=by.actor_name,
            verb=each.verb,
            resource=each.resource,
            ids=[*each.ids[:MOST_IDS_OF_ONE_REQUEST]],
            shown=len(each.ids),
            purpose=asked.purpose,
            on_behalf_of=asked.on_behalf_of,
            trace_id=asked.trace_id,
            at=at,
        )
        for each in shown
    ]


def accesses_before(access_id: int | None, *, token_id: int | None = None, limit: int) -> QuerySet[Access]:
    """Return what other systems (or one of them) read and wrote, newest first, from before `access_id` on."""
    found = Access.objects.order_by("-id")
    if token_id is not None:
        found = found.filter(token_id=token_id)
    if access_id is not None:
        found = found.filter(id__lt=access_id)
    return found[:limit]


def accesses_to(uuid: UUID, *, limit: int) -> QuerySet[Access]:
    """Return who read or wrote one thing over the standard API, newest first."""
    return Access.objects.filter(ids__contains=[uuid]).order_by("-id")[:limit]
