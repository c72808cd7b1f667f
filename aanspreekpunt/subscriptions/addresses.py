"""Where something may be sent: read strictly, looked up once, and never inside our own network unless allowed by name.

Whoever may say where we send to could otherwise have us knock at doors that are closed to him. So a name is looked up
once and what it turned out to be is judged; the connection then goes to that very address, and not to what the name
may mean a moment later. See docs/decisions/0022-notices-have-an-outbox-of-their-own.md.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from aanspreekpunt.subscriptions.refusals import IsInside, NotAnAddress, NotProtected
from aanspreekpunt.subscriptions.rules import is_outside

LONGEST_URL: Final = 1000
PORTS: Final = {"https": 443, "http": 80}
DOMAINS_INSIDE: Final = frozenset({"localhost", "local", "internal", "lan", "intern", "home", "corp", "localdomain"})
_PLAIN: Final = re.compile(r"[\x21-\x7e]+")
_HOST: Final = re.compile(r"[0-9a-z._-]+|[0-9a-f:.]+")


class CannotReach(Exception):
    """We could not get there, or were not allowed to; `code` says why in one word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Place:
    """A web address taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_allowed_inside(self) -> bool:
        """Whether whoever runs this installation allowed this host by name, wherever it is."""
        return self.host in settings.INTERNAL_RECEIVERS


def place_of(url: str) -> Place:
    """Take a web address apart; raises `NotAnAddress`, also for what browsers would make sense of in their own way."""
    if len(url) > LONGEST_URL or not _PLAIN.fullmatch(url) or "\\" in url:
        raise NotAnAddress
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise NotAnAddress from None
    if parts.scheme not in PORTS or "@" in parts.netloc or parts.fragment or not _HOST.fullmatch(host) or port == 0:
        raise NotAnAddress
    path = parts.path or "/"
    return Place(parts.scheme, host, port or PORTS[parts.scheme], f"{path}?{parts.query}" if parts.query else path)


def check_address(url: str) -> Place:
    """Return the place that `url` names if we would send to it as far as can be told without looking it up."""
    place = place_of(url)
    if place.is_allowed_inside:
        return place
    if place.scheme != "https":
        raise NotProtected
    numbers = _numbers_in(place)
    if not all(map(is_outside, numbers)) or (not numbers and _means_something_here_only(place.host)):
        raise IsInside
    return place


def addresses_of(place: Place) -> list[str]:
    """Look a host up and return its addresses, all of them fit to be sent to; raises `CannotReach`.

    One address that is inside makes all of them suspect.
    """
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CannotReach("unknown_host") from None
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not place.is_allowed_inside and not all(map(is_outside, addresses)):
        raise CannotReach("inside")
    return addresses


def _means_something_here_only(host: str) -> bool:
    """Say whether this name cannot be of the public internet: one word, or below a domain kept for networks inside."""
    return "." not in host or host.rpartition(".")[2] in DOMAINS_INSIDE


def _numbers_in(place: Place) -> list[str]:
    """Return the address of a host that is no name at all, in whatever old way it is written (2130706433, 0x7f.1)."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return []
    return [str(each[4][0]) for each in found]
