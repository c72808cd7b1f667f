"""The other register, read page by page over its API: patiently, with its certificate checked, and never led elsewhere.

Python's own HTTP client is used, as for the notices we send: what is needed of it is small and has to be exact. The
token travels in one header and stands in no message, log or error of ours.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.api.klantinteracties.contract.resource import KLANTINTERACTIES
from aanspreekpunt.common.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAGE_SIZE: Final = 500
SECONDS_OF_SILENCE: Final = 120
SECONDS_FOR_A_PAGE: Final = 600
WAITS: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
"""The seconds before each next try."""
LONGEST_WAIT: Final = 120
LARGEST_PIECE: Final = 1024 * 1024
LARGEST_ANSWER: Final = 256 * 1024 * 1024
PORTS: Final = {"https": 443, "http": 80}
OK, UNAUTHORISED, NOT_FOUND, TOO_MANY, TROUBLE = 200, 401, 404, 429, 500
NOT_READABLE_LISTS: Final = {403: "not_allowed", 404: "not_there", 405: "not_there", 410: "not_there"}


class NotARegister(Refusal):
    """The address is none that can be read."""

    message = _("%(address)s is no web address that begins with https:// and has no user name, query or anchor.")


class NotProtected(Refusal):
    """The register would be read, and its token sent, for everybody on the way to see."""

    message = _("Over http:// everybody on the way could read along. Use https://, or --insecure-http if it must be.")


class TokenNotAccepted(Refusal):
    """The other register does not know the token."""

    message = _("The other register does not accept the token.")


class CannotRead(Refusal):
    """The other register does not answer, or not with anything that makes sense, however often it is asked."""

    message = _(
        "The other register cannot be read (%(path)s, page %(page)d: %(code)s). Run it again to go on from here."
    )


class ListIsClosed(Exception):
    """One list cannot be read at all, while others may; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _TryAgain(Exception):
    def __init__(self, code: str, after: float = 0) -> None:
        super().__init__(code)
        self.code, self.after = code, after


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: how long the whole list is said to be, what stands on it, and whether there is another."""

    count: int
    results: list[Any]
    has_next: bool


class Register:
    """A register that speaks Klantinteracties. One connection, kept open from page to page.

    `waits_for` is told why nothing happens, at the first failure of a page.
    """

    def __init__(
        self,
        address: str,
        *,
        token: str,
        may_be_insecure: bool = False,
        waits: tuple[float, ...] = WAITS,
        pause: Callable[[float], object] | None = None,
        waits_for: Callable[[str], object] | None = None,
    ) -> None:
        self.address = base_address(address)
        parts = urlsplit(self.address)
        if parts.scheme == "http" and not may_be_insecure and not _is_loopback(parts.hostname or ""):
            raise NotProtected
        self._place, self._prefix = (parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme]), parts.path
        self._over = Event()
        self._waits, self._pause, self._waits_for = waits, pause or self._over.wait, waits_for
        self._headers = {"Authorization": f"Token {token}", "Accept": "application/json", "User-Agent": "Aanspreekpunt"}
        self._connection: HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def host(self) -> str:
        """Its name, for people."""
        return self._place[1]

    def page(self, root: str, path: str, number: int, *, filters: Mapping[str, str]) -> Page:
        """Return a page of a list. Raises `CannotRead`, `TokenNotAccepted` and `ListIsClosed`."""
        query = (
            {**filters, "page": str(number), "pageSize": str(PAGE_SIZE)}
            if number > 1
            else {**filters, "pageSize": str(PAGE_SIZE)}
        )
        where = f"{self._prefix}{root}{path}"
        code = ""
        for wait in (*self._waits, None):
            try:
                return self._asked(f"{where}?{urlencode(query)}", where, number)
            except _TryAgain as trouble:
                self.close()
                code_before, code = code, trouble.code
                if wait is None or self._over.is_set():
                    break
                if self._waits_for is not None and not code_before:
                    self._waits_for(code)
                self._pause(min(max(wait, trouble.after), LONGEST_WAIT))
        raise CannotRead(path=path, page=number, code=code)

    def stop(self) -> None:
        """End it from another thread: who waits for an answer, or to ask again, waits no longer."""
        self._over.set()
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)  # past SSLSocket's own, which says goodbye

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            with suppress(OSError):
                self._connection.close()
            self._connection = None

    def _asked(self, target: str, where: str, number: int) -> Page:
        response, body = self._answered(target)
        if response.status == UNAUTHORISED:
            raise TokenNotAccepted
        if number > 1 and response.status == NOT_FOUND:  # the list became shorter meanwhile
            return Page(0, [], has_next=False)
        if response.status in NOT_READABLE_LISTS:
            raise ListIsClosed(NOT_READABLE_LISTS[response.status])
        if response.status == TOO_MANY or response.status >= TROUBLE:
            raise _TryAgain(f"http_{response.status}", _seconds(response.headers.get("Retry-After", "")))
        if response.status != OK:
            raise ListIsClosed(f"http_{response.status}")
        return self._read(body, where, number)

    def _answered(self, target: str) -> tuple[HTTPResponse, bytes]:
        try:
            connection = self._open()
            connection.request("GET", target, headers=self._headers)
            response = connection.getresponse()
            body = _whole(response)
        except ssl.SSLCertVerificationError:
            self.close()
            raise _TryAgain("certificate") from None
        except TimeoutError:
            raise _TryAgain("no_answer") from None
        except (OSError, HTTPException, ValueError):
            raise _TryAgain("connection_lost") from None
        if response.will_close:
            self.close()
        return response, body

    def _read(self, body: bytes, where: str, number: int) -> Page:
        try:
            said = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise _TryAgain("unreadable") from None
        if not isinstance(said, dict) or not isinstance(said.get("results"), list):
            raise _TryAgain("unreadable")
        count, after = said.get("count"), said.get("next")
        known = count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count < 2**60 else 0
        return Page(known, said["results"], has_next=self._leads_on(after, where, number))

    def _leads_on(self, after: Any, where: str, number: int) -> bool:
        """Say whether there is a next page. Its number is ours: a link is no more than the sign that it is there.

        One that leads to another list, or back, is not followed; the scheme and host that a register behind a proxy
        writes in it are often not those by which it is reached, so that they do not count.
        """
        if not isinstance(after, str) or not after:
            return False
        try:
            parts = urlsplit(after)
            asked = parse_qs(parts.query).get("page", [""])[0]
        except ValueError:
            return False
        return parts.path.rstrip("/").endswith(where.removeprefix(self._prefix)) and asked == str(number + 1)

    def _open(self) -> HTTPConnection:
        if self._connection is None:
            scheme, host, port = self._place
            if scheme == "https":
                tls = ssl.create_default_context()
                self._connection = HTTPSConnection(host, port, timeout=SECONDS_OF_SILENCE, context=tls)
            else:
                self._connection = HTTPConnection(host, port, timeout=SECONDS_OF_SILENCE)
        return self._connection


def _whole(response: HTTPResponse) -> bytes:
    """Return the body of an answer, of a size and within a time that are bounded."""
    ends_at, size, pieces = monotonic() + SECONDS_FOR_A_PAGE, 0, []
    while piece := response.read1(LARGEST_PIECE):
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise _TryAgain("too_large")
        if monotonic() > ends_at:
            raise TimeoutError
        pieces.append(piece)
    response.close()  # read in pieces it does not know that it has ended, and the next request would be refused
    return b"".join(pieces)


def base_address(address: str) -> str:
    """Return the address under which both APIs of a register are found, however much of the path was given."""
    text = address.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise NotARegister(address=_shown(text)) from None
    host = (parts.hostname or "").lower()
    wrong = parts.scheme not in PORTS or not host or "@" in parts.netloc or parts.query or parts.fragment
    if wrong or not text.isascii() or not text.isprintable() or " " in text:
        raise NotARegister(address=_shown(text))
    path = f"{parts.path.rstrip('/')}/"
    at = path.find(KLANTINTERACTIES)
    prefix = (path[:at] if at >= 0 else path).rstrip("/")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port and port != PORTS[parts.scheme] else ''}{prefix}"


def _shown(address: str) -> str:
    """Return an address without what may be a secret in it."""
    return address.partition("?")[0].rpartition("@")[2][:100]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004 - else a date
