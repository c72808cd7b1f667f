"""Full registration of a call that is handed over, in one request, against the same inserts as raw SQL.

    python -m bench.registration [--contacts 100000] [--seconds 15]

One request finds or makes the person and writes contact, participant, question, handover, promise, journal lines, the
receipt and the note to the team, as the agent's screen does it.
"""

from __future__ import annotations

import random
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aanspreekpunt.common.ids import new_uuid
from bench import statements
from bench.arguments import measure
from bench.installation import CSRF, serving
from bench.load import Browser, Visitors, put_under_load, request
from bench.people import log_in
from bench.processors import database_pid, used
from bench.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

PRODUCT = "afval-ophalen"
CALLERS = 20_000
"""So many telephones call; who calls a second time is found and not made again."""


def measure_registration(seconds: float) -> list[Row]:
    """Measure raw SQL, the operation, and the request with and without keeping connections open."""
    from django.conf import settings  # noqa: PLC0415 - after `installation.begin`
    from django.db import connections  # noqa: PLC0415

    from aanspreekpunt.questions.models import Contact  # noqa: PLC0415

    contacts, database = Contact.objects.count(), database_pid(settings.EMBEDDED_DIR)
    replay = statements.of_one_registration()
    connections.close_all()
    before = used(web=None, database=database)
    floor = put_under_load(replay.work, seconds=seconds)
    rows = [Row("raw SQL", contacts, floor, before, used(web=None, database=database))]
    with serving() as site:
        cookies = log_in(site, role="agent")
        for name, keeps in (("request", True), ("request, new connection", False)):
            browser = Browser(site.port, b"302", keeps_connection=keeps)
            visitors = Visitors(browser, cookies, calls)
            put_under_load(visitors.work, seconds=1)
            before = used(web=site.pid, database=database)
            load = put_under_load(visitors.work, seconds=seconds)
            rows.append(Row(name, contacts, load, before, used(web=site.pid, database=database), floor.per_second))
    return rows


def calls(cookies: str) -> Iterator[bytes]:
    """Yield the request that registers a call, for one caller after the other."""
    chance = random.Random()
    token = cookies.partition("csrftoken=")[2]
    for number in count():
        caller = chance.randrange(CALLERS)
        fields = {
            "csrfmiddlewaretoken": token or CSRF,
            "do": "register",
            "number": 1,
            "channel": "phone",
            "language": "nl",
            "name": f"Karel van Deurne {caller % 97}",
            "phone": f"06{10_000_000 + caller}",
            "email": f"karel{caller}@inwoner.example",
            "remember": "on",
            "text": f"Onze straat is vandaag overgeslagen met de gft, en dat is al de {number}e keer.",
            "product": PRODUCT,
            "choice": "hand_over",
            "asks": "Graag vandaag nog langs.",
        }
        yield request("POST", f"/desk/contact/{new_uuid()}", cookies=cookies, body=urlencode(fields).encode())


if __name__ == "__main__":
    measure(measure_registration, what=__doc__ or "")
