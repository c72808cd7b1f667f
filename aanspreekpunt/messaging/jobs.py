"""The postman's rounds: every ten seconds, at once when something was put in the outbox or came in, and at night."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from aanspreekpunt.messaging.erasing import erase_old_messages
from aanspreekpunt.messaging.nudge import SEND, UNDERSTAND
from aanspreekpunt.messaging.sending import recover_interrupted, send_waiting
from aanspreekpunt.messaging.telling import tell_of_alarms


@app.periodic(cron="* * * * * */10")
@app.task(name=SEND.job, queueing_lock=SEND.lock)
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


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell-of-mail-alarms")
def tell_of_mail_alarms(timestamp: int) -> None:
    """Tell the administrator what began or ended to be the matter with mail."""
    del timestamp
    tell_of_alarms(at=timezone.now())


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="erase-old-mail")
def erase_old_mail(timestamp: int) -> None:
    """Erase messages as they were delivered that are no longer kept."""
    del timestamp
    erase_old_messages(at=timezone.now())


@app.periodic(cron="* * * * * */10")
@app.task(name=UNDERSTAND.job, queueing_lock=UNDERSTAND.lock)
def understand_arrivals(timestamp: int) -> None:
    """Have what came in interpreted."""
    del timestamp
    import_string(settings.ARRIVALS_ARE_UNDERSTOOD_BY)(clock=timezone.now)
