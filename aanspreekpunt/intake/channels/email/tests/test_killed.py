"""Whatever takes in mail is killed without warning, again and again: each mail is one arrival, none is lost."""

from __future__ import annotations

import os
import signal
import smtplib
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from django.db import connection
from django.utils import timezone

from aanspreekpunt.intake.channels.email.mailboxes import ListenPart, MailboxesFile
from aanspreekpunt.intake.channels.email.running import Mailroom
from aanspreekpunt.intake.channels.email.tests.make import mail, subjects
from aanspreekpunt.intake.channels.email.tests.test_following import free_port
from aanspreekpunt.messaging.models import Arrival

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.intake.channels.email.tests.dovecot import Box

pytestmark = [pytest.mark.django_db(transaction=True)]
PATIENCE_SECONDS = 180
inherited: list[Any] = []


@contextmanager
def mailroom(file: MailboxesFile) -> Iterator[None]:
    """Take in mail in a process of its own, until it is killed."""
    child = os.fork()
    if not child:
        _take_in_mail(file)
    try:
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _take_in_mail(file: MailboxesFile) -> NoReturn:
    try:
        # The connection belongs to the process we come from: leave it as it is, and make one of our own.
        inherited.append(connection.connection)
        connection.connection = None
        Mailroom(file, clock=timezone.now).start()
        threading.Event().wait()
    finally:
        os._exit(1)


def wait_for(count: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while Arrival.objects.count() < count:
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.dovecot
@pytest.mark.parametrize("after", [{}, {"after": "move", "move_to": "Verwerkt"}])
def test_fetching_survives_being_killed(box: Box, after: dict[str, str]) -> None:
    file = MailboxesFile(mailboxes=(box.part(use_idle=False, **after),))
    box.put_many([mail(number) for number in range(400)])
    for count in (1, 60, 200, 399):
        with mailroom(file):
            wait_for(count)
    with mailroom(file):
        wait_for(400)
        if after:
            until = time.monotonic() + PATIENCE_SECONDS
            while len(box.flags("Verwerkt")) < 400 and time.monotonic() < until:
                time.sleep(0.1)
    assert sorted(subjects()) == sorted(f"Bak {number}" for number in range(400))
    assert (len(box.flags()), len(box.flags("Verwerkt")) if after else 0) == ((0, 400) if after else (400, 0))


def test_listening_survives_being_killed() -> None:
    port = free_port()
    file = MailboxesFile(listen=ListenPart(protocol="smtp", port=port, recipients=("*",)))
    accepted: set[int] = set()

    def deliver_until_accepted() -> None:
        for number in range(120):
            while number not in accepted:
                try:
                    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
                        client.sendmail("karel@example.org", ["info@kleinveen.example"], mail(number))
                    accepted.add(number)
                except (OSError, smtplib.SMTPException):
                    time.sleep(0.02)

    sender = threading.Thread(target=deliver_until_accepted)
    sender.start()
    for count in (1, 30, 70):
        with mailroom(file):
            wait_for(count)
    with mailroom(file):
        sender.join(timeout=PATIENCE_SECONDS)
    assert len(accepted) == 120
    assert sorted(subjects()) == sorted(f"Bak {number}" for number in range(120))
