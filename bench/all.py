"""All measurements at two sizes, and how much slower the larger register is.

    python -m bench.all [--directory var/bench] [--sizes 100000 1000000] [--seconds 15]

Loading a million contacts takes some minutes and 6 GB; what was loaded is kept for a next time.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path

from bench import installation, plans
from bench.history import measure_history
from bench.queue import measure_queue
from bench.registration import measure_registration
from bench.report import Row, print_columns, print_table

MEASUREMENTS = (measure_registration, measure_queue, measure_history)


def main() -> None:
    """Load, measure, load more, measure again, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path("var/bench"), help="where its data is kept")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000], help="numbers of contacts")
    parser.add_argument("--seconds", type=float, default=15, help="how long each measurement takes")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, embedded PostgreSQL with fsync.\n")
    installation.begin(options.directory.resolve())
    try:
        measured = [_measure_at(size, options.seconds) for size in sorted(options.sizes)]
        if len(measured) > 1:
            compare(measured)
    finally:
        installation.stop_database()


def _measure_at(size: int, seconds: float) -> list[Row]:
    speed = installation.grow_to(size)
    if speed:
        print(f"Loaded {speed:,.0f} contacts a second.\n")
    rows = [row for measurement in MEASUREMENTS for row in measurement(seconds)]
    print_table(rows)
    plans.print_plans()
    return rows


def compare(sizes: list[list[Row]]) -> None:
    """Print how many times longer each takes in the largest register than in the smallest, by half and by most."""
    smallest, largest = sizes[0], sizes[-1]
    lines = [("growth", "p50", "p95", "database CPU")]
    for small, large in zip(smallest, largest, strict=True):
        growth = [large.load.percentile(percent) / small.load.percentile(percent) for percent in (50, 95)]
        lines.append((small.what, *(f"{each:.2f}" for each in (*growth, large.database_ms / small.database_ms))))
    print_columns(lines)


if __name__ == "__main__":
    main()
