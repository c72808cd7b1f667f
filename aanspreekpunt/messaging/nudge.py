"""Telling whoever does it that something waits: in the outbox to be sent, or among the arrivals to be understood."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

SECONDS_BETWEEN_NUDGES: Final = 2
"""Each job comes by by itself as well; a nudge for each of a hundred mails a second would only cost time."""


class Nudge:
    """Has one job done right after a transaction, at most once in a while. One for each process and job."""

    def __init__(self, job: str, *, lock: str) -> None:
        self.job, self.lock = job, lock
        self._last = -float(SECONDS_BETWEEN_NUDGES)

    def after_commit(self) -> None:
        """Have the job done after this transaction."""
        now = time.monotonic()
        if now - self._last >= SECONDS_BETWEEN_NUDGES:
            self._last = now
            transaction.on_commit(self._defer, robust=True)

    def _defer(self) -> None:
        with suppress(AlreadyEnqueued):
            app.configure_task(self.job, queueing_lock=self.lock).defer(timestamp=0)


SEND: Final = Nudge("aanspreekpunt.messaging.jobs.send_waiting_mail", lock="send-waiting-mail")
UNDERSTAND: Final = Nudge("aanspreekpunt.messaging.jobs.understand_arrivals", lock="understand-arrivals")
