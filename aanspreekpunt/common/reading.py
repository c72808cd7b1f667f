"""Reading rows with a query of our own, where building the query would take longer than the database takes for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model

    M = TypeVar("M", bound=Model)


@cache
def columns_of(model: type[Model], table: str) -> str:
    """Return the columns of `model` for a query that calls its table `table`, in the order that `row_of` wants."""
    quote = connection.ops.quote_name
    return ", ".join(f"{table}.{quote(str(field.column))}" for field in model._meta.concrete_fields)


def rows_read(model: type[M], rest: str, values: Sequence[Any]) -> list[M]:
    """Return the rows that `FROM <table> t` with this rest of a query finds. One query."""
    sql = f"SELECT {columns_of(model, 't')} FROM {connection.ops.quote_name(model._meta.db_table)} t {rest}"  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row_of(model, found) for found in cursor.fetchall()]


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
