"""How fast mail comes in: a mailbox of ten thousand over IMAP from a real Dovecot, and our own door with many at it.

python -m bench.mailboxes [--mails 10000] [--directory var/bench-mail]

Needs Dovecot (tools/dovecot.py). Each mail is stored on disk before it counts; nothing interprets it meanwhile.
"""

from __future__ import annotations

import argparse
import resource
import smtplib
import socket
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from bench import installation

if TYPE_CHECKING:
    from collections.abc import Callable

SENDERS = 20
TO = "info@kleinveen.example"


def main() -> None:
    """Measure both ways in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path("var/bench-mail"), help="where its data is kept")
    parser.add_argument("--mails", type=int, default=10_000, help="how many mails wait in the mailbox")
    options = parser.parse_args()
    installation.begin(options.directory.resolve())
    from aanspreekpunt.operating.schema import bring_up_to_date  # noqa: PLC0415 - after `installation.begin`

    try:
        bring_up_to_date()
        _forget_what_was_measured_before()
        _measure_fetching(options.mails)
        _measure_listening(options.mails // 5)
    finally:
        installation.stop_database()


def _forget_what_was_measured_before() -> None:
    from aanspreekpunt.messaging.models import Arrival, Mailbox  # noqa: PLC0415 - as above

    Arrival.objects.all().delete()
    Mailbox.objects.all().delete()


def _measure_fetching(mails: int) -> None:
    from aanspreekpunt.intake.channels.email.connecting import connected  # noqa: PLC0415 - as above
    from aanspreekpunt.intake.channels.email.tests.dovecot import Box, Dovecot  # noqa: PLC0415
    from aanspreekpunt.intake.channels.email.tests.make import follower, mail  # noqa: PLC0415
    from aanspreekpunt.messaging.models import Arrival  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="aanspreekpunt-") as place:
        server = Dovecot(Path(place))
        server.start()
        try:
            box = Box(server, "post", Path(place))
            box.put_many([mail(number, size=6_000) for number in range(mails)])
            following = follower(box.part())

            def look() -> None:
                with connected(following.sign_in) as connection:
                    following.look(connection)

            _timed(f"{mails:,} mails of 6 kB over IMAP", mails, look)
            _timed("looking again, with nothing new", 1, look)
            box.number_anew()
            _timed("the same, numbered anew: nothing comes in", mails, look)
            print(f"stored: {Arrival.objects.count():,}")
        finally:
            server.stop()


def _measure_listening(mails: int) -> None:
    from django.utils import timezone  # noqa: PLC0415 - as above

    from aanspreekpunt.intake.channels.email.listener import Listener  # noqa: PLC0415
    from aanspreekpunt.intake.channels.email.mailboxes import ListenPart  # noqa: PLC0415
    from aanspreekpunt.intake.channels.email.tests.make import mail  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    door = Listener(ListenPart(protocol="smtp", port=port, recipients=("*",)), clock=timezone.now)
    door.start()

    def deliver(sender: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
            for number in range(sender, mails, SENDERS):
                client.sendmail("karel@example.org", [TO], mail(-number - 1, size=6_000))

    def deliver_all() -> None:
        with ThreadPoolExecutor(SENDERS) as senders:
            list(senders.map(deliver, range(SENDERS)))

    try:
        _timed(f"{mails:,} mails of 6 kB through our own door, {SENDERS} at a time", mails, deliver_all)
    finally:
        door.stop()


def _timed(what: str, count: int, work: Callable[[], None]) -> None:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{what}: {seconds:.1f} s, {count / seconds:,.0f} a second, "
        f"{1000 * used / count:.1f} ms of our processor each, {memory} MB at most"
    )


if __name__ == "__main__":
    main()
