"""Two municipalities that both answer each mail with a receipt: they must not go on answering each other."""

from __future__ import annotations

import re
import smtplib
import threading
import time
from contextlib import ExitStack
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from aanspreekpunt.intake.channels.email.caps import MOST_PER_ADDRESS_AND_HOUR
from aanspreekpunt.operating.tests.installation import Installation, free_port
from aanspreekpunt.operating.tests.test_serve import listens, running, wait_until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

OURS, THEIRS = "post@onzestad.example", "post@anderestad.example"
MARKS = re.compile(rb"(?im)^(?:auto-submitted|x-auto-response-suppress|message-id):.*(?:\r\n[ \t].*)*\r\n")
MARK_IN_SUBJECT = re.compile(rb"\(\d{3} \d{4} \d{4}-[0-9A-Z]{6}\)")
STILL = """
    SELECT (SELECT count(*) FROM messaging_arrival WHERE state = 'waiting')
         + (SELECT count(*) FROM messaging_delivery WHERE state IN ('waiting', 'sending') AND to_address = ANY(%s))
"""


class Relay:
    """Brings what one installation sends to the other; without marks it takes away all by which ours tell they are."""

    def __init__(self, to: Installation) -> None:
        self.port, self.to, self.takes_marks_away = free_port(), to, False
        self.brought: list[bytes] = []
        self.lock = threading.Lock()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if not {OURS, THEIRS} & set(envelope.rcpt_tos):
            return "250 Kept"  # what a demo sends its residents
        raw = envelope.content
        if self.takes_marks_away:
            raw = MARK_IN_SUBJECT.sub(b"(%d)" % len(self.brought), MARKS.sub(b"", raw))
        with smtplib.SMTP("127.0.0.1", int(self.to.variables["AANSPREEKPUNT_DEMO_MAIL_PORT"])) as server:
            server.sendmail(envelope.mail_from, envelope.rcpt_tos, raw)
        with self.lock:
            self.brought.append(raw)
        return "250 Brought"


def is_still(installation: Installation) -> bool:
    """Say whether nothing waits there any more, on its way in or out."""
    where = {"host": str(installation.postgres.socket_directory), "user": "aanspreekpunt", "dbname": "aanspreekpunt"}
    with psycopg.connect(**where) as connection:
        row = connection.execute(STILL, [[OURS, THEIRS]]).fetchone()
    return row is not None and row[0] == 0


def send(to: Installation, *, sender: str, subject: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, OURS, subject
    mail.set_content("Wij hebben een vraag over de grens tussen onze gemeenten.")
    with smtplib.SMTP("127.0.0.1", int(to.variables["AANSPREEKPUNT_DEMO_MAIL_PORT"])) as server:
        server.send_message(mail)


def test_they_stop_and_within_the_cap_even_if_every_mark_is_lost(
    with_demo: Installation, with_another_demo: Installation, tmp_path: Path
) -> None:
    us, them = with_demo, with_another_demo
    to_them, to_us = Relay(them), Relay(us)
    us.variables |= {"AANSPREEKPUNT_SMTP_PORT": str(to_them.port), "AANSPREEKPUNT_MAIL_FROM": OURS}
    them.variables |= {"AANSPREEKPUNT_SMTP_PORT": str(to_us.port), "AANSPREEKPUNT_MAIL_FROM": THEIRS}

    def wait_until_still() -> None:
        count = -1
        while count != len(to_them.brought) + len(to_us.brought):
            count = len(to_them.brought) + len(to_us.brought)
            wait_until(lambda: is_still(us) and is_still(them), "silence")
            time.sleep(0.5)  # what one of them just sent is stored by the other in between

    with ExitStack() as stack:
        for relay in (to_them, to_us):
            controller = Controller(relay, hostname="127.0.0.1", port=relay.port)
            controller.start()
            stack.callback(controller.stop)
        for installation, name in ((us, "us"), (them, "them")):
            stack.enter_context(running(installation, tmp_path / name))
            port = int(installation.variables["AANSPREEKPUNT_DEMO_MAIL_PORT"])
            wait_until(lambda port=port: listens(port), "the listener")

        send(us, sender=THEIRS, subject="Grens")
        wait_until(lambda: bool(to_them.brought), "our receipt")
        wait_until_still()
        assert (len(to_them.brought), len(to_us.brought)) == (1, 0)

        to_them.takes_marks_away = to_us.takes_marks_away = True
        send(us, sender=THEIRS, subject="Nog eens de grens")
        wait_until(lambda: bool(to_us.brought), "their receipt")
        wait_until_still()
        assert len(to_us.brought) >= MOST_PER_ADDRESS_AND_HOUR - 1  # they did answer each other
        assert len(to_them.brought) <= MOST_PER_ADDRESS_AND_HOUR
        assert len(to_us.brought) <= MOST_PER_ADDRESS_AND_HOUR
