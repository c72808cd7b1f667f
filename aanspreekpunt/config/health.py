"""Answers for whoever watches over the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_known: dict[str, bool] = {}


def show_live(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers at all."""
    return JsonResponse({"status": "ok"})


def show_ready(_request: HttpRequest) -> HttpResponse:
    """Say whether requests can be answered: the database is reachable and its tables are those of this version."""
    try:
        problem = _problem()
    except DatabaseError:
        problem = "database"
    if problem:
        return JsonResponse({"status": "not ready", "problem": problem}, status=503)
    return JsonResponse({"status": "ok"})


def _problem() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    if not _known.get("migrated"):
        _known["migrated"] = not unapplied_migrations()
    return "" if _known["migrated"] else "migrations"


def unapplied_migrations() -> list[str]:
    """Name the migrations of this version that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
