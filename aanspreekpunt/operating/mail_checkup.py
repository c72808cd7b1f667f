"""Looks how mail is doing: whether it comes in, is read, and leaves."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from aanspreekpunt.common.settings_files.checking import FileHasProblems
from aanspreekpunt.config.safety import Finding, Verdict
from aanspreekpunt.intake.channels.email.mailboxes import configured_mailboxes
from aanspreekpunt.messaging.alarms import LONGEST_WAIT_TO_BE_READ, LONGEST_WAIT_TO_BE_SENT
from aanspreekpunt.messaging.figures import MOST_COUNTED, figures, last_sign_of_life
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.messaging.smtp import connect
from aanspreekpunt.operating.mail_words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aanspreekpunt.messaging.figures import Figures, Queue
    from aanspreekpunt.messaging.models import Mailbox


def check_mail(*, at: datetime) -> Iterator[Finding]:
    """Look at mailboxes, at what came in and at what waits to leave."""
    now = figures(at=at)
    yield from _check_mailboxes(now, at=at)
    late = now.arrivals.longest_wait(at=at) > LONGEST_WAIT_TO_BE_READ
    yield Finding("incoming mail", Verdict.ERROR if late else Verdict.OK, _waiting(now.arrivals, at=at))
    message = _("%(count)s in quarantine.") % {"count": _counted(now.quarantined)}
    yield Finding("quarantine", Verdict.WARNING if now.quarantined else Verdict.OK, message)
    late = now.outbox.longest_wait(at=at) > LONGEST_WAIT_TO_BE_SENT
    yield Finding("outgoing mail", Verdict.ERROR if late else Verdict.OK, _waiting(now.outbox, at=at))
    failed = Delivery.objects.filter(state=Delivery.State.FAILED)[:MOST_COUNTED].count()
    message = _("%(count)s messages failed or are uncertain.") % {"count": _counted(now.doubtful.count + failed)}
    yield Finding("failed mail", Verdict.WARNING if now.doubtful.count + failed else Verdict.OK, message)


def check_mail_server() -> Iterator[Finding]:
    """Look whether the mail server lets us in; nothing is sent."""
    if not settings.EMAIL_HOST:
        return
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        server = connect()
        server.noop()
        server.quit()
    except (OSError, smtplib.SMTPException) as problem:
        verdict = Verdict.ERROR if settings.IS_PRODUCTION else Verdict.WARNING
        message = _("%(place)s does not let us in: %(problem)s.")
        yield Finding("mail server", verdict, message % {"place": place, "problem": type(problem).__name__})
    else:
        yield Finding("mail server", Verdict.OK, place)


def _check_mailboxes(now: Figures, *, at: datetime) -> Iterator[Finding]:
    try:
        file = configured_mailboxes()
    except FileHasProblems as problems:
        yield Finding("mailboxes", Verdict.ERROR, str(problems).replace("\n", " "))
        return
    wanted = list(file.places()) if file else []
    if not wanted:
        yield Finding("mailboxes", Verdict.WARNING, _("none: mail to the municipality does not come in here."))
    known = {(mailbox.account, mailbox.folder): mailbox for mailbox in now.mailboxes}
    for account, folder in wanted:
        name = f"{account} {folder}".strip()
        if (account, folder) in known:
            yield _judged(name, known[account, folder], at=at)
        else:
            yield Finding(name, Verdict.ERROR, _("never looked in; does aanspreekpunt mailboxes run?"))


def _judged(name: str, mailbox: Mailbox, *, at: datetime) -> Finding:
    since = last_sign_of_life(mailbox)
    when = timezone.localtime(since).strftime("%d-%m-%Y %H:%M")
    words = words_for(mailbox.error)
    if at - since > timedelta(minutes=settings.MAILBOX_SILENCE_MINUTES):
        message = _("no look succeeded since %(when)s. %(words)s") % {"when": when, "words": words}
        return Finding(name, Verdict.ERROR, message.strip())
    message = _("last looked in on %(when)s. %(words)s") % {"when": when, "words": words}
    return Finding(name, Verdict.WARNING if mailbox.error else Verdict.OK, message.strip())


def _waiting(queue: Queue, *, at: datetime) -> str:
    if not queue.count:
        return _("nothing waits.")
    minutes = int(queue.longest_wait(at=at).total_seconds() // 60)
    message = _("%(count)s waiting; the oldest for %(minutes)d minutes.")
    return message % {"count": _counted(queue.count), "minutes": minutes}


def _counted(count: int) -> str:
    return _("%(count)d or more") % {"count": MOST_COUNTED} if count >= MOST_COUNTED else str(count)
