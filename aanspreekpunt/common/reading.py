"""Reading rows with a query of our own, where building the query would take longer than the database takes for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model
    from psycopg import Cursor

    M = TypeVar("M", bound=Model)


_cursors: WeakKeyDictionary[BaseDatabaseWrapper, Cursor[Any]] = WeakKeyDictionary()


def found(sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows that a statement finds, or gives back; raises the errors of Django. One query.

    Django makes a cursor of its own, of the driver's and around both for each; that takes as long as the rest of a
    short one. Here a connection keeps one cursor. Whoever counts or watches queries sees them as always.
    """
    own = connections[DEFAULT_DB_ALIAS]
    if own.queries_logged or own.execute_wrappers:
        with own.cursor() as watched:
            watched.execute(sql, values)
            return list(watched.fetchall())
    own.close_if_health_check_failed()
    own.ensure_connection()
    own.validate_no_broken_transaction()
    with own.wrap_database_errors:
        cursor = _cursors.get(own)
        if cursor is None or cursor.connection is not own.connection:
            cursor = _cursors[own] = own.create_cursor()
        return cursor.execute(sql, values).fetchall()


@cache
def columns_of(model: type[Model], table: str) -> str:
    """Return the columns of `model` for a query that calls its table `table`, in the order that `row_of` wants."""
    quote = connection.ops.quote_name
    return ", ".join(f"{table}.{quote(str(field.column))}" for field in model._meta.concrete_fields)


def rows_read(model: type[M], rest: str, values: Sequence[Any]) -> list[M]:
    """Return the rows that `FROM <table> t` with this rest of a query finds. One query."""
    sql = f"SELECT {columns_of(model, 't')} FROM {connection.ops.quote_name(model._meta.db_table)} t {rest}"  # noqa: S608 - names of our own
    return [row_of(model, each) for each in found(sql, values)]


def row_of(model: type[M], values: Sequence[Any]) -> M:
    """Return a row from the values of `columns_of`."""
    names, converted = _names(model)
    known = list(values)
    for place, convert in converted:
        known[place] = convert(known[place], None, connection)
    return model.from_db(DEFAULT_DB_ALIAS, names, known)


@cache
def _names(model: type[Model]) -> tuple[list[str], list[tuple[int, Callable[..., Any]]]]:
    """Return the names of the fields, and of those that Django reads in a way of its own their places and how."""
    fields = model._meta.concrete_fields
    own = [(place, field.from_db_value) for place, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], own
