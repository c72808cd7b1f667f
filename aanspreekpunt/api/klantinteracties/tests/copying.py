"""What tests of copying another register begin with: copying it, and reading what came of that."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet

from aanspreekpunt.api.klantinteracties.importing.order import KINDS
from aanspreekpunt.api.klantinteracties.importing.register import Register
from aanspreekpunt.api.klantinteracties.importing.running import Told, copy_register
from aanspreekpunt.api.klantinteracties.tests.other_register import TOKEN
from aanspreekpunt.imports.report import lines_of, refusals_of

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.tests.other_register import OtherRegister
    from aanspreekpunt.imports.models import ImportRun

NOW: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOBODY: Final = Told(moved=lambda _stretch, _read: None)


def bring(other: OtherRegister, *, at: datetime = NOW) -> ImportRun:
    """Copy a register."""
    with Register(other.address, token=TOKEN, waits=(0, 0), pause=lambda _seconds: None) as register:
        return copy_register(register, clock=lambda: at, told=NOBODY)


def numbers(run: ImportRun, what: str) -> dict[str, int]:
    """Return one of the counts of a run, per path where it is not nothing."""
    return {line.path: getattr(line, what) for line in lines_of(run) if getattr(line, what)}


def why(run: ImportRun) -> set[tuple[str, str, str]]:
    """Return what was refused: paths, fields and codes."""
    return {(each["path"], each["field"], each["code"]) for each in refusals_of(run)}


def rows_here() -> dict[str, int]:
    """Return how many things of each kind are here."""
    return {path: QuerySet(kind.model).count() for path, kind in KINDS.items()}
