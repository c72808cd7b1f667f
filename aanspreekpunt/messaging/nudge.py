"""Telling the postman that something was just put in the outbox, at most once in a while."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

JOB: Final = "aanspreekpunt.messaging.jobs.send_waiting_mail"
SECONDS_BETWEEN_NUDGES: Final = 2
"""The postman comes by every ten seconds anyway; a nudge for each of a hundred mails a second would only cost time."""

_last = -float(SECONDS_BETWEEN_NUDGES)


def nudge_after_commit() -> None:
    """Have the outbox looked at right after this transaction."""
    global _last  # noqa: PLW0603 - one clock per process is exactly what is meant
    now = time.monotonic()
    if now - _last >= SECONDS_BETWEEN_NUDGES:
        _last = now
        transaction.on_commit(partial(_nudge), robust=True)


def _nudge() -> None:
    with suppress(AlreadyEnqueued):
        app.configure_task(JOB, queueing_lock="send-waiting-mail").defer(timestamp=0)
