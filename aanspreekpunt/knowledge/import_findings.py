"""What is said about the rows of an import: all of it in a file, and on the screen what is alike together."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import asdict, dataclass, replace
from dataclasses import field as column
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from aanspreekpunt.knowledge.exchange.sheets import guarded, line_of
from aanspreekpunt.knowledge.rules.values import on_one_line

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.operations.importing import Imported

MOST_KINDS = 40
"""Kinds of remarks that the screen shows; the file has all."""
ROWS_OF_A_KIND = 5
KEYS_NAMED = 10
LONGEST_BEGINNING = 160


@dataclass(slots=True)
class Kind:
    """What is said about one or more rows in the same words, with the first few of them."""

    field: str
    text: str
    count: int = 0
    rows: list[dict[str, Any]] = column(default_factory=list)

    def add(self, row: Imported) -> None:
        """Count a row, and remember it when it is among the first."""
        self.count += 1
        if len(self.rows) < ROWS_OF_A_KIND:
            self.rows.append({"number": row.number, "key": row.key, "original": row.original[:LONGEST_BEGINNING]})


class Findings:
    """Gathers what became of each row, never holding more than a screen shows."""

    def __init__(self, report: IO[bytes]) -> None:
        self.counts: Counter[str] = Counter()
        self._report = report
        self._refused: dict[tuple[str, str], Kind] = {}
        self._remarks: dict[tuple[str, str], Kind] = {}
        self._keys: dict[str, list[str]] = {"created": [], "changed": [], "unchanged": []}
        self._not_shown: Counter[str] = Counter()
        names = (_("Row"), _("What happens"), _("Key"), _("Field"), _("Reason"), _("How it begins"), _("Remarks"))
        report.write(codecs.BOM_UTF8 + line_of(names))
        self._outcomes = {
            "created": _("new"),
            "changed": _("changed"),
            "unchanged": _("stays the same"),
            "refused": _("refused"),
        }

    @property
    def rows(self) -> int:
        """How many rows there were until now."""
        return self.counts.total()

    def add(self, row: Imported) -> None:
        """Take in what became of one row."""
        row = _clean(row)
        self.counts[row.outcome] += 1
        self._write(row)
        if row.outcome == "refused":
            self._note("refused", self._refused, (row.field, row.reason), row)
        elif len(self._keys[row.outcome]) < KEYS_NAMED:
            self._keys[row.outcome].append(row.key)
        for remark in row.remarks:
            self._note("remarks", self._remarks, ("", remark), row)

    def as_kept(self) -> dict[str, Any]:
        """Return what the screen shows, most frequent first."""

        def most(kinds: dict[tuple[str, str], Kind]) -> list[dict[str, Any]]:
            return [asdict(kind) for kind in sorted(kinds.values(), key=lambda kind: -kind.count)]

        shown = {"refused": most(self._refused), "remarks": most(self._remarks)}
        return {**shown, "keys": self._keys, "not_shown": dict(self._not_shown)}

    def _note(self, name: str, kinds: dict[tuple[str, str], Kind], key: tuple[str, str], row: Imported) -> None:
        if key not in kinds and len(kinds) >= MOST_KINDS:
            self._not_shown[name] += 1
            return
        kinds.setdefault(key, Kind(*key)).add(row)

    def _write(self, row: Imported) -> None:
        outcome, remarks = self._outcomes[row.outcome], " ".join(row.remarks)
        cells = (str(row.number), outcome, row.key, row.field, row.reason, row.original, remarks)
        self._report.write(line_of([guarded(cell) for cell in cells]))


def _clean(row: Imported) -> Imported:
    """Return a row with its texts on one line, without what can be neither seen nor kept: files hold anything."""
    return replace(
        row,
        key=on_one_line(row.key),
        field=on_one_line(row.field),
        reason=on_one_line(row.reason),
        original=on_one_line(row.original),
        remarks=tuple(map(on_one_line, row.remarks)),
    )
