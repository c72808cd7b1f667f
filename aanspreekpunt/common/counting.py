"""Counts of long lists, kept by the database with every row that comes or goes: right at once, and cheap to ask.

A table takes part by triggers that a migration of its room makes (`common/migrations/_counted.py`), which say by what
its rows are counted: by the channel of a contact, say, and by whether it is confidential. What is kept of each is how
many rows have these values together. Every connection keeps its own sum, so that none waits for another; at night the
sums are put together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from aanspreekpunt.common.reading import found

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_COUNT: Final = 'SELECT coalesce(sum("rows"), 0)::bigint FROM list_count WHERE "table" = %s'
_TOGETHER: Final = -1
"""Where the sums of all connections are put together; none of them writes there."""
_PUT_TOGETHER: Final = """
WITH free AS (SELECT id FROM list_count WHERE slot <> %(together)s FOR UPDATE SKIP LOCKED),
gone AS (DELETE FROM list_count WHERE id IN (SELECT id FROM free) RETURNING "table", part, "rows")
INSERT INTO list_count AS kept ("table", part, slot, "rows")
SELECT "table", part, %(together)s, sum("rows") FROM gone GROUP BY 1, 2
ON CONFLICT ON CONSTRAINT list_count_once DO UPDATE SET "rows" = kept."rows" + EXCLUDED."rows"
"""


def counted(table: str, narrowed: Iterable[tuple[int, Sequence[str]]] = ()) -> int:
    """Return how many rows a table has, or how many whose value at each of these places is one of those given.

    Places are those of what the table is counted by, from 0. One query, of a few rows however long the table.
    """
    sql = _COUNT
    values: list[Any] = [table]
    for place, wanted in narrowed:
        sql += " AND split_part(part, '|', %s) = ANY(%s)"
        values += [place + 1, [_apart(each) for each in wanted]]
    return int(found(sql, values)[0][0])


def counted_together(table: str, parts: Iterable[Sequence[str]]) -> int:
    """Return how many rows a table has whose values, of all that it is counted by, are together one of these.

    One query that looks up these parts only, for what has many values, such as by whom something is to be done. (The
    parts come as a list that is planned for once, however many there are.)
    """
    named = ["|".join(_apart(each) for each in part) for part in parts]
    return int(found(f"{_COUNT} AND part = ANY(ARRAY(SELECT unnest(%s::text[])))", [table, named])[0][0])


def put_counts_together() -> int:
    """Put the sums of all connections together, but for those that somebody is just changing. Returns how many.

    Waits for nobody, so that it and somebody who counts several things never wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PUT_TOGETHER, {"together": _TOGETHER})
        return int(cursor.rowcount)


def _apart(value: str) -> str:
    """Return a value as it stands among others; the database writes it so with `list_count_text`."""
    return value.replace("\\", "\\\\").replace("|", "\\p")
