"""Beginning a run, saying why it came to a halt, and ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.imports.models import ImportRun, ImportSource
from aanspreekpunt.imports.report import closing_lines
from aanspreekpunt.journal.operations import record

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor


@transaction.atomic
def begin_run(*, address: str, by: Actor, at: datetime) -> ImportRun:
    """Return the run of this register that has not ended, which goes on now, or begin one."""
    source, _made = ImportSource.objects.get_or_create(address=address)
    run, is_new = ImportRun.objects.get_or_create(source=source, ended_at=None, defaults={"began_at": at})
    if is_new:
        record("import.begun", subject=run, by=by, at=at)
    elif run.stopped_by:
        run.stopped_by = ""
        run.save(update_fields=["stopped_by"])
    return run


def stop_run(*, run: ImportRun, code: str) -> None:
    """Note why a run came to a halt; it stays where it was."""
    run.stopped_by = code
    run.save(update_fields=["stopped_by"])


@transaction.atomic
def end_run(*, run: ImportRun, by: Actor, at: datetime) -> None:
    """Note that a run is complete, and keep with it what became of it."""
    run.ended_at = at
    run.lines = closing_lines(run)
    run.save(update_fields=["ended_at", "lines"])
    record("import.ended", subject=run, by=by, at=at)
