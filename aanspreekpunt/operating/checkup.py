"""Looks whether an installation is healthy and safe: one function per subject, each finding in one line."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from aanspreekpunt.config.embedded import EmbeddedDatabaseFailed
from aanspreekpunt.config.health import unapplied_migrations
from aanspreekpunt.config.safety import Finding, Verdict, unsafe_settings
from aanspreekpunt.operating.assets import check_assets, check_theme
from aanspreekpunt.operating.mail_checkup import check_mail, check_mail_server
from aanspreekpunt.operating.notice_checkup import check_notices
from aanspreekpunt.operating.suggesting import check_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

OLDEST_SERVER, NEWEST_SERVER = 15, 18
LONGEST_SILENCE = timedelta(minutes=1)
LONGEST_WAIT_FOR_A_JOB = timedelta(minutes=10)
LEAST_FREE_BYTES = 1024**3
COMFORTABLE_FREE_BYTES = 5 * 1024**3


def check_installation() -> list[Finding]:
    """Look at everything; without a database the checks that need one are left out."""
    at = timezone.now()
    findings = [*unsafe_settings_of_mode(), *check_disk(), *check_assets()]
    try:
        findings += check_database()
        if findings[-1].verdict is not Verdict.ERROR:
            findings += [*check_theme(), *check_jobs(at=at), *check_mail(at=at), *check_notices(at=at)]
            findings += check_suggestions()
    except (DatabaseError, EmbeddedDatabaseFailed) as problem:
        findings.append(Finding("database", Verdict.ERROR, str(problem).strip().partition("\n")[0]))
    return [*findings, *check_mail_server()]


def unsafe_settings_of_mode() -> Iterator[Finding]:
    """Judge the settings; what production refuses is normal in a demo, and only said."""
    if not settings.IS_PRODUCTION:
        message = _("is %(mode)s: not for real people.") % {"mode": settings.MODE}
        yield Finding("AANSPREEKPUNT_MODE", Verdict.WARNING, message)
        return
    yield from unsafe_settings()


def check_disk() -> Iterator[Finding]:
    """Look whether the data directory can be written and has room."""
    directory = settings.DATA_DIR
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / ".check"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as problem:
        yield Finding("disk", Verdict.ERROR, f"{directory}: {problem.strerror}")
        return
    free = shutil.disk_usage(directory).free
    message = _("%(free).1f GB free in %(directory)s.") % {"free": free / 1024**3, "directory": directory}
    worse = Verdict.ERROR if free < LEAST_FREE_BYTES else Verdict.WARNING
    yield Finding("disk", Verdict.OK if free >= COMFORTABLE_FREE_BYTES else worse, message)


def check_database() -> Iterator[Finding]:
    """Look whether the database answers, is of a version we know, and has all our tables."""
    connection.ensure_connection()
    version = connection.get_database_version()[0]
    known = OLDEST_SERVER <= version <= NEWEST_SERVER
    too_old = version < OLDEST_SERVER
    message = _("PostgreSQL %(version)d; tried with %(oldest)d to %(newest)d.")
    values = {"version": version, "oldest": OLDEST_SERVER, "newest": NEWEST_SERVER}
    verdict = Verdict.OK if known else Verdict.WARNING
    yield Finding("database", Verdict.ERROR if too_old else verdict, message % values)
    missing = len(unapplied_migrations())
    if missing:
        message = _("%(count)d migrations are not applied; run aanspreekpunt migrate.")
        yield Finding("migrations", Verdict.ERROR, message % {"count": missing})
    else:
        yield Finding("migrations", Verdict.OK, _("all applied."))


def check_jobs(*, at: datetime) -> Iterator[Finding]:
    """Look whether a worker lives, whether jobs wait too long, and whether any gave up."""
    last = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True).first()
    if last is None or at - last > LONGEST_SILENCE:
        seen = timezone.localtime(last).strftime("%d-%m-%Y %H:%M") if last else _("never")
        message = _("no worker is running; last seen: %(seen)s.") % {"seen": seen}
        yield Finding("worker", Verdict.ERROR, message)
    else:
        yield Finding("worker", Verdict.OK, _("running."))
    late = at - LONGEST_WAIT_FOR_A_JOB
    waiting = ProcrastinateJob.objects.filter(status="todo")
    unscheduled = waiting.filter(scheduled_at=None)
    old = unscheduled.filter(procrastinateevent__type="deferred", procrastinateevent__at__lt=late).count()
    overdue = old + waiting.filter(scheduled_at__lt=late).count()
    message = _("%(waiting)d waiting, of which %(late)d too long.") % {"waiting": waiting.count(), "late": overdue}
    yield Finding("jobs", Verdict.ERROR if overdue else Verdict.OK, message)
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    message = _("%(count)d jobs gave up.") % {"count": failed}
    yield Finding("failed jobs", Verdict.WARNING if failed else Verdict.OK, message)
