"""Takes constraints, triggers and indexes off all tables while they are filled, and puts them back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.utils import CursorWrapper

FOREIGN_KEYS = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    from pg_constraint where contype = 'f' and connamespace = current_schema::regnamespace
"""
INDEXES_THAT_GUARD_NOTHING = """
    select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    where relnamespace = current_schema::regnamespace
      and not exists (select from pg_constraint where conindid = indexrelid)
"""
TABLES_WITH_TRIGGERS = """
    select distinct tgrelid::regclass::text
    from pg_trigger join pg_class on pg_class.oid = tgrelid
    where not tgisinternal and relnamespace = current_schema::regnamespace
"""


@contextmanager
def without_constraints(cursor: CursorWrapper) -> Iterator[None]:
    """Let rows be loaded in any order, without a trigger acting on them; everything is checked when put back.

    Must run inside a transaction: when loading fails, everything is as it was.
    """
    cursor.execute(FOREIGN_KEYS)
    keys = cursor.fetchall()
    cursor.execute(INDEXES_THAT_GUARD_NOTHING)
    indexes = cursor.fetchall()
    cursor.execute(TABLES_WITH_TRIGGERS)
    guarded = [table for (table,) in cursor.fetchall()]
    for table, name, _definition in keys:
        cursor.execute(sql.SQL("alter table {} drop constraint {}").format(sql.SQL(table), sql.Identifier(name)))
    for name, _definition in indexes:
        cursor.execute(sql.SQL("drop index {}").format(sql.SQL(name)))
    _switch_triggers(cursor, guarded, "disable")
    yield
    _switch_triggers(cursor, guarded, "enable")
    for _name, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in keys:
        cursor.execute(
            sql.SQL("alter table {} add constraint {} {}").format(
                sql.SQL(table),
                sql.Identifier(name),
                sql.SQL(definition),
            ),
        )


def _switch_triggers(cursor: CursorWrapper, tables: list[str], word: str) -> None:
    for table in tables:
        cursor.execute(sql.SQL("alter table {} {} trigger user").format(sql.SQL(table), sql.SQL(word)))
