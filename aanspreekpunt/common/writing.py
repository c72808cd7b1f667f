"""Writing rows of several tables at once: one exchange with the database instead of one per row."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, CharField, TextField, UUIDField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.utils import CursorWrapper
    from django.db.models import Field, Model

_PLAIN = (BooleanField, CharField, TextField, UUIDField)
_AS_THEY_ARE = frozenset({str, bool, UUID, type(None)})
"""Values of these types, and no subclass such as a lazy text, go to the driver as they are."""


def ids_of(model: type[Model]) -> str:
    """Return the name of the sequence from which `model` gets its ids."""
    return f"{model._meta.db_table}_{model._meta.pk.column}_seq"


def next_numbers(*sequences: str) -> tuple[int, ...]:
    """Take the next number of each sequence, all in one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(['nextval(%s)'] * len(sequences))}", sequences)
        numbers: tuple[int, ...] = cursor.fetchone()
    return numbers


def write(rows: Iterable[Model]) -> None:
    """Insert new rows, of whatever tables, without waiting for the database between them.

    One statement for each table, in the order in which the tables first come; rows of one table in this order. A row
    that another refers to needs its id beforehand (`next_numbers`); the rest get theirs here. An error, such as an
    IntegrityError, is raised for the first statement that is refused; call this within a transaction.
    """
    tables: dict[tuple[type[Model], bool], list[Model]] = {}
    for row in rows:
        tables.setdefault((type(row), row.pk is not None), []).append(row)
    with connection.wrap_database_errors, connection.connection.pipeline():
        cursors = [_inserted(table) for table in tables.values()]
    for table, cursor in zip(tables.values(), cursors, strict=True):
        for row, (pk,) in zip(table, cursor.fetchall(), strict=True):
            row.pk = pk
            row._state.adding, row._state.db = False, connection.alias


def _inserted(rows: list[Model]) -> CursorWrapper:
    """Send the statement that inserts rows of one table, and return where their ids will come in."""
    statement = _statement(type(rows[0]), has_id=rows[0].pk is not None, count=len(rows))
    cursor = connection.cursor()
    cursor.execute(statement, [value for row in rows for value in _values(row)])
    return cursor


def _values(row: Model) -> list[Any]:
    values = (
        (field, is_plain, getattr(row, field.attname))
        for field, is_plain in _fields(type(row), has_id=row.pk is not None)
    )
    return [
        value if is_plain and type(value) in _AS_THEY_ARE else field.get_db_prep_save(value, connection)
        for field, is_plain, value in values
    ]


@cache
def _fields(model: type[Model], *, has_id: bool) -> list[tuple[Field[Any, Any], bool]]:
    """Return the fields to write, and of each whether it keeps texts as they are."""
    fields = [field for field in model._meta.concrete_fields if has_id or not field.primary_key]
    return [(field, isinstance(field, _PLAIN)) for field in fields]


@cache
def _statement(model: type[Model], *, has_id: bool, count: int) -> str:
    quote, fields = connection.ops.quote_name, _fields(model, has_id=has_id)
    columns = ", ".join(quote(str(field.column)) for field, _ in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    table, pk = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"INSERT INTO {table} ({columns}) VALUES {places} RETURNING {pk}"  # noqa: S608 - names from our own models
