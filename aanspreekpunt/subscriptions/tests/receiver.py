"""A receiver on this machine, for tests: takes what is posted, and answers as the test says."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Got:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came in, in order, and how to answer: a status, or something that does the answering itself."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    usual: int = 204
    answers: Callable[[Any, Got], None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_status(self, got: Got) -> int:
        with self.lock:
            self.got.append(got)
            return self.statuses.pop(0) if self.statuses else self.usual


@contextmanager
def receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Listen on a port of this machine for as long as the test takes."""
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            got = Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            if kept.answers is not None:
                kept.answers(self, got)
                return
            status = kept.next_status(got)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{kept.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    kept.url = f"{'https' if tls else 'http'}://{'localhost' if tls else '127.0.0.1'}:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()


def drip(handler: Any, _got: Got) -> None:
    """Answer a byte at a time, for as long as anybody listens."""
    try:
        for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500:
            handler.wfile.write(bytes([letter]))
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True
