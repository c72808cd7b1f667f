"""Following the links in answers to other sites; only where an administrator said so."""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aanspreekpunt.knowledge.models import FollowedLink, Version
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.rules.links import LinkKind, Outcome, Visit, is_broken, links_in, outcome_of
from aanspreekpunt.knowledge.rules.values import fill_in_plain
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aanspreekpunt.knowledge.rules.links import Visitor

_PATIENCE_SECONDS, _REMEMBERED = 10, 3


class _OnlyOutside(urllib.request.HTTPRedirectHandler):
    """Goes where a page sends us, but not into the house either."""

    def redirect_request(self, *arguments: Any) -> urllib.request.Request | None:
        """Return the request for the new address, or nothing: then the redirect itself is the outcome."""
        return super().redirect_request(*arguments) if _is_outside(arguments[-1]) else None


_OPENER = urllib.request.build_opener(_OnlyOutside)
_OPENER.addheaders = [("User-Agent", "Aanspreekpunt link check")]


class PublicSites:
    """Visits pages on the internet, never a machine inside the house: an address in an answer must not open doors."""

    def visit(self, address: str) -> Visit:
        """Ask for a page without reading it, within ten seconds."""
        if not _is_outside(address):
            return Visit(None, address)
        request = urllib.request.Request(address, method="GET")  # noqa: S310 - http and https only, see LinkKind
        try:
            with _OPENER.open(request, timeout=_PATIENCE_SECONDS) as answer:
                return Visit(answer.status, answer.url)
        except urllib.error.HTTPError as error:
            return Visit(error.code, address)
        except (OSError, ValueError):
            return Visit(None, address)


def follow_links(*, visitor: Visitor, at: datetime) -> int:
    """Visit each address that published answers link to, once; return how many are broken."""
    addresses = set(_addresses(at=at))
    FollowedLink.objects.exclude(address__in=addresses).delete()
    known = {link.address: link.outcomes for link in FollowedLink.objects.all()}
    broken = 0
    for address in sorted(addresses):
        outcome = outcome_of(visitor.visit(address), address=address)
        outcomes = [*map(Outcome, known.get(address, [])), outcome][-_REMEMBERED:]
        FollowedLink.objects.update_or_create(address=address, defaults={"outcomes": outcomes, "visited_at": at})
        broken += is_broken(outcomes)
    return broken


def outside_links(text: str) -> Iterator[str]:
    """Yield the addresses of other sites in a text with its values filled in."""
    return (link.address for link in links_in(text) if link.kind == LinkKind.EXTERNAL)


def _addresses(*, at: datetime) -> Iterator[str]:
    values = values_on(local_date(at))
    for version in Version.objects.filter(state=Version.State.PUBLISHED).iterator(chunk_size=500):
        yield from outside_links(fill_in_plain(version.answer, values.dutch).text)
        yield from outside_links(fill_in_plain(version.answer_en, values.english).text)


def _is_outside(address: str) -> bool:
    """Say whether an address is one of the internet; the name of one inside the house does not lead there either."""
    try:
        found = socket.getaddrinfo(urlsplit(address).hostname or "", None)
    except (OSError, ValueError):
        return False
    return all(ipaddress.ip_address(str(each[4][0]).partition("%")[0]).is_global for each in found)
