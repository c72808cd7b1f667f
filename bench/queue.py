"""The first page of a department's queue, as data and as a page, against the raw SQL of the same page.

python -m bench.queue [--contacts 100000] [--seconds 15]
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

import psycopg

from bench.arguments import measure
from bench.installation import serving
from bench.load import Browser, Visitors, put_under_load, request
from bench.people import log_in
from bench.processors import database_pid, memory_of_workers, used
from bench.report import Row
from bench.statements import taken_down, where_the_database_is

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = (("queue as data", "/desk/wachtrij.json"), ("queue as a page", "/desk/wachtrij"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement, asked again and again."""

    statement: str
    values: Any
    where: dict[str, Any]

    def work(self, _number: int, until: float) -> list[float]:
        """Ask it over a connection of one's own, prepared."""
        latencies = []
        with psycopg.connect(**self.where, autocommit=True) as connection:
            while time.monotonic() < until:
                began = time.perf_counter()
                connection.execute(self.statement, self.values, prepare=True).fetchall()
                latencies.append(time.perf_counter() - began)
        return latencies


def measure_queue(seconds: float) -> list[Row]:
    """Measure the statement by itself, then both views."""
    from django.conf import settings  # noqa: PLC0415 - after `installation.begin`
    from django.db import connections  # noqa: PLC0415

    from aanspreekpunt.questions.models import Contact  # noqa: PLC0415

    contacts, database = Contact.objects.count(), database_pid(settings.EMBEDDED_DIR)
    reading = _reading()
    connections.close_all()
    before = used(web=None, database=database)
    floor = put_under_load(reading.work, seconds=seconds)
    rows = [Row("queue as raw SQL", contacts, floor, before, used(web=None, database=database))]
    with serving() as site:
        cookies = log_in(site, role="department_employee")
        for name, path in PAGES:
            visitors = Visitors(Browser(site.port, b"200"), cookies, Asking(path))
            put_under_load(visitors.work, seconds=1)
            before = used(web=site.pid, database=database)
            load = put_under_load(visitors.work, seconds=seconds)
            rows.append(Row(name, contacts, load, before, used(web=site.pid, database=database), floor.per_second))
        print(f"Memory of the web workers: {', '.join(f'{mb} MB' for mb in memory_of_workers(site.pid))}.\n")
    return rows


@dataclass(frozen=True, slots=True)
class Asking:
    """The same request without end."""

    path: str

    def __call__(self, cookies: str) -> Iterator[bytes]:
        return repeat(request("GET", self.path, cookies=cookies))


def _reading() -> Reading:
    """Take down the statement behind the first page of the queue of the team with most to do."""
    from aanspreekpunt.organisation.queries import teams  # noqa: PLC0415 - after `installation.begin`
    from aanspreekpunt.queues.queries import questions_waiting_for  # noqa: PLC0415

    team_ids = [team.pk for team in teams() if not team.is_contact_centre][:1]
    statements = taken_down(lambda: questions_waiting_for(team_ids, own_team_ids=team_ids))
    statement, values = statements[-1]
    return Reading(statement, values, where_the_database_is())


if __name__ == "__main__":
    measure(measure_queue, what=__doc__ or "")
