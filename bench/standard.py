"""The standard API as other systems use it, against the same statements as raw SQL.

    python -m bench.standard [--sizes 200000 1000000] [--seconds 10] [--only text]

Six works: a list by channel, the open tasks of a team, one contact with five kinds of kin, a party by its number, a
contact with participant and task in three requests, and text search; each over lasting connections and over new ones.
The token does not see what is confidential, as most do not, so every list is narrowed and counted for it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bench import installation
from bench.load import Browser, Load, put_under_load
from bench.processors import database_pid, used
from bench.report import Row, print_columns, print_table

if TYPE_CHECKING:
    from bench.installation import Site
    from bench.standard_works import Work


def measure_standard(seconds: float, only: str = "") -> list[Row]:
    """Measure every work as raw SQL, over lasting connections and over new ones."""
    from django.conf import settings  # noqa: PLC0415 - after `installation.begin`
    from django.db import connections  # noqa: PLC0415

    from aanspreekpunt.questions.models import Contact  # noqa: PLC0415
    from bench.standard_works import works  # noqa: PLC0415

    contacts, database = Contact.objects.count(), database_pid(settings.EMBEDDED_DIR)
    wanted = [work for work in works() if only in work.name]
    floors = {work.name: work.floor() for work in wanted}
    connections.close_all()
    measured = _Measuring(contacts, database, seconds)
    rows = []
    with installation.serving() as site:
        for work in wanted:
            floor = measured.floor(work, floors[work.name].work)
            rows += [floor, *measured.over_http(work, site, floor)]
    _print_exchanges(wanted)
    return rows


class _Measuring:
    """How the loads of one run are measured."""

    def __init__(self, contacts: int, database: int, seconds: float) -> None:
        self._contacts, self._database, self._seconds = contacts, database, seconds

    def floor(self, work: Work, client: object) -> Row:
        """Measure the raw SQL of a work."""
        before = used(web=None, database=self._database)
        load: Load = put_under_load(client, seconds=self._seconds)  # type: ignore[arg-type]  # a bound method
        after = used(web=None, database=self._database)
        return Row(f"{work.name}, raw SQL", self._contacts, load, before, after)

    def over_http(self, work: Work, site: Site, floor: Row) -> list[Row]:
        """Measure a work over lasting connections, and over a new one for each request."""
        rows = []
        for name, keeps in ((work.name, True), (f"{work.name}, new connections", False)):
            client = work.client(Browser(site.port, b"20", keeps_connection=keeps))
            put_under_load(client, seconds=1)
            before = used(web=site.pid, database=self._database)
            load = put_under_load(client, seconds=self._seconds)
            after = used(web=site.pid, database=self._database)
            rows.append(Row(name, self._contacts, load, before, after, floor.load.per_second))
        return rows


def _print_exchanges(measured: list[Work]) -> None:
    """Print how many statements each work takes in all, and what it reaches for."""
    lines: list[tuple[str, ...]] = [("work", "aim a second", "statements")]
    lines += [(work.name, str(work.aim), str(work.statements)) for work in measured]
    print_columns(lines)


def main() -> None:
    """Load, measure, load more, measure again, and compare."""
    from bench.all import compare  # noqa: PLC0415 - it imports what needs Django

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path("var/bench"), help="where its data is kept")
    parser.add_argument("--sizes", type=int, nargs="+", default=[200_000, 1_000_000], help="numbers of contacts")
    parser.add_argument("--seconds", type=float, default=10, help="how long each measurement takes")
    parser.add_argument("--only", default="", help="only works with this in their name")
    options = parser.parse_args()
    installation.begin(options.directory.resolve())
    try:
        measured = []
        for size in sorted(options.sizes):
            speed = installation.grow_to(size)
            print(f"Loaded {speed:,.0f} contacts a second.\n" if speed else "", end="")
            measured.append(measure_standard(options.seconds, options.only))
            print_table(measured[-1])
        if len(measured) > 1:
            compare(measured)
    finally:
        installation.stop_database()


if __name__ == "__main__":
    main()
