"""What somebody asked before, found by his phone number while he is on the line.

python -m bench.history [--contacts 100000] [--seconds 15]
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from aanspreekpunt.common.ids import new_uuid
from bench.arguments import measure
from bench.installation import CSRF, serving
from bench.load import Browser, Visitors, put_under_load, request
from bench.people import log_in
from bench.processors import database_pid, used
from bench.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS = 2000


def measure_history(seconds: float) -> list[Row]:
    """Measure the query by itself and the part of the screen that shows its outcome."""
    from django.conf import settings  # noqa: PLC0415 - after `installation.begin`
    from django.db import connections  # noqa: PLC0415

    from aanspreekpunt.questions.models import Contact  # noqa: PLC0415

    contacts, database = Contact.objects.count(), database_pid(settings.EMBEDDED_DIR)
    phones = _some_phones()
    connections.close_all()
    looking = Looking(phones)
    before = used(web=None, database=database)
    alone = put_under_load(looking.work, seconds=seconds, clients=1)
    rows = [Row("history, query alone, one client", contacts, alone, before, used(web=None, database=database))]
    with serving() as site:
        visitors = Visitors(Browser(site.port, b"200"), log_in(site, role="agent"), Calling(phones))
        put_under_load(visitors.work, seconds=1)
        for name, clients in (("history on the screen, one client", 1), ("history on the screen, eight clients", 8)):
            before = used(web=site.pid, database=database)
            load = put_under_load(visitors.work, seconds=seconds, clients=clients)
            rows.append(Row(name, contacts, load, before, used(web=site.pid, database=database)))
    return rows


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks up one phone number after the other."""

    phones: list[str]

    def work(self, _number: int, until: float) -> list[float]:
        """Look them up through the query the desk uses."""
        from aanspreekpunt.organisation.models import Employee, Role  # noqa: PLC0415 - after `installation.begin`
        from aanspreekpunt.questions.queries import history_by_address  # noqa: PLC0415

        agent = Employee.objects.filter(memberships__role=Role.AGENT).order_by("id")[0]
        history_by_address(self.phones[0], visible_to=agent)
        latencies = []
        while time.monotonic() < until:
            phone = random.choice(self.phones)
            began = time.perf_counter()
            history_by_address(phone, visible_to=agent)
            latencies.append(time.perf_counter() - began)
        return latencies


@dataclass(frozen=True, slots=True)
class Calling:
    """Asks for the history of one caller after the other, as the screen does while a number is typed."""

    phones: list[str]

    def __call__(self, cookies: str) -> Iterator[bytes]:
        token = cookies.partition("csrftoken=")[2] or CSRF
        while True:
            body = f"csrfmiddlewaretoken={token}&channel=phone&phone={quote(random.choice(self.phones))}"
            path = f"/desk/contact/{new_uuid()}/deel/history"
            yield request("POST", path, cookies=cookies, body=body.encode())


def _some_phones() -> list[str]:
    from aanspreekpunt.questions.models import Participant  # noqa: PLC0415 - after `installation.begin`

    newest = Participant.objects.exclude(phone="").order_by("-id").values_list("phone", flat=True)
    oldest = Participant.objects.exclude(phone="").order_by("id").values_list("phone", flat=True)
    return [*newest[: NUMBERS // 2], *oldest[: NUMBERS // 2]]


if __name__ == "__main__":
    measure(measure_history, what=__doc__ or "")
