"""Which registers were copied, how far that is, and what was refused: read a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db.models import Max

from aanspreekpunt.imports.going import going
from aanspreekpunt.imports.models import ImportRefusal, ImportRun, ImportStretch
from aanspreekpunt.imports.report import Line, lines_of_runs

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class State(StrEnum):
    """Whether a run goes on at this moment."""

    GOING = "going"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stands."""

    run: ImportRun
    lines: list[Line]
    state: State
    moved_at: datetime | None
    """when its last page was taken over"""

    @property
    def total(self) -> Line:
        """All lists together."""
        return total_of(self.lines)

    @property
    def is_whole(self) -> bool:
        """Whether it is done and nothing is missing."""
        return self.state == State.DONE and all(line.is_whole for line in self.lines)


def total_of(lines: Collection[Line]) -> Line:
    """Return the sum of these lines."""
    numbers = {name: sum(getattr(line, name) for line in lines) for name in _NUMBERS}
    troubles = tuple(sorted({each for line in lines for each in line.troubles}))
    return Line(path="", troubles=troubles, is_done=all(line.is_done for line in lines), **numbers)


def runs_before(before: int | None, *, limit: int) -> list[Standing]:
    """Return how the newest runs stand, or those before one: five queries at most, however long the report of each."""
    rows = ImportRun.objects.select_related("source").order_by("-pk")
    return _standings(list((rows if before is None else rows.filter(pk__lt=before))[:limit]))


def run_of(pk: int) -> Standing | None:
    """Return how one run stands."""
    found = _standings(list(ImportRun.objects.select_related("source").filter(pk=pk)))
    return found[0] if found else None


def refusals_after(run: ImportRun, after: int | None, *, path: str = "", limit: int) -> list[ImportRefusal]:
    """Return the refusals of a run, or of one of its lists, that come after one: a stretch of an index."""
    last = ImportRefusal.objects.filter(run=run, pk=after).first() if after is not None else None
    conditions: list[str] = ["run_id = %s"]
    values: list[int | str] = [run.pk]
    if path:
        conditions.append("path = %s")
        values.append(path)
    if last is not None:
        conditions.append("(path, uuid, field, code) > (%s, %s, %s, %s)")
        values += [last.path, last.uuid, last.field, last.code]
    sql = (
        f"SELECT * FROM imports_importrefusal WHERE {' AND '.join(conditions)}"  # noqa: S608 - words of our own
        " ORDER BY path, uuid, field, code LIMIT %s"
    )
    return list(ImportRefusal.objects.raw(sql, [*values, limit]))


_NUMBERS: Final = (
    "there",
    "met",
    "came_in",
    "brought_up_to_date",
    "unchanged",
    "was_here",
    "changed_here",
    "removed_here",
    "refused",
    "incomplete",
    "gone_there",
)


def _standings(runs: list[ImportRun]) -> list[Standing]:
    lines = lines_of_runs(runs)
    held = going({run.source.address for run in runs if run.ended_at is None})
    moved = ImportStretch.objects.filter(run__in=runs).values_list("run_id").annotate(Max("moved_at"))
    moved_at = dict(moved.order_by()) if runs else {}
    return [Standing(run, lines[run.pk], _state(run, held), moved_at.get(run.pk)) for run in runs]


def _state(run: ImportRun, held: Collection[str]) -> State:
    if run.ended_at is not None:
        return State.DONE
    return State.GOING if run.source.address in held else State.STOPPED
