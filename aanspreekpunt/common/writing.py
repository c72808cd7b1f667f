"""Writing rows of several tables at once: one exchange with the database instead of one per row."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Field, Model


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
    """Insert new rows, of whatever tables, in this order, without waiting for the database between them.

    A row that another refers to needs its id beforehand (`next_numbers`); the rest get theirs here. An error, such as
    an IntegrityError, is raised for the first row that is refused; call this within a transaction.
    """
    database, written = connections[DEFAULT_DB_ALIAS], []
    with database.wrap_database_errors, database.connection.pipeline():
        for row in rows:
            statement, fields = _statement(type(row), has_id=row.pk is not None)
            values = [field.get_db_prep_save(getattr(row, field.attname), database) for field in fields]
            cursor = database.cursor()
            cursor.execute(statement, values)
            written.append((row, cursor))
    for row, cursor in written:
        (row.pk,) = cursor.fetchone()
        row._state.adding, row._state.db = False, database.alias


@cache
def _statement(model: type[Model], *, has_id: bool) -> tuple[str, list[Field[Any, Any]]]:
    meta, quote = model._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if has_id or not field.primary_key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = (
        f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places}) RETURNING {quote(str(meta.pk.column))}"  # noqa: S608 - names from our own models
    )
    return statement, fields
