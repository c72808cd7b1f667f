"""Watching over promises, every minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.promises.operations import continue_without_reply, escalate_broken_promises, remind_of_promises

if TYPE_CHECKING:
    from collections.abc import Callable


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="remind-of-promises", lock="remind-of-promises")
def remind(timestamp: int) -> None:
    """Remind teams of what they promised, before it breaks."""
    del timestamp
    _until_nothing_is_left(remind_of_promises)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="escalate-broken-promises", lock="escalate-broken-promises")
def escalate(timestamp: int) -> None:
    """Tell supervisors of promises that broke."""
    del timestamp
    _until_nothing_is_left(escalate_broken_promises)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="continue-without-reply", lock="continue-without-reply")
def go_on(timestamp: int) -> None:
    """Put questions back to work whose resident did not reply."""
    del timestamp
    _until_nothing_is_left(continue_without_reply)


def _until_nothing_is_left(round_of: Callable[..., int]) -> None:
    while round_of(at=timezone.now()):
        pass
