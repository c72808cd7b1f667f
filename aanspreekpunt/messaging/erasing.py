"""Erasing messages as they were delivered, some time after they were understood. What became of them stays.

The row stays as well, with the hash of the message and when it came: proof of what was delivered, and the reason that
the same message delivered again is known. What is in quarantine is kept, for nobody has read it yet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from django.conf import settings

from aanspreekpunt.messaging.models import Arrival

if TYPE_CHECKING:
    from datetime import datetime

log = structlog.get_logger("aanspreekpunt.messaging")

MOST_AT_ONCE: Final = 500
"""So many in one transaction, so that nothing else waits for it."""


def erase_old_messages(*, at: datetime) -> int:
    """Erase the bytes of messages that were understood longer ago than they are kept. Returns how many."""
    if not settings.RAW_MAIL_DAYS:
        return 0
    old = Arrival.objects.filter(
        state=Arrival.State.UNDERSTOOD, raw__isnull=False, ended_at__lt=at - timedelta(days=settings.RAW_MAIL_DAYS)
    ).order_by("ended_at")
    erased = 0
    while ids := list(old.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        # Asked for once more, because somebody may have it read again at this very moment.
        erased += old.order_by().filter(pk__in=ids).update(raw=None, erased_at=at)
    log.info("raw_mail_erased", messages=erased)
    return erased
