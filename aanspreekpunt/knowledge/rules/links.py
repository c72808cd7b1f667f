"""Links in answers: where they go, which are dangerous, and which are broken.

Finding and judging is plain text work. Following a link is done by a `Visitor`, which a municipality has to configure;
without one no link is followed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LINK = re.compile(
    r"""
    \]\(\s{0,20}(?:<(?P<angled>[^<>\n]{0,2000})>|(?P<inline>\{\{[^{}\n]{0,100}\}\}|[^\s()<]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500})?))
    |^[ ]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]{0,20}<?(?P<defined>[^\s<>]{1,2000})
    |<(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000})>
    |(?:href|src)\s{0,5}=\s{0,5}["']?(?P<raw>[^"'<>\n]{1,2000})
    |(?P<bare>https?://[^\s<>()\[\]"']{1,2000})
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_SIGNS = ("](", "]:", "<", "=", "://")
"""Every link as above has one of these in it."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,31}):", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SENTENCE_SIGNS = ".,;:!?*_"


class LinkKind(StrEnum):
    """Where a link goes."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    MAIL = "mail"
    PHONE = "phone"
    VARIABLE = "variable"
    DANGEROUS = "dangerous"


class Outcome(StrEnum):
    """What came of following a link."""

    FINE = "fine"
    MOVED = "moved"
    GONE = "gone"
    CLOSED = "closed"
    BUSY = "busy"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text: its address as it is meant, where that stands (characters, end not included), where it goes."""

    address: str
    start: int
    end: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visitor met: the HTTP status (none when there was no answer) and the address it ended at."""

    status: int | None
    ended_at: str


class Visitor(Protocol):
    """Follows a link, within its own limits of time and size; never raises."""

    def visit(self, address: str) -> Visit:
        """Return what is there."""
        ...


def links_in(markdown: str, *, own_hosts: Collection[str] = ()) -> Iterator[Link]:
    """Return each link in a Markdown text, in order. Addresses in HTML count too, though HTML is never rendered."""
    if not any(sign in markdown for sign in _SIGNS):  # to look for links at each character takes long
        return
    for found in _LINK.finditer(markdown):
        group = found.lastgroup or ""
        written = found[group]
        if group == "bare":
            written = written.rstrip(_SENTENCE_SIGNS)
        address = _meant(written)
        if address:
            start = found.start(group)
            yield Link(address, start, start + len(written), kind_of(address, own_hosts=own_hosts))


def kind_of(address: str, *, own_hosts: Collection[str] = ()) -> LinkKind:
    """Say where an address goes. Only known schemes are safe; an address that hides its scheme is dangerous too."""
    if address.startswith("{{"):
        return LinkKind.VARIABLE
    scheme = _SCHEME.match(address)
    if scheme is None:
        is_elsewhere = address.startswith(("//", "\\\\", "/\\"))
        return LinkKind.EXTERNAL if is_elsewhere else LinkKind.INTERNAL
    named = {"mailto": LinkKind.MAIL, "tel": LinkKind.PHONE}.get(scheme[1].lower())
    if named is not None:
        return named
    if scheme[1].lower() not in {"http", "https"}:
        return LinkKind.DANGEROUS
    return LinkKind.INTERNAL if _host_of(address) in own_hosts else LinkKind.EXTERNAL


def outcome_of(visit: Visit, *, address: str) -> Outcome:
    """Say what a visit means: only 404 and 410 say that a page is gone; other refusals may be meant for programs."""
    status = visit.status
    if status is None:
        return Outcome.UNREACHABLE
    if status in {404, 410}:
        return Outcome.GONE
    if status == 429 or status >= 500:  # noqa: PLR2004 - too many requests; from 500 on the server itself failed
        return Outcome.BUSY
    if status >= 400:  # noqa: PLR2004 - the server refuses
        return Outcome.CLOSED
    return Outcome.FINE if _same_page(visit.ended_at, address) else Outcome.MOVED


def is_broken(outcomes: Sequence[Outcome]) -> bool:
    """Say whether a link is broken, by its outcomes with the newest last: gone twice, or out of reach three times."""
    gone = outcomes[-2:]
    away = outcomes[-3:]
    return (len(gone) == 2 and set(gone) == {Outcome.GONE}) or (  # noqa: PLR2004 - twice
        len(away) == 3 and set(away) <= {Outcome.UNREACHABLE, Outcome.GONE, Outcome.BUSY}  # noqa: PLR2004 - three times
    )


def _meant(written: str) -> str:
    """Return an address as a browser would take it: without escapes, entities and characters nobody sees."""
    if "{{" in written:
        return written.strip()
    return _UNSEEN.sub("", html.unescape(_ESCAPE.sub(r"\1", written)))


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _same_page(one: str, other: str) -> bool:
    """Say whether two addresses differ in no more than https, a final slash or a place within the page."""
    first, second = (re.sub(r"(?i)^https?://(www\.)?", "", address).partition("#")[0] for address in (one, other))
    return first.rstrip("/") == second.rstrip("/")
