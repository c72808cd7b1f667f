"""The table that each measurement prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.load import Load
    from bench.processors import Used

_HEAD = ("what", "contacts", "per second", "of floor", "p50 ms", "p95 ms", "p99 ms", "our CPU ms", "database CPU ms")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement."""

    what: str
    contacts: int
    load: Load
    before: Used
    after: Used
    floor: float | None = None

    @property
    def our_ms(self) -> float:
        """Processor time of ours for each, in milliseconds."""
        return 1000 * (self.after.ours - self.before.ours) / max(1, len(self.load.latencies))

    @property
    def database_ms(self) -> float:
        """Processor time of the database for each, in milliseconds."""
        return 1000 * (self.after.database - self.before.database) / max(1, len(self.load.latencies))

    def cells(self) -> tuple[str, ...]:
        """Return the measurement as text."""
        return (
            self.what,
            f"{self.contacts:,}",
            f"{self.load.per_second:,.0f}",
            f"{self.load.per_second / self.floor:.0%}" if self.floor else "",
            *(f"{self.load.percentile(percent):.1f}" for percent in (50, 95, 99)),
            f"{self.our_ms:.2f}",
            f"{self.database_ms:.2f}",
        )


def print_table(rows: list[Row]) -> None:
    """Print measurements below each other."""
    print_columns([_HEAD, *(row.cells() for row in rows)])


def print_columns(lines: list[tuple[str, ...]]) -> None:
    """Print cells in columns, the first to the left and numbers to the right, below a line of names."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    rule = tuple("-" * width for width in widths)
    for first, *others in (lines[0], rule, *lines[1:]):
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        print("  ".join(cells).rstrip())
    print(flush=True)
