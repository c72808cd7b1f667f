"""Counts of long lists, kept by the database with every row that comes or goes: right at once, and cheap to ask.

A table takes part by triggers that a migration of its room makes; `keep_list_count` (in the migration of this room) is
what they call, with the columns to count by:

    CREATE TRIGGER contact_counted_in AFTER INSERT ON contact REFERENCING NEW TABLE AS come
        FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('channel_name', 'is_confidential');
    CREATE TRIGGER contact_counted_out AFTER DELETE ON contact REFERENCING OLD TABLE AS gone …
    CREATE TRIGGER contact_counted_over AFTER UPDATE ON contact REFERENCING OLD TABLE AS gone NEW TABLE AS come …
    CREATE TRIGGER contact_counted_none AFTER TRUNCATE ON contact …
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model


def counted(model: type[Model], parts: Sequence[str] | None = None) -> int:
    """Return how many rows `model` has, or how many in these parts. One query, of a few rows however long the table."""
    return counted_in(model._meta.db_table, parts)


def counted_in(table: str, parts: Sequence[str] | None = None) -> int:
    """Return the same of a table by its name."""
    sql = 'SELECT coalesce(sum("rows"), 0)::bigint FROM list_count WHERE "table" = %s'
    values: list[Any] = [table]
    if parts is not None:
        sql += " AND part = ANY(%s)"
        values.append(list(parts))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (found,) = cursor.fetchone()
    return int(found)
