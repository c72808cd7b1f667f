"""Makes runs of copying a register for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from aanspreekpunt.imports.models import ImportRefusal, ImportStretch
from aanspreekpunt.imports.operations import begin_run, end_run
from aanspreekpunt.journal.actors import PlainActor

if TYPE_CHECKING:
    from aanspreekpunt.imports.models import ImportRun

ADDRESS: Final = "https://openklant.example.nl"
NOW: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BY: Final = PlainActor("system", None, "openklant.example.nl")


def make_run(address: str = ADDRESS, *, at: datetime = NOW) -> ImportRun:
    """Begin a run, of which two lists were begun."""
    run = begin_run(address=address, by=BY, at=at)
    make_list(run, "actoren", is_done=True, count=4, met=4, came_in=3, unchanged=1, moved_at=at)
    make_list(run, "klantcontacten", next_page=3, count=2500, met=1000, came_in=900, was_here=2, moved_at=at)
    return run


def make_list(run: ImportRun, name: str, **fields: Any) -> ImportStretch:
    """Begin a list of a run."""
    return ImportStretch.objects.create(run=run, name=name, **fields)


def refuse(
    run: ImportRun, number: int, *, path: str = "klantcontacten", field: str = "kanaal", is_whole: bool = True
) -> None:
    """Note that something was refused."""
    ImportRefusal.objects.create(
        run=run, path=path, uuid=str(UUID(int=number)), field=field, code="required", is_whole=is_whole
    )


def end(run: ImportRun, *, at: datetime = NOW) -> ImportRun:
    """End a run."""
    end_run(run=run, by=BY, at=at)
    return run
