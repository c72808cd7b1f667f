"""Empties the tables between tests: only those that hold anything, because TRUNCATE takes a millisecond for each file.

Deleting without triggers needs a superuser, whom the product itself never is. Where there is none, TRUNCATE it is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import psycopg
from django.db import connection
from psycopg import sql

from aanspreekpunt.config.embedded import OWNER

if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER_EMPTIED = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""Django fills them once, from the models; nothing else changes them."""


def tables_of_models() -> frozenset[str]:
    """Return the tables that a test with real transactions leaves behind filled."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return frozenset(names) - NEVER_EMPTIED


def empty(tables: Iterable[str]) -> None:
    """Empty these tables, whatever triggers and references say."""
    names = sorted(tables)
    server = _as_superuser(connection.settings_dict["NAME"])
    if server is None:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, names))}")
        return
    looks = (sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name)) for name in names)
    filled = server.execute(sql.SQL(" UNION ALL ").join(looks)).fetchall()
    deletes = (sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for (name,) in filled)
    server.execute(sql.SQL("; ").join(deletes))


def let_go() -> None:
    """Close the connection of the superuser, so that the database can be dropped or stopped."""
    server = _as_superuser(connection.settings_dict["NAME"])
    if server is not None:
        server.close()
    _as_superuser.cache_clear()


@cache
def _as_superuser(database: str) -> psycopg.Connection | None:
    where = connection.settings_dict
    try:
        server = psycopg.connect(
            host=where["HOST"], port=where["PORT"] or None, user=OWNER, dbname=database, autocommit=True
        )
        server.execute("SET session_replication_role = replica")  # no triggers, and references are not followed
    except psycopg.Error:
        return None
    return server
