"""Writing rows of several tables at once: one exchange with the database instead of one per row."""

from __future__ import annotations

from functools import cache
from itertools import count, islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, CharField, TextField, UUIDField
from psycopg import RawCursor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    """Insert new rows, of whatever tables, in one statement; those of one table in this order.

    A row that another refers to needs its id beforehand (`next_numbers`); the rest get theirs here. All of it is
    refused together, by an IntegrityError for one.
    """
    tables: dict[tuple[type[Model], bool], list[Model]] = {}
    for row in rows:
        tables.setdefault((type(row), row.pk is not None), []).append(row)
    if not tables:
        return
    in_order = [row for table in tables.values() for row in table]
    statement = _statement(tuple((model, has_id, len(table)) for (model, has_id), table in tables.items()))
    with _cursor() as cursor:
        cursor.execute(statement, [value for row in in_order for value in _values(row)])
        ids = cursor.fetchall()
    for row, (pk,) in zip(in_order, ids, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, connection.alias


def _cursor() -> CursorWrapper:
    """Return a cursor that takes PostgreSQL's own placeholders: the usual one reads so long a statement anew each time.

    It is watched, as any other, by who counts queries.
    """
    connection.ensure_connection()
    watched = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return watched(RawCursor(connection.connection))  # type: ignore[arg-type]  # the stubs want what it returns


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
def _statement(sizes: tuple[tuple[type[Model], bool, int], ...]) -> str:
    """Return the statement that inserts so many rows in each table and gives back their ids, in this order."""
    places = (f"${number}" for number in count(1))
    inserts = ", ".join(
        f"written_{n} AS ({_insert(model, rows, places, has_id=has_id)})"
        for n, (model, has_id, rows) in enumerate(sizes)
    )
    ids = " UNION ALL ".join(f"SELECT id FROM written_{n}" for n in range(len(sizes)))  # noqa: S608 - nothing from outside
    return f"WITH {inserts} {ids}"


def _insert(model: type[Model], rows: int, places: Iterator[str], *, has_id: bool) -> str:
    quote, fields = connection.ops.quote_name, _fields(model, has_id=has_id)
    columns = ", ".join(quote(str(field.column)) for field, _ in fields)
    values = ", ".join(f"({', '.join(islice(places, len(fields)))})" for _ in range(rows))
    table, pk = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"INSERT INTO {table} ({columns}) VALUES {values} RETURNING {pk} AS id"  # noqa: S608 - names from our own models
