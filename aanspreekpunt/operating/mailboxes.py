"""Runs what mail comes in by, until told to stop."""

from __future__ import annotations

import signal
import threading

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.intake.channels.email.mailboxes import configured_mailboxes
from aanspreekpunt.intake.channels.email.running import Mailroom
from aanspreekpunt.operating.processes import end_with_parent

SECONDS_BETWEEN_ROUNDS = 1.0


class NoMailboxes(Refusal):
    """Nothing says where mail comes in."""

    message = _("No mail comes in: AANSPREEKPUNT_MAILBOXES_FILE does not say which file names the mailboxes.")


class PartDied(Refusal):
    """A thread ended that never should."""

    message = _("A part of what looks in mailboxes stopped; it has to be started anew.")


def run_mailboxes(*, parent: int | None = None) -> None:
    """Look in all mailboxes, and listen, until told to stop."""
    end_with_parent(parent)
    file = configured_mailboxes()
    if file is None:
        raise NoMailboxes
    connection.ensure_connection()  # starts the embedded database when it does not run
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_arguments: stop.set())
    mailroom = Mailroom(file, clock=timezone.now)
    mailroom.start()
    try:
        while not stop.wait(SECONDS_BETWEEN_ROUNDS):
            if not mailroom.is_whole():
                raise PartDied
    finally:
        mailroom.stop()
