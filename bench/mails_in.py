"""Mails from arrival to queue: how many a second one processor takes in, and what the desk notices of ten thousand.

    python -m bench.mails_in [--contacts 10000] [--mails 10000]

Each mail is stored as it arrives, then read, matched and registered with its promise and receipt, one after the other
in one process, as the worker does. The floor is the same inserts as raw SQL in one transaction each. Then as many mails
again are drained by one worker while eight clients ask for the page of a queue.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

from bench import installation
from bench.load import Browser, Load, Visitors, put_under_load
from bench.people import log_in
from bench.processors import database_pid, used
from bench.queue import Asking
from bench.report import Row, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SENDERS = 5_000
SENTENCES = (
    "De container in onze straat is maandag niet geleegd.",
    "Kunt u mij laten weten wanneer er iemand langskomt?",
    "Ik wil graag een paspoort aanvragen voor mijn dochter.",
    "De lantaarnpaal voor nummer 12 is al een week kapot.",
    "Mijn buurman zet zijn auto steeds op de stoep.",
    "Wat kost een parkeervergunning voor een tweede auto?",
)
QUOTED = (
    "\n\nOp ma 2 mrt. 2026 om 10:12 schreef Gemeente <post@lindervoort.example>:\n> Wij hebben uw vraag ontvangen.\n"
)
SECONDS_OF_LOOKING = 10.0


def main() -> None:
    """Bring the installation to number, take mails in and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path("var/bench"), help="where its data is kept")
    parser.add_argument("--contacts", type=int, default=10_000, help="load until there are so many")
    parser.add_argument("--mails", type=int, default=10_000, help="how many mails arrive, twice")
    options = parser.parse_args()
    # Receipts are part of the work; the cap would spare it.
    os.environ["AANSPREEKPUNT_MOST_AUTOMATIC_MAILS_PER_HOUR"] = "100000"
    installation.begin(options.directory.resolve())
    try:
        installation.grow_to(options.contacts)
        print_table(_one_after_the_other(options.mails))
        print_table(_beside_the_desk(options.mails))
    finally:
        installation.stop_database()


def _one_after_the_other(mails: int) -> list[Row]:
    from aanspreekpunt.intake.channels.email.reading import read_mail  # noqa: PLC0415 - after `installation.begin`
    from aanspreekpunt.intake.channels.email.reading.quotes import split  # noqa: PLC0415

    raws = list(_mails(mails))
    replay = _inserts_of_one(raws.pop())
    rows: list[Row] = []
    _measure("the same inserts, raw SQL", replay, rows)
    _measure("stored as they arrive", lambda: [_timed(lambda each=raw: _store(each)) for raw in raws], rows)
    _measure(
        "read and split only", lambda: [_timed(lambda each=raw: split(read_mail(each).text)) for raw in raws], rows
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _measure("from stored to queue", _drain, rows, floor=rows[0].load.per_second)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"The process that took in {len(raws):,} mails grew by {grown / 1000:.0f} MB.\n")
    return rows


def _beside_the_desk(mails: int) -> list[Row]:
    for raw in _mails(mails):
        _store(raw)
    from django.conf import settings  # noqa: PLC0415 - after `installation.begin`
    from django.db import connections  # noqa: PLC0415

    database = database_pid(settings.EMBEDDED_DIR)
    connections.close_all()
    rows: list[Row] = []
    with installation.serving() as site:
        look = Visitors(Browser(site.port, b"200"), log_in(site, role="department_employee"), Asking("/desk/wachtrij"))
        put_under_load(look.work, seconds=2)
        for name in ("queue page, nothing waits", "queue page while mails are taken in"):
            worker = _start_draining() if rows else None
            before = used(web=site.pid, database=database)
            load = put_under_load(look.work, seconds=SECONDS_OF_LOOKING)
            is_draining = worker is None or worker.poll() is None
            rows.append(Row(name, mails, load, before, used(web=site.pid, database=database)))
            if worker is not None:
                worker.kill()
                worker.wait()
                print("" if is_draining else "The mails ran out while we looked: take more of them.")
    return rows


def _measure(what: str, work: Callable[[], list[float]], rows: list[Row], *, floor: float | None = None) -> None:
    from django.conf import settings  # noqa: PLC0415 - after `installation.begin`

    database = database_pid(settings.EMBEDDED_DIR)
    before, began = used(web=None, database=database), time.monotonic()
    latencies = work()
    load = Load(time.monotonic() - began, latencies)
    rows.append(Row(what, len(latencies), load, before, used(web=None, database=database), floor))


def _drain() -> list[float]:
    from django.utils import timezone  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.intake.understanding import understand_waiting  # noqa: PLC0415

    latencies, is_done = [], False
    while not is_done:
        began = time.perf_counter()
        is_done = not understand_waiting(clock=timezone.now, most=1)
        latencies.append(time.perf_counter() - began)
    return latencies[:-1]


def _start_draining() -> subprocess.Popen[bytes]:
    script = "from pathlib import Path; from bench import installation, mails_in; import os\n"
    script += "installation.begin(Path(os.environ['AANSPREEKPUNT_DATA_DIR'])); mails_in._drain()"
    return subprocess.Popen([sys.executable, "-c", script])  # noqa: S603 - our own words


@dataclass(frozen=True, slots=True)
class _Replayed:
    """The inserts of one mail as raw SQL, for as long as it takes to know."""

    work: Callable[[int, float], list[float]]

    def __call__(self) -> list[float]:
        return self.work(0, time.monotonic() + 5)


def _inserts_of_one(raw: bytes) -> _Replayed:
    from django.utils import timezone  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.intake.understanding import understand_waiting  # noqa: PLC0415
    from bench.statements import replay_of  # noqa: PLC0415

    _store(raw)
    return _Replayed(replay_of(lambda: understand_waiting(clock=timezone.now)).work)


def _store(raw: bytes) -> None:
    from django.utils import timezone  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.messaging.arriving import store_arrival  # noqa: PLC0415

    store_arrival(account="email/bench", external_id=os.urandom(8).hex(), raw=raw, at=timezone.now())


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _mails(count: int) -> Iterator[bytes]:
    chance = random.Random()
    for _ in range(count):
        mail, sender = EmailMessage(), chance.randrange(SENDERS)
        mail["From"] = f"Karel van Deurne <karel{sender}@inwoner.example>"
        mail["To"], mail["Subject"] = "post@lindervoort.example", f"Vraag {chance.randrange(1_000_000)}"
        mail["Message-ID"] = f"<{os.urandom(8).hex()}@inwoner.example>"
        text = " ".join(chance.sample(SENTENCES, 3))
        mail.set_content(f"Beste gemeente,\n\n{text}\n\nMet vriendelijke groet,\nKarel van Deurne{QUOTED}")
        mail.add_alternative(f"<html><body><p>{text}</p></body></html>", subtype="html")
        yield mail.as_bytes()


if __name__ == "__main__":
    main()
