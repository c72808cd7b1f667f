"""Writing rows of several tables at once: one exchange with the database instead of one per row."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection, connections
from django.db.models import AutoField, BooleanField, CharField, ForeignKey, TextField, UUIDField
from psycopg import RawCursor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Field, Model

_AS_THEY_ARE: Final[dict[type[Any], frozenset[type]]] = {
    **dict.fromkeys((BooleanField, CharField, TextField, UUIDField), frozenset({str, bool, UUID, type(None)})),
    **dict.fromkeys((AutoField, ForeignKey), frozenset({int, type(None)})),
}
"""Values of these types, and no subclass such as a lazy text, go to the driver as they are, by the kind of field."""

_along: ContextVar[list[Model] | None] = ContextVar("rows that go along", default=None)


def ids_of(model: type[Model]) -> str:
    """Return the name of the sequence from which `model` gets its ids."""
    return f"{model._meta.db_table}_{model._meta.pk.column}_seq"


def next_numbers(*sequences: str) -> tuple[int, ...]:
    """Take the next number of each sequence, all in one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(['nextval(%s)'] * len(sequences))}", sequences)
        numbers: tuple[int, ...] = cursor.fetchone()
    return numbers


def many_numbers(count: int, *sequences: str) -> list[tuple[int, ...]]:
    """Take so many numbers of each sequence, a tuple with one of each for every row that needs them, in one query."""
    with connection.cursor() as cursor:
        wanted = ", ".join(["nextval(%s)"] * len(sequences))
        cursor.execute(f"SELECT {wanted} FROM generate_series(1, %s)", [*sequences, count])  # noqa: S608 - places only
        found: list[tuple[int, ...]] = cursor.fetchall()
    return found


@dataclass(frozen=True, slots=True)
class IdOf:
    """Stands for the id of a row that gets one in the very statement in which this is written."""

    row: Model


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is there already and holds other values in these fields from now on."""

    row: Model
    fields: tuple[str, ...]


def write(rows: Iterable[Model], *, changes: Iterable[Change] = ()) -> None:
    """Insert new rows and change others, of whatever tables, in one statement; new ones of one table in this order.

    A row that another refers to needs its id beforehand (`next_numbers`), or is the only one of its table without one
    and named with `IdOf`; the rest get theirs here. What the database makes of a row by itself (`made_by_database` of
    its model) it holds afterwards. All of it is refused together, by an IntegrityError for one.
    """
    tables: dict[tuple[type[Model], bool], list[Model]] = {}
    for row in (*rows, *_taken_along()):
        tables.setdefault((type(row), row.pk is not None), []).append(row)
    in_order, changed = [row for table in tables.values() for row in table], tuple(changes)
    if not in_order and not changed:
        return
    sizes = tuple((model, has_id, len(table)) for (model, has_id), table in tables.items())
    own = connections[connection.alias]  # not the proxy for it, which looks it up for each word it is asked
    values, named = _values_of(in_order, tables, own)
    asked = tuple((type(each.row), each.fields) for each in changed)
    sent = [*values, *(value for each in changed for value in _changed(each, own))]
    for row, (pk, *made) in zip(in_order, _sent(_statement(sizes, named, asked), sent, own), strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, own.alias
        for name, value in zip(_made_by_database(type(row)), made[0] if made else (), strict=False):
            setattr(row, name, value)
    if named:
        _fill_in(in_order)


@contextmanager
def taking_along(*rows: Model) -> Iterator[None]:
    """Let these rows go with what is written next in this block, in the same statement; at its end on their own.

    For what nobody reads before the transaction is over, such as lines of a log. After a failure they are forgotten.
    """
    token = _along.set([*rows])
    try:
        yield
        write(())
    finally:
        _along.reset(token)


def _taken_along() -> list[Model]:
    waiting = _along.get()
    if not waiting:
        return []
    taken = [*waiting]
    waiting.clear()
    return taken


def _fill_in(rows: Iterable[Model]) -> None:
    """Let rows that named another one hold its id, now that it has one."""
    for row in rows:
        for name, value in [*vars(row).items()]:
            if type(value) is IdOf:
                setattr(row, name, value.row.pk)


def _made_by_database(model: type[Model]) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(model, "made_by_database", ())
    return names


def _sent(statement: str, values: list[Any], own: BaseDatabaseWrapper) -> list[tuple[Any, ...]]:
    """Send a statement with PostgreSQL's own placeholders: the usual cursor reads so long a one anew each time."""
    own.ensure_connection()
    if own.queries_logged:  # Django's own log, by which tests count, cannot read these placeholders
        own.queries_log.append({"sql": statement, "time": "0"})
    with own.make_cursor(RawCursor(own.connection)) as cursor:  # type: ignore[arg-type]  # the stubs want what it returns
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


_Tables = dict[tuple[type["Model"], bool], list["Model"]]
_Named = tuple[tuple[int, int], ...]
"""Which place among all values holds the id of a row, and the place of its table."""


def _values_of(in_order: list[Model], tables: _Tables, own: BaseDatabaseWrapper) -> tuple[list[Any], _Named]:
    values: list[Any] = []
    named: list[tuple[int, int]] = []
    for row in in_order:
        for value in _values(row, own):
            if type(value) is IdOf:
                named.append((len(values) + len(named), _place_of(value.row, tables)))
            else:
                values.append(value)
    return values, tuple(named)


def _place_of(row: Model, tables: _Tables) -> int:
    """Return the place of the table that has this row alone; the database could not say which of several it is."""
    place = list(tables).index((type(row), False))
    if len(tables[type(row), False]) > 1:
        raise ValueError("only the id of a row that is written alone in its table can be named")
    return place


def _values(row: Model, own: BaseDatabaseWrapper) -> list[Any]:
    held = vars(row)
    return [
        value
        if (kind := type(value := held[name])) in as_they_are or kind is IdOf or (kind is datetime and value.tzinfo)
        else field.get_db_prep_save(value, own)
        for name, field, as_they_are in _fields(type(row), has_id=row.pk is not None)
    ]


def _changed(change: Change, own: BaseDatabaseWrapper) -> list[Any]:
    row = change.row
    fields = [_field(type(row), name) for name in change.fields]
    return [*(field.get_db_prep_save(getattr(row, field.attname), own) for field in fields), row.pk]


@cache
def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.name == name)


@cache
def _fields(model: type[Model], *, has_id: bool) -> list[tuple[str, Field[Any, Any], frozenset[type]]]:
    """Return the fields to write under the names of their values, and of each what goes to the driver as it is.

    What the database works out by itself is left to it.
    """
    known = [field for field in model._meta.concrete_fields if not field.generated]
    fields = [field for field in known if has_id or not field.primary_key]
    return [(field.attname, field, _kept_by(field)) for field in fields]


def _kept_by(field: Field[Any, Any]) -> frozenset[type]:
    kinds = (types for kind, types in _AS_THEY_ARE.items() if isinstance(field, kind))
    return next(kinds, frozenset())


@cache
def _statement(
    sizes: tuple[tuple[type[Model], bool, int], ...],
    named: _Named,
    changed: tuple[tuple[type[Model], tuple[str, ...]], ...],
) -> str:
    """Return the statement that inserts so many rows in each table and gives back their ids, in this order."""
    places = _places(dict(named))
    back = any(_made_by_database(model) for model, _has_id, _rows in sizes)
    parts = [
        f"written_{n} AS ({_insert(model, rows, places, has_id=has_id)}{_back(model) if back else ''})"
        for n, (model, has_id, rows) in enumerate(sizes)
    ]
    parts += [f"changed_{n} AS ({_update(model, names, places)})" for n, (model, names) in enumerate(changed)]
    found = "id, made" if back else "id"
    ids = " UNION ALL ".join(f"SELECT {found} FROM written_{n}" for n in range(len(sizes)))  # noqa: S608 - nothing from outside
    return f"WITH {', '.join(parts)} {ids or 'SELECT LIMIT 0'}"


def _places(named: dict[int, int]) -> Iterator[str]:
    """Yield what stands for each value: the next placeholder, or the id of a row of the same statement."""
    numbers = count(1)
    for place in count():
        yield f"(SELECT id FROM written_{named[place]})" if place in named else f"${next(numbers)}"  # noqa: S608 - numbers only


def _back(model: type[Model]) -> str:
    """Return what an insert gives back besides the id: what the database made of the row, as texts."""
    names = ", ".join(connection.ops.quote_name(name) for name in _made_by_database(model))
    return f", ARRAY[{names}]::text[] AS made"


def _insert(model: type[Model], rows: int, places: Iterator[str], *, has_id: bool) -> str:
    quote, fields = connection.ops.quote_name, _fields(model, has_id=has_id)
    columns = ", ".join(quote(str(field.column)) for _, field, _ in fields)
    values = ", ".join(f"({', '.join(islice(places, len(fields)))})" for _ in range(rows))
    table, pk = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"INSERT INTO {table} ({columns}) VALUES {values} RETURNING {pk} AS id"  # noqa: S608 - names from our own models


def _update(model: type[Model], names: tuple[str, ...], places: Iterator[str]) -> str:
    quote = connection.ops.quote_name
    set_to = ", ".join(f"{quote(str(_field(model, name).column))} = {next(places)}" for name in names)
    table, pk = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"UPDATE {table} SET {set_to} WHERE {pk} = {next(places)}"  # noqa: S608 - names from our own models
