"""What every measurement takes on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bench import installation

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.report import Row


def measure(measurement: Callable[[float], list[Row]], *, what: str) -> None:
    """Read the command line, grow an installation to size, measure and print the table."""
    from bench.report import print_table  # noqa: PLC0415 - beside the rest it would import Django too soon

    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--directory", type=Path, default=Path("var/bench"), help="where its data is kept")
    parser.add_argument("--contacts", type=int, default=100_000, help="load until there are so many")
    parser.add_argument("--seconds", type=float, default=15, help="how long each measurement takes")
    options = parser.parse_args()
    installation.begin(options.directory.resolve())
    try:
        installation.grow_to(options.contacts)
        print_table(measurement(options.seconds))
    finally:
        installation.stop_database()
