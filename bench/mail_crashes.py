"""Killing what takes mail in and sends mail out, to see that each mail becomes one contact and each reply one letter.

    python -m bench.mail_crashes [--kills 200]

Mails are delivered over SMTP to a door of ours; whoever delivers keeps a mail until we said that we have it. One
process stores, takes in and sends; it is killed with SIGKILL at a random instant, and another one goes on. At the end
one is left alone until nothing waits, with a clock that says that the leases of the killed ones are over.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import smtplib
import socket
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import installation
from bench.report import print_columns

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS_BETWEEN_MAILS = 0.05
LONGEST_LIFE = 1.5
"""How many seconds a process lives at most before it is killed."""
LEASES_ARE_OVER = timedelta(minutes=15)
SECONDS_TO_FINISH = 300


def main() -> None:
    """Kill, let the last one finish, count and print; ends with 1 when a mail was lost or something came twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path("var/bench"), help="where its data is kept")
    parser.add_argument("--kills", type=int, default=200, help="how often")
    options = parser.parse_args()
    place = options.directory.resolve()
    place.mkdir(parents=True, exist_ok=True)
    door, letterbox = _free_port(), _free_port()
    os.environ |= {
        "AANSPREEKPUNT_SMTP_HOST": "127.0.0.1",
        "AANSPREEKPUNT_SMTP_PORT": str(letterbox),
        "AANSPREEKPUNT_SMTP_SECURITY": "none",
        "AANSPREEKPUNT_MOST_AUTOMATIC_MAILS_PER_HOUR": "100000",
        "AANSPREEKPUNT_MAIL_PER_DOMAIN_PER_MINUTE": "0",  # all of it goes to one domain
    }
    installation.begin(place)
    installation.grow_to(0)
    helpers: list[int] = []
    try:
        tally = _run(place, door, letterbox, options.kills, helpers)
    finally:
        for pid in helpers:
            _kill(pid)
        installation.stop_database()
    print_columns([("what", "number"), *((name, f"{count:,}") for name, count in tally.lines())])
    sys.exit(0 if tally.is_whole else 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the mails."""

    kills: int
    accepted: int
    contacts: Counter[str]
    letters: int
    in_doubt: int
    received: Counter[str]
    wanted: frozenset[str]
    delivered: frozenset[str]

    def lines(self) -> list[tuple[str, int]]:
        """Return what is told of it."""
        return [
            ("times killed", self.kills),
            ("mails that we said we have", self.accepted),
            ("of these without a contact", len(self.wanted - set(self.contacts))),
            ("with more than one contact", sum(count > 1 for count in self.contacts.values())),
            ("receipts to send", self.letters),
            ("of these received", len(self.received)),
            ("received more than once", sum(count > 1 for count in self.received.values())),
            ("in doubt, for a person to decide", self.in_doubt),
            ("neither received nor in doubt", len(self.delivered - set(self.received))),
        ]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost and nothing happened twice."""
        once = max(self.contacts.values(), default=0) <= 1 and max(self.received.values(), default=0) <= 1
        return once and not self.wanted - set(self.contacts) and not self.delivered - set(self.received)


def _run(place: Path, door: int, letterbox: int, kills: int, helpers: list[int]) -> Tally:
    from django.db import connections  # noqa: PLC0415 - after `installation.begin`

    began = datetime.now(tz=UTC)
    accepted, received = place / "accepted.txt", place / "received.txt"
    for file in (accepted, received):
        file.write_bytes(b"")
    connections.close_all()
    helpers.append(_in_a_process(lambda: _receive(letterbox, received)))
    helpers.append(_in_a_process(lambda: _deliver(door, accepted)))
    chance = random.Random()
    for _ in range(kills):
        worker = _in_a_process(lambda: _take_in_and_send(door, timedelta()))
        time.sleep(chance.uniform(0.05, LONGEST_LIFE))
        _kill(worker)
    _kill(helpers.pop())
    helpers.append(_in_a_process(lambda: _take_in_and_send(door, LEASES_ARE_OVER)))
    _wait_until_nothing_waits(began)
    return _tally(kills, _lines(accepted), Counter(_lines(received)))


def _take_in_and_send(door: int, ahead: timedelta) -> None:
    """Be the whole of what takes mail in and sends it, until killed."""
    from django.utils import timezone  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.intake.channels.email.mailboxes import ListenPart, MailboxesFile  # noqa: PLC0415
    from aanspreekpunt.intake.channels.email.running import Mailroom  # noqa: PLC0415
    from aanspreekpunt.intake.understanding import understand_waiting  # noqa: PLC0415
    from aanspreekpunt.messaging.sending import recover_interrupted, send_waiting  # noqa: PLC0415

    def clock() -> datetime:
        return timezone.now() + ahead

    listen = ListenPart(protocol="smtp", port=door, recipients=("*",))
    Mailroom(MailboxesFile(listen=listen), clock=clock).start()
    threading.Thread(target=_again_and_again, args=(lambda: send_waiting(clock=clock),), daemon=True).start()
    threading.Thread(target=_again_and_again, args=(lambda: recover_interrupted(at=clock()),), daemon=True).start()
    _again_and_again(lambda: understand_waiting(clock=clock))


def _again_and_again(work: Callable[[], Any]) -> None:
    while True:
        work()
        time.sleep(0.02)


def _deliver(door: int, accepted: Path) -> None:
    """Deliver mails as a mail server does: each again until it is accepted."""
    with accepted.open("a", encoding="ascii") as noted:
        while True:
            mail = EmailMessage()
            name = os.urandom(8).hex()
            mail["From"], mail["To"] = f"karel{name}@inwoner.example", "post@lindervoort.example"
            mail["Subject"], mail["Message-ID"] = f"Vraag {name}", f"<{name}@inwoner.example>"
            mail.set_content("De container is niet geleegd.")
            while not _is_accepted(door, mail):
                time.sleep(0.02)
            print(f"{name}@inwoner.example", file=noted, flush=True)
            time.sleep(SECONDS_BETWEEN_MAILS)


def _is_accepted(door: int, mail: EmailMessage) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", door, timeout=10) as server:
            server.send_message(mail)
    except (OSError, smtplib.SMTPException):
        return False
    return True


def _receive(letterbox: int, received: Path) -> None:
    """Be the mail server that our letters go to."""
    from aiosmtpd.controller import Controller  # noqa: PLC0415 - only the process that needs it

    with received.open("a", encoding="ascii") as noted:

        class Box:
            async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
                mail = message_from_bytes(envelope.content, policy=policy.default)
                print(mail["Message-ID"].strip(), file=noted, flush=True)
                return "250 Kept"

        Controller(Box(), hostname="127.0.0.1", port=letterbox).start()
        while True:
            time.sleep(1)


def _wait_until_nothing_waits(began: datetime) -> None:
    from django.db import connections  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.messaging.models import Arrival, Delivery  # noqa: PLC0415

    deadline = time.monotonic() + SECONDS_TO_FINISH
    while time.monotonic() < deadline:
        waits = Arrival.objects.filter(state="waiting").exists()
        leaves = Delivery.objects.filter(state__in=["waiting", "sending"], made_at__gte=began).exists()
        if not waits and not leaves:
            break
        connections.close_all()
        time.sleep(0.5)


def _tally(kills: int, accepted: list[str], received: Counter[str]) -> Tally:
    from aanspreekpunt.messaging.models import Delivery  # noqa: PLC0415 - after `installation.begin`
    from aanspreekpunt.messaging.threads import message_id_of  # noqa: PLC0415
    from aanspreekpunt.questions.models import MailBody, Question  # noqa: PLC0415

    wanted = frozenset(accepted)
    contacts = Counter(MailBody.objects.filter(message_id__in=wanted).values_list("message_id", flat=True))
    asked = Question.objects.filter(contacts__mail__message_id__in=wanted).values("pk")
    letters = list(Delivery.objects.filter(kind="receipt", about_kind="question", about_id__in=asked))
    ours = {message_id_of(each): each.state for each in letters}
    return Tally(
        kills=kills,
        accepted=len(wanted),
        contacts=contacts,
        letters=len(letters),
        in_doubt=sum(state == "uncertain" for state in ours.values()),
        received=Counter({name: count for name, count in received.items() if name in ours}),
        wanted=wanted,
        delivered=frozenset(name for name, state in ours.items() if state != "uncertain"),
    )


def _lines(file: Path) -> list[str]:
    return file.read_text("ascii").split()


def _in_a_process(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(1)
    return pid


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
