"""The report of a run: per list what came in and what did not, and of each refusal which thing, field and code."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Count, Q

from aanspreekpunt.imports.models import ImportedThing, ImportRefusal, ImportStretch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aanspreekpunt.imports.models import ImportRun

COUNTS: Final = ("came_in", "brought_up_to_date", "unchanged", "was_here", "changed_here", "removed_here")
MOST_COUNTED: Final = 1000
"""How many refusals of a list are counted, at most, while a run has not ended."""
_NOTHING: Final = (0, 0)


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
    """how many came in before and were not met this time; known when a run has ended"""
    troubles: tuple[str, ...] = ()
    """why a list was not read"""
    is_done: bool = True
    """whether the list was read to its end"""

    @property
    def is_whole(self) -> bool:
        """Whether everything the other register says it has was met, and nothing was refused."""
        return not self.refused and not self.incomplete and not self.troubles and self.met >= self.there


def lines_of(run: ImportRun) -> list[Line]:
    """Return what became of a run, per path in the order of reading; of one that has not ended, what became so far."""
    return lines_of_runs([run])[run.pk]


def lines_of_runs(runs: Collection[ImportRun]) -> dict[int, list[Line]]:
    """Return the same of several runs: no query for those that ended, and two for all others together."""
    kept = {run.pk: [_kept(each) for each in run.lines] for run in runs if run.lines is not None}
    others = [run for run in runs if run.lines is None]
    refused = _refused_so_far(others)
    lists = _lists_of(others)
    return kept | {run.pk: _lines(lists.get(run.pk, {}), refused.get(run.pk, {}), {}) for run in others}


def closing_lines(run: ImportRun) -> list[dict[str, Any]]:
    """Return what became of a run that ends now, counted in full, as it is kept with it."""
    lists = _lists_of([run]).get(run.pk, {})
    gone = {path: _gone(run, path) for path, read in lists.items() if not any(each.trouble for each in read)}
    return [asdict(line) for line in _lines(lists, _refused(run), gone)]


def refusals_of(run: ImportRun) -> Iterator[dict[str, Any]]:
    """Give every refusal, a few at a time from the database."""
    rows = ImportRefusal.objects.filter(run=run).order_by("path", "uuid", "field", "code")
    for each in rows.values("path", "uuid", "field", "code", "is_whole").iterator(2000):
        yield {**each}


def _kept(line: dict[str, Any]) -> Line:
    return Line(**{**line, "troubles": tuple(line["troubles"])})


def _lists_of(runs: Collection[ImportRun]) -> dict[int, dict[str, list[ImportStretch]]]:
    """Return the lists that were begun, per run and path. They are made in the order in which they are read."""
    if not runs:
        return {}
    found: dict[int, dict[str, list[ImportStretch]]] = {}
    for each in ImportStretch.objects.filter(run__in=runs).order_by("run_id", "pk"):
        found.setdefault(each.run_id, {}).setdefault(each.path, []).append(each)
    return found


def _lines(
    lists: Mapping[str, list[ImportStretch]], refused: Mapping[str, tuple[int, int]], gone: Mapping[str, int]
) -> list[Line]:
    return [_line(path, read, refused.get(path, _NOTHING), gone.get(path, 0)) for path, read in lists.items()]


def _line(path: str, read: list[ImportStretch], refused: tuple[int, int], gone: int) -> Line:
    counts = [each.count for each in read]
    return Line(
        path=path,
        there=sum(counts) if read[0].is_part else max(counts),
        met=sum(each.met for each in read),
        refused=refused[0],
        incomplete=refused[1],
        gone_there=gone,
        troubles=tuple(sorted({each.trouble for each in read if each.trouble})),
        is_done=all(each.is_done for each in read),
        **{name: sum(getattr(each, name) for each in read) for name in COUNTS},
    )


def _gone(run: ImportRun, path: str) -> int:
    """Count what came in before and was not met. Of a list that was not read nobody knows, so that is never asked."""
    theirs = ImportedThing.objects.filter(source_id=run.source_id, path=path, how=ImportedThing.How.CAME_IN)
    return theirs.exclude(seen_in=run.pk).count()


def _refused(run: ImportRun) -> dict[str, tuple[int, int]]:
    counted = (
        ImportRefusal.objects.filter(run=run)
        .values("path")
        .annotate(
            whole=Count("uuid", distinct=True, filter=Q(is_whole=True)),
            part=Count("uuid", distinct=True, filter=Q(is_whole=False)),
        )
    )
    return {row["path"]: (row["whole"], row["part"]) for row in counted}


def _refused_so_far(runs: Collection[ImportRun]) -> dict[int, dict[str, tuple[int, int]]]:
    """Count the same of runs that have not ended, each list to `MOST_COUNTED`."""
    if not runs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SO_FAR, {"runs": [run.pk for run in runs], "most": MOST_COUNTED})
        rows = cursor.fetchall()
    return {
        run: {path: (whole, part) for _run, path, whole, part in found}
        for run, found in groupby(rows, key=lambda row: row[0])
    }


_SO_FAR: Final = """
WITH lists AS (
    SELECT DISTINCT run_id, split_part(name, ' (', 1) AS path FROM imports_importstretch WHERE run_id = ANY(%(runs)s)
)
SELECT lists.run_id, lists.path, found.whole, found.part
FROM lists CROSS JOIN LATERAL (
    SELECT count(DISTINCT uuid) FILTER (WHERE is_whole) AS whole,
           count(DISTINCT uuid) FILTER (WHERE NOT is_whole) AS part
    FROM (
        SELECT uuid, is_whole FROM imports_importrefusal r
        WHERE r.run_id = lists.run_id AND r.path = lists.path ORDER BY r.uuid LIMIT %(most)s
    ) first
) found
ORDER BY lists.run_id
"""
