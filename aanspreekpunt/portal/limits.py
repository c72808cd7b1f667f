"""How often one may try: enough for people, hopeless for guessing, and no way to shut others out.

An address is counted as a keyed hash, per quarter of an hour, and forgotten after a day. When very many wrong codes
come from everywhere at once, each address gets one try instead of ten: whoever has his code still gets in at once.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection

from aanspreekpunt.common.sealing import keyed_hash
from aanspreekpunt.portal.models import Tries

if TYPE_CHECKING:
    from django.http import HttpRequest

STRETCH: Final = timedelta(minutes=15)
KEPT: Final = timedelta(days=1)
EVERYBODY: Final = b""
_HOME_NETWORK = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """How often one address may try in a quarter of an hour; from `busy_at` tries by everybody, only `when_busy`."""

    kind: str
    each: int
    busy_at: int
    when_busy: int


FOLLOW: Final = Limit("follow", each=10, busy_at=1000, when_busy=1)
"""Wrong codes. See docs/decisions/0009-limits-that-shut-nobody-out.md."""

ASK: Final = Limit("ask", each=20, busy_at=5000, when_busy=5)
"""Questions sent. A library or a school may share one address."""

STEPS: Final = Limit("steps", each=200, busy_at=20_000, when_busy=20)
"""Steps of a question kept so that going back works. Who is over it goes on without."""

FILES: Final = Limit("files", each=40, busy_at=5000, when_busy=5)
"""Files stored before a question is sent."""


def is_over(limit: Limit, *, request: HttpRequest, at: datetime) -> bool:
    """Say whether this visitor must wait. One query, whoever asks."""
    who = hash_of(request)
    counts = {
        bytes(each): count
        for each, count in Tries.objects.filter(
            kind=limit.kind, who__in=[who, EVERYBODY], began_at=_began(at)
        ).values_list("who", "count")
    }
    most = limit.when_busy if counts.get(EVERYBODY, 0) >= limit.busy_at else limit.each
    return counts.get(who, 0) >= most


def count_try(limit: Limit, *, request: HttpRequest, at: datetime) -> None:
    """Count one try, for this address and for everybody together. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO portal_tries (kind, who, began_at, count) VALUES (%s, %s, %s, 1), (%s, %s, %s, 1)"
            " ON CONFLICT (kind, who, began_at) DO UPDATE SET count = portal_tries.count + 1",
            [limit.kind, hash_of(request), _began(at), limit.kind, EVERYBODY, _began(at)],
        )


def forget_old_tries(*, at: datetime) -> int:
    """Forget what was tried more than a day ago. Returns how many rows."""
    return Tries.objects.filter(began_at__lt=at - KEPT).delete()[0]


def hash_of(request: HttpRequest) -> bytes:
    """Return the visitor's address as a keyed hash."""
    return keyed_hash(address_of(request), purpose="visitor")


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address, never to be kept; of an IPv6 address the network: one home has them all."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _HOME_NETWORK), strict=False))
    return text


def _began(at: datetime) -> datetime:
    seconds = STRETCH.total_seconds()
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=at.tzinfo)
