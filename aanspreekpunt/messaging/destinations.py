"""How much mail one domain gets: no more in a minute than agreed, and nothing for a while when it turns mail away.

All senders together keep to it, because it is counted in the database. Mail to other domains does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from aanspreekpunt.messaging.models import Delivery, Destination
from aanspreekpunt.messaging.rules import RATE_PERIOD, rest_after

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

log = structlog.get_logger("aanspreekpunt.messaging")


def closed(*, at: datetime) -> QuerySet[Destination, str]:
    """Return the domains to which nothing is sent for the moment."""
    return Destination.objects.filter(closed_until__gt=at).values_list("domain", flat=True)


def has_room(domain: str, *, at: datetime) -> bool:
    """Say whether one more mail may go to `domain` now; if not, it is closed until it may. Call it when claiming.

    Whoever claims a mail to the same domain meanwhile waits until we are done, so that counting is exact.
    """
    rate: int = settings.MAIL_PER_DOMAIN_PER_MINUTE
    if not rate:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"mail to {domain}"])
    begun = Delivery.objects.filter(domain=domain, claimed_at__gt=at - RATE_PERIOD).order_by("-claimed_at")
    fullest = begun.values_list("claimed_at", flat=True)[rate - 1 : rate].first()
    if fullest is None:
        return True
    _close(domain, until=fullest + RATE_PERIOD)
    return False


def note_refusal(domain: str, *, at: datetime) -> None:
    """Note that `domain` refused a mail for now; when it did so several times in a row, leave it alone for a while."""
    destination, is_new = Destination.objects.select_for_update().get_or_create(
        domain=domain, defaults={"closed_until": at, "refusals": 1}
    )
    if not is_new:
        destination.refusals = min(destination.refusals + 1, _MOST_COUNTED)
        destination.save(update_fields=["refusals"])
    rest = rest_after(destination.refusals)
    if rest is not None:
        _close(domain, until=at + rest)
        log.warning("mail_destination_rests", refusals=destination.refusals, seconds=rest.total_seconds())


def note_acceptance(domain: str) -> None:
    """Note that `domain` took a mail: what it refused before no longer counts."""
    Destination.objects.filter(domain=domain, refusals__gt=0).update(refusals=0)


def _close(domain: str, *, until: datetime) -> None:
    destination, is_new = Destination.objects.get_or_create(domain=domain, defaults={"closed_until": until})
    if not is_new:
        Destination.objects.filter(pk=destination.pk).update(closed_until=Greatest(F("closed_until"), until))


_MOST_COUNTED = 1000
"""Refusals are counted no further; the field that holds them is small."""
