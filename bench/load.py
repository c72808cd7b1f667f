"""Eight clients that ask as fast as they are answered, in two processes, and what that took."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

CLIENTS, PROCESSES = 8, 2
_CHUNK = 1 << 16

Client = Callable[[int, float], list[float]]
"""Works as client number n until a moment of the monotonic clock; returns how long each request took."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was done, and how long each took."""

    seconds: float
    latencies: list[float]

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        """Return how many milliseconds so many percent took at most."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def put_under_load(client: Client, *, seconds: float, clients: int = CLIENTS) -> Load:
    """Let so many clients work side by side for some seconds."""
    began = time.monotonic()
    processes = min(PROCESSES, clients)
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        shares = [range(n, clients, processes) for n in range(processes)]
        work = [pool.submit(_some_clients, client, share, began + seconds) for share in shares]
        latencies = [latency for each in work for latency in each.result()]
    return Load(time.monotonic() - began, latencies)


def _some_clients(client: Client, numbers: range, until: float) -> list[float]:
    with ThreadPoolExecutor(len(numbers)) as threads:
        return [latency for each in threads.map(lambda number: client(number, until), numbers) for latency in each]


@dataclass(frozen=True, slots=True)
class Browser:
    """Sends requests that are bytes already, and reads no more of an answer than it must: it shares our processors."""

    port: int
    expected: bytes
    keeps_connection: bool = True

    def work(self, requests: Iterator[bytes], until: float) -> list[float]:
        """Send one after the other until the time is up; raises at an answer that is not the expected one."""
        latencies, connection = [], self._connect()
        while time.monotonic() < until:
            began = time.perf_counter()
            if not self.keeps_connection:
                connection.close()
                connection = self._connect()
            connection.sendall(next(requests))
            self._read(connection)
            latencies.append(time.perf_counter() - began)
        connection.close()
        return latencies

    def talk(self) -> Callable[[bytes], bytes]:
        """Return what sends a request and returns the body of its answer, which tells what to ask next."""
        connection = self._connect()

        def ask(sent: bytes) -> bytes:
            nonlocal connection
            if not self.keeps_connection:
                connection.close()
                connection = self._connect()
            connection.sendall(sent)
            return self._read(connection)

        return ask

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _read(self, connection: socket.socket) -> bytes:
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._some(connection)
        head, _, body = answer.partition(b"\r\n\r\n")
        if self.expected not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(f"unexpected answer: {answer[:400]!r}")
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        pieces, missing = [body], length - len(body)
        while missing > 0:
            pieces.append(self._some(connection))
            missing -= len(pieces[-1])
        return b"".join(pieces)

    @staticmethod
    def _some(connection: socket.socket) -> bytes:
        some = connection.recv(_CHUNK)
        if not some:
            raise RuntimeError("the server closed the connection")
        return some


@dataclass(frozen=True, slots=True)
class Visitors:
    """Clients that each are somebody else and ask what `requests` makes up for their cookies."""

    browser: Browser
    cookies: list[str]
    requests: Callable[[str], Iterator[bytes]]

    def work(self, number: int, until: float) -> list[float]:
        """Work as client `number`."""
        return self.browser.work(self.requests(self.cookies[number % len(self.cookies)]), until)


def request(method: str, path: str, *, cookies: str, body: bytes = b"") -> bytes:
    """Write a request out as it goes over the line."""
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if body else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n{form}\r\n".encode() + body
