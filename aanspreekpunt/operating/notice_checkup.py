"""Looks how telling other systems is doing: whether what happens is looked at, leaves, and arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from aanspreekpunt.config.safety import Finding, Verdict
from aanspreekpunt.subscriptions.figures import LONGEST_WAIT_TO_BE_TOLD, figures
from aanspreekpunt.subscriptions.queries import MOST_COUNTED, subscriptions_kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aanspreekpunt.subscriptions.figures import Figures
    from aanspreekpunt.subscriptions.models import Subscription


def check_notices(*, at: datetime) -> Iterator[Finding]:
    """Look at what waits to be told, at what was given up, and at each subscription where nothing arrives."""
    subscriptions = list(subscriptions_kept())
    if not subscriptions:
        yield Finding("notices", Verdict.OK, _("no other system is told anything."))
        return
    now = figures()
    late = now.longest_wait(at=at) > LONGEST_WAIT_TO_BE_TOLD
    yield Finding("notices", Verdict.WARNING if late else Verdict.OK, _waiting(now, at=at))
    message = _("%(count)s given up; send them again at the desk under Other systems.")
    yield Finding("dead notices", Verdict.WARNING if now.dead else Verdict.OK, message % {"count": _counted(now.dead)})
    for subscription in subscriptions:
        if subscription.failing_since is not None:
            yield _failing(subscription)


def _failing(subscription: Subscription) -> Finding:
    since = timezone.localtime(subscription.failing_since).strftime("%d-%m-%Y %H:%M")
    message = _("takes nothing since %(since)s.")
    if subscription.paused_at is not None:
        message = _("took nothing since %(since)s and is paused.")
    return Finding(subscription.name, Verdict.WARNING, message % {"since": since})


def _waiting(now: Figures, *, at: datetime) -> str:
    if not now.waiting:
        return _("nothing waits.")
    minutes = int(now.longest_wait(at=at).total_seconds() // 60)
    message = _("%(count)s waiting; the oldest for %(minutes)d minutes.")
    return message % {"count": _counted(now.waiting), "minutes": minutes}


def _counted(count: int) -> str:
    return _("%(count)d or more") % {"count": MOST_COUNTED} if count >= MOST_COUNTED else str(count)
