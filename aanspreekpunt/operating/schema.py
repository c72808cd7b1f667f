"""Brings the database and the collected static files to the version that is installed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from aanspreekpunt.catalogue.operations.upl import fill_upl
from aanspreekpunt.config.health import unapplied_migrations

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_AT_A_TIME = 5_261_980_731  # any number, as long as every process of ours takes the same


def bring_up_to_date() -> int:
    """Apply the migrations the database has not seen, collect static files anew when they changed; return how many."""
    for directory in (settings.ATTACHMENTS_DIR, settings.METRICS_DIR):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    applied = apply_migrations()
    collect_static_files()
    return applied


def apply_migrations() -> int:
    """Apply what is missing and fill an empty list of product names; who starts at the same time waits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            missing = unapplied_migrations()
            if missing:
                call_command("migrate", interactive=False, verbosity=0)
            fill_upl()
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    return len(missing)


def collect_static_files() -> None:
    """Collect, name by content and compress; skipped when nothing changed, because a start should be quick."""
    mark = settings.STATIC_ROOT / ".collected"
    now = _fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(now, encoding="ascii")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name, file in sorted(_static_files()):
        status = file.stat()
        digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_files() -> Iterator[tuple[str, Path]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))
