"""The postman's rounds: every ten seconds, and at once when something was put in the outbox."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.messaging.nudge import JOB
from aanspreekpunt.messaging.sending import recover_interrupted, send_waiting


@app.periodic(cron="* * * * * */10")
@app.task(name=JOB, queueing_lock="send-waiting-mail")
def send_waiting_mail(timestamp: int) -> None:
    """Send what waits in the outbox."""
    del timestamp
    send_waiting(clock=timezone.now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="recover-interrupted-mail")
def recover_interrupted_mail(timestamp: int) -> None:
    """Look after mails whose sender died."""
    del timestamp
    recover_interrupted(at=timezone.now())
