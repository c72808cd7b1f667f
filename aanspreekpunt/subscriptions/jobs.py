"""Passing on what happened, every five seconds; and forgetting notices of long ago, every night."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.subscriptions.rounds import pass_on
from aanspreekpunt.subscriptions.rules import KEPT_ENDED, KEPT_WAITING
from aanspreekpunt.subscriptions.sending import end_what_waits_too_long, forget_ended, recover_interrupted


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="pass-on-notices", lock="pass-on-notices")
def pass_on_notices(timestamp: int) -> None:
    """Tell other systems what happened."""
    del timestamp
    pass_on(clock=timezone.now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="recover-interrupted-notices")
def recover_interrupted_notices(timestamp: int) -> None:
    """Look after notices whose sender died."""
    del timestamp
    recover_interrupted(at=timezone.now())


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="forget-old-notices")
def forget_old_notices(timestamp: int) -> None:
    """Give up what waits too long and forget what ended long ago."""
    del timestamp
    now = timezone.now()
    end_what_waits_too_long(before=now - KEPT_WAITING, at=now)
    forget_ended(before=now - KEPT_ENDED)
