"""An IMAP server for tests that does what no server should, and some do."""

from __future__ import annotations

import base64
import re
import socket
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Self

if TYPE_CHECKING:
    from collections.abc import Callable

HANG_UP = b""
ENDS_HERE = b"ENDS HERE"
_UIDS = re.compile(rb"[\d:,*]+")


@dataclass
class Misbehaving:
    """Serves one folder. `on` says what to send instead, by the command as it comes; what is empty hangs up."""

    mails: dict[int, bytes] = field(default_factory=dict)
    on: dict[str, Callable[[str], bytes | None]] = field(default_factory=dict)
    capability: str = "IMAP4rev1 UIDPLUS MOVE"
    uidvalidity: int = 7
    accepts: Callable[[str], bytes] = field(default=lambda _words: b"")
    """Looks at what somebody logs in with over SASL; what it answers is why not."""
    heard: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(timeout=10)

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.listening.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        try:
            greeting = self._instead("greeting")
            if greeting == HANG_UP:
                return
            connection.sendall(greeting or b"* OK ready\r\n")
            for line in lines:
                if not line.isascii():  # a client that begins with TLS
                    return
                tag, _space, command = line.rstrip(b"\r\n").partition(b" ")
                self.heard.append(command.decode())
                answer = self._instead(command.decode())
                if answer is None and command.startswith(b"AUTHENTICATE"):
                    answer = self._sign_in(connection, lines)
                elif answer is None:
                    answer = self._usual(command)
                connection.sendall(answer.replace(b"TAG", tag))
                if answer == HANG_UP or answer.endswith(ENDS_HERE) or command == b"LOGOUT":
                    return
        except OSError:
            return
        finally:
            lines.close()

    def _sign_in(self, connection: socket.socket, lines: BinaryIO) -> bytes:
        connection.sendall(b"+ \r\n")
        refusal = self.accepts(base64.b64decode(lines.readline()).decode())
        if not refusal:
            return b"TAG OK x\r\n"
        connection.sendall(b"+ " + base64.b64encode(refusal) + b"\r\n")
        assert lines.readline() == b"\r\n"
        return b"TAG NO x\r\n"

    def _instead(self, command: str) -> bytes | None:
        for beginning, answer in self.on.items():
            if command.startswith(beginning):
                return answer(command)
        return None

    def _usual(self, command: bytes) -> bytes:
        name = command.split()[0].decode()
        if name == "CAPABILITY":
            return f"* CAPABILITY {self.capability}\r\nTAG OK x\r\n".encode()
        if name in {"SELECT", "EXAMINE"}:
            facts = f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.uidvalidity}] x\r\n"
            return f"{facts}* OK [UIDNEXT {max(self.mails, default=0) + 1}] x\r\nTAG OK [READ-ONLY] x\r\n".encode()
        if command.startswith(b"UID SEARCH"):
            found = " ".join(str(uid) for uid in self._named(command))
            return f"* SEARCH {found}\r\nTAG OK x\r\n".encode()
        if command.startswith(b"UID FETCH"):
            return self._fetched(command) + b"TAG OK x\r\n"
        return b"TAG OK x\r\n"

    def _fetched(self, command: bytes) -> bytes:
        answer = b""
        for uid in self._named(command):
            mail = self.mails[uid]
            if b"RFC822.SIZE" in command:
                answer += b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (uid, uid, len(mail))
                continue
            name = b"BODY[HEADER]" if b"HEADER" in command else b"BODY[]"
            mail = mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if b"HEADER" in command else mail
            answer += b"* %d FETCH (UID %d %s {%d}\r\n%s)\r\n" % (uid, uid, name, len(mail), mail)
        return answer

    def _named(self, command: bytes) -> list[int]:
        wanted = _UIDS.search(command.partition(b"FETCH" if b"FETCH" in command else b"UID ")[2].replace(b"UID", b""))
        assert wanted is not None, command
        if b"SEARCH" in command:
            wanted = _UIDS.search(command.partition(b"SEARCH UID")[2])
            assert wanted is not None, command
        last = max(self.mails, default=0)
        found: set[int] = set()
        for part in wanted[0].decode().split(","):
            first, _colon, end = part.partition(":")
            until = last if end == "*" else int(end or first)
            found |= {uid for uid in self.mails if min(int(first), until) <= uid <= max(int(first), until)}
        return sorted(found)
