"""Answers for whoever watches over the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone

from aanspreekpunt.messaging.alarms import Kind, alarms_in
from aanspreekpunt.messaging.figures import figures
from aanspreekpunt.subscriptions.figures import LONGEST_WAIT_TO_BE_TOLD
from aanspreekpunt.subscriptions.figures import figures as figures_of_notices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

ALARMS: Final = {
    Kind.MAILBOX_SILENT: "mailbox silent",
    Kind.WAITS_TO_BE_READ: "mail waits to be read",
    Kind.WAITS_TO_BE_SENT: "mail waits to be sent",
    Kind.COMES_BACK: "mail comes back",
    Kind.UNREADABLE: "many mails unreadable",
    Kind.IN_DOUBT: "mail in doubt",
}
SECONDS_BETWEEN_LOOKS: Final = 10
_WARNINGS: Final = "health-warnings"

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
    return JsonResponse({"status": "ok", "warnings": warnings()})


def warnings() -> list[str]:
    """Name what an administrator should look at although requests are answered; looked up every few seconds at most."""
    known: list[str] | None = cache.get(_WARNINGS)
    if known is None:
        now = timezone.now()
        known = [*_mail_warnings(at=now), *_notice_warnings(at=now)]
        cache.set(_WARNINGS, known, SECONDS_BETWEEN_LOOKS)
    return known


def _mail_warnings(*, at: datetime) -> Iterator[str]:
    now = figures(at=at)
    raised = {alarm.kind for alarm in alarms_in(now, at=at)}
    yield from (words for kind, words in ALARMS.items() if kind in raised)
    if now.quarantined:
        yield "mail in quarantine"


def _notice_warnings(*, at: datetime) -> Iterator[str]:
    now = figures_of_notices()
    if now.longest_wait(at=at) > LONGEST_WAIT_TO_BE_TOLD:
        yield "notices wait to be sent"
    if now.dead:
        yield "notices given up"
    if now.paused:
        yield "subscription paused"


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
