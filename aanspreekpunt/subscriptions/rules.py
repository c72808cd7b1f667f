"""When to try again, when to stop, which addresses are out of bounds and what a filter lets through. Plain Python."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

WAITS: Final = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 600, 1800, 7200, 21600, 43200, 86400, 86400))
"""How long to wait after each attempt: half a minute at first, a day at last, three days in all."""

REST: Final = timedelta(seconds=30)
LONGEST_REST: Final = timedelta(minutes=10)
"""How long a receiver that does not answer is left alone: half a minute at first, and twice as long each time."""

LEASE: Final = timedelta(minutes=2)
"""How long one attempt may take before we conclude that whoever made it is gone; it is cut off long before."""

PAUSE_AFTER: Final = timedelta(days=5)
"""A subscription at which nothing arrived for so long is paused, and somebody is asked to look at it."""

KEPT_WAITING: Final = timedelta(days=30)
"""How long notices wait for a subscription that is paused, before they are dead."""

KEPT_ENDED: Final = timedelta(days=90)
"""How long notices that ended are kept to look back at."""

EVERYTHING: Final = "*"
"""The value in a filter that lets every value through."""

GONE: Final = 410
"""The receiver says that it will never be there again. RFC 9110 §15.5.11"""

_ALSO_INSIDE: Final = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
"""Special by RFC 6890 and 7526, though older versions of Python call parts of them public."""

_NAT64: Final = IPv6Network("64:ff9b::/96")
_LOCAL_NAT64: Final = IPv6Network("64:ff9b:1::/48")
_OLD_COMPATIBLE: Final = IPv6Network("::/96")
_LAST_32_BITS: Final = 2**32 - 1


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after this many attempts, or nothing when it is time to give up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def rest_after(failures: int) -> timedelta:
    """Return how long to leave a receiver alone that failed so many times in a row."""
    return min(REST * (1 << min(failures - 1, 10)), LONGEST_REST)


def is_outside(address: str) -> bool:
    """Say whether an address lies on the public internet: not here, not next door, and not another one in disguise."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv4Address):
        return _is_public(found) and not any(found in each for each in _ALSO_INSIDE)
    return found not in _LOCAL_NAT64 and _is_public(found) and all(map(_is_public, _disguised(found)))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _disguised(address: IPv6Address) -> list[IPv4Address]:
    """Return the addresses of the old kind that hide in one of the new kind, however it is written."""
    hidden = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or address in _OLD_COMPATIBLE:
        hidden.append(IPv4Address(int(address) & _LAST_32_BITS))
    return [each for each in hidden if each is not None]


def lets_through(filters: Mapping[str, str], features: Mapping[str, str]) -> bool:
    """Say whether a message with these features is wanted: each filter it has a feature for must agree."""
    return all(value in {EVERYTHING, features[name]} for name, value in filters.items() if name in features)


def can_filter_on(names: Collection[str], *, features: Collection[str]) -> bool:
    """Say whether filters by these names make sense where messages have these features."""
    return set(names) <= set(features)
