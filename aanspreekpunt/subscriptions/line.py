"""One connection to one receiver: to the address that was judged, with its certificate checked, never led elsewhere.

Everything is bounded: how long it may take in all, and how much of the answer is read. Python's own HTTP client is
used because the connection has to be made by ourselves, to an address and not to a name; a proxy would look the name up
again, so none is used.
"""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from aanspreekpunt.subscriptions.addresses import CannotReach, addresses_of, check_address
from aanspreekpunt.subscriptions.refusals import IsInside, NotAnAddress, NotProtected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aanspreekpunt.subscriptions.addresses import Place

SECONDS_TO_CONNECT: Final = 5
SECONDS_IN_ALL: Final = 15
MOST_READ: Final = 64 * 1024
FEWEST_GOOD, FEWEST_OTHER = 200, 300


@dataclass(frozen=True, slots=True)
class Answer:
    """How a receiver answered."""

    status: int

    @property
    def is_good(self) -> bool:
        """Whether it took what was sent."""
        return FEWEST_GOOD <= self.status < FEWEST_OTHER


class _Connection(HTTPConnection):
    """A connection to one of these addresses, whatever its host name would be looked up to by now."""

    def __init__(self, place: Place, addresses: list[str], *, tls: ssl.SSLContext | None) -> None:
        super().__init__(place.host, place.port, timeout=SECONDS_TO_CONNECT)
        self.addresses, self.tls = addresses, tls

    def connect(self) -> None:
        """Connect to the first address that takes us, and let it prove that it is who the name says."""
        self.sock = self._connected()
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.settimeout(SECONDS_IN_ALL)
        if self.tls is not None:
            self.sock = self.tls.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def _connected(self) -> socket.socket:
        trouble: OSError = OSError("no address")
        for address in self.addresses[:3]:
            try:
                return socket.create_connection((address, self.port), timeout=SECONDS_TO_CONNECT)
            except OSError as problem:
                trouble = problem
        raise trouble

    def cut(self) -> None:
        """End it from outside, so that whoever waits for an answer stops waiting."""
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # past SSLSocket's own, which says goodbye first


class Line:
    """A line to one receiver, that stays open from one message to the next. Looked up anew each time it is opened."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._path = "/"
        self._connection: _Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def post(self, body: bytes, *, headers: Mapping[str, str]) -> Answer:
        """Send `body` and return the answer. Raises `CannotReach` when there is none, whatever was the matter.

        A receiver may have hung up since the last message; then we call again, once.
        """
        was_open = self._connection is not None
        try:
            return self._post(body, headers)
        except CannotReach as problem:
            if not was_open or problem.code != "connection_lost":
                raise
            return self._post(body, headers)

    def _post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        connection = self._open()
        try:
            with _cut_off(connection, after=SECONDS_IN_ALL) as is_late:
                connection.request("POST", self._path, body=body, headers=dict(headers))
                response = connection.getresponse()
                answer = Answer(response.status)
                rest = response.read(MOST_READ + 1)
        except ssl.SSLCertVerificationError:
            self.close()
            raise CannotReach("certificate") from None
        except (OSError, HTTPException, ValueError) as problem:
            self.close()
            raise CannotReach(_code_of(problem, is_late=is_late.is_set())) from None
        if len(rest) > MOST_READ or response.will_close:
            self.close()
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> _Connection:
        if self._connection is None:
            try:
                place = check_address(self._url)
            except (NotAnAddress, NotProtected):
                raise CannotReach("bad_address") from None
            except IsInside:
                raise CannotReach("inside") from None
            tls = ssl.create_default_context() if place.scheme == "https" else None
            self._path = place.path
            self._connection = _Connection(place, addresses_of(place), tls=tls)
        return self._connection


@contextmanager
def _cut_off(connection: _Connection, *, after: float) -> Iterator[threading.Event]:
    """Cut the connection when it takes too long in all; who sends a byte a second would keep us for days."""
    is_over, is_late = threading.Event(), threading.Event()
    ends_at = monotonic() + after

    def watch() -> None:
        while not is_over.wait(max(ends_at - monotonic(), 0.2)):
            is_late.set()
            connection.cut()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield is_late
    finally:
        is_over.set()


def _code_of(problem: Exception, *, is_late: bool) -> str:
    if is_late or isinstance(problem, TimeoutError):
        return "no_answer"
    if isinstance(problem, ssl.SSLError):
        return "tls"
    if isinstance(problem, ConnectionRefusedError):
        return "no_connection"
    return "connection_lost" if isinstance(problem, OSError) else "protocol"
