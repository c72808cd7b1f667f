"""The report of a run: per list what came in and what did not, and of each refusal which thing, field and code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from aanspreekpunt.api.klantinteracties.importing.order import LISTS
from aanspreekpunt.api.models import ImportedThing, ImportRefusal, ImportStretch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.api.models import ImportRun

COUNTS = ("came_in", "brought_up_to_date", "unchanged", "was_here", "changed_here", "removed_here")


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of the things at one path."""

    path: str
    there: int
    """how many the other register says it has"""
    met: int
    """how many different things it showed"""
    came_in: int
    brought_up_to_date: int
    unchanged: int
    was_here: int
    changed_here: int
    removed_here: int
    refused: int
    incomplete: int
    """how many came in without something"""
    gone_there: int
    """how many came in before and were not met this time"""
    troubles: tuple[str, ...] = ()
    """why a list was not read"""

    @property
    def is_whole(self) -> bool:
        """Whether everything the other register says it has was met, and nothing was refused."""
        return not self.refused and not self.incomplete and not self.troubles and self.met >= self.there


def lines_of(run: ImportRun) -> list[Line]:
    """Return what became of a run, per path in the order of reading."""
    stretches: dict[str, list[tuple[bool, ImportStretch]]] = defaultdict(list)
    found = {each.name: each for each in ImportStretch.objects.filter(run=run)}
    for each in LISTS:
        if each.name in found:
            stretches[each.kind.path].append((bool(each.filters), found[each.name]))
    refused = _numbers_of_refused(run)
    return [_line(run, path, lists, refused.get(path, (0, 0))) for path, lists in stretches.items()]


def refusals_of(run: ImportRun) -> Iterator[dict[str, Any]]:
    """Give every refusal, a few at a time from the database."""
    rows = ImportRefusal.objects.filter(run=run).order_by("path", "uuid", "field", "code")
    for each in rows.values("path", "uuid", "field", "code", "is_whole").iterator(2000):
        yield {**each}


def _numbers_of_refused(run: ImportRun) -> dict[str, tuple[int, int]]:
    rows = ImportRefusal.objects.filter(run=run).values("path")
    counted = rows.annotate(
        whole=Count("uuid", distinct=True, filter=Q(is_whole=True)),
        part=Count("uuid", distinct=True, filter=Q(is_whole=False)),
    )
    return {row["path"]: (row["whole"], row["part"]) for row in counted}


def _line(run: ImportRun, path: str, lists: list[tuple[bool, ImportStretch]], refused: tuple[int, int]) -> Line:
    counts = [stretch.count for _is_part, stretch in lists]
    theirs = ImportedThing.objects.filter(source_id=run.source_id, path=path)
    seen = theirs.aggregate(
        met=Count("pk", filter=Q(seen_in=run.pk)),
        gone=Count("pk", filter=~Q(seen_in=run.pk) & Q(how=ImportedThing.How.CAME_IN)),
    )
    return Line(
        path=path,
        there=sum(counts) if lists[0][0] else max(counts),
        met=seen["met"],
        refused=refused[0],
        incomplete=refused[1],
        gone_there=seen["gone"],
        troubles=tuple(sorted({stretch.trouble for _is_part, stretch in lists if stretch.trouble})),
        **{name: sum(getattr(stretch, name) for _is_part, stretch in lists) for name in COUNTS},
    )
