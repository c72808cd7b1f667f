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
    ids = _sent(statement, [value for row in in_order for value in _values(row)])
    for row, (pk,) in zip(in_order, ids, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, connection.alias


def _sent(statement: str, values: list[Any]) -> list[tuple[int]]:
    """Send a statement with PostgreSQL's own placeholders: the usual cursor reads so long a one anew each time."""
    connection.ensure_connection()
    if connection.queries_logged:  # Django's own log, by which tests count, cannot read these placeholders
        connection.queries_log.append({"sql": statement, "time": "0"})
    with connection.make_cursor(RawCursor(connection.connection)) as cursor:  # type: ignore[arg-type]  # the stubs want what it returns
        cursor.execute(statement, values)
        ids: list[tuple[int]] = cursor.fetchall()
    return ids


def _values(row: Model) -> list[Any]:
    held = vars(row)
    return [
        held[name]
        if keeps_texts and type(held[name]) in _AS_THEY_ARE
        else field.get_db_prep_save(held[name], connection)
        for name, field, keeps_texts in _fields(type(row), has_id=row.pk is not None)
    ]


@cache
def _fields(model: type[Model], *, has_id: bool) -> list[tuple[str, Field[Any, Any], bool]]:
    """Return the fields to write under the names of their values, and of each whether it keeps texts as they are.

    What the database works out by itself is left to it.
    """
    known = [field for field in model._meta.concrete_fields if not field.generated]
    fields = [field for field in known if has_id or not field.primary_key]
    return [(field.attname, field, isinstance(field, _PLAIN)) for field in fields]


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
    columns = ", ".join(quote(str(field.column)) for _, field, _ in fields)
    values = ", ".join(f"({', '.join(islice(places, len(fields)))})" for _ in range(rows))
    table, pk = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"INSERT INTO {table} ({columns}) VALUES {values} RETURNING {pk} AS id"  # noqa: S608 - names from our own models
