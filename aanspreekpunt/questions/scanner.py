"""Asking the virus scanner of this installation, if it has one, what it thinks of a file.

It speaks the INSTREAM command of clamd, ClamAV's daemon, over its socket. The package `clamd` was considered: it was
last released in 2014, and this is one command.
"""

from __future__ import annotations

import socket
from typing import IO, TYPE_CHECKING, Final

import structlog
from django.conf import settings

from aanspreekpunt.questions.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator

log = structlog.get_logger("aanspreekpunt.questions")

SECONDS_TO_SCAN: Final = 60
DEFAULT_PORT: Final = 3310
_CHUNK: Final = 64 * 1024
_LONGEST_REPLY: Final = 4096


class ScannerIsAway(Exception):
    """The scanner did not answer, or refused to look; nothing is known of the file."""


def reason_to_hold(file: IO[bytes]) -> str:
    """Return why `file` must not be handed out as far as viruses go; empty when it may. Leaves it at its beginning.

    Without a scanner nothing is held. When there is one that does not answer, files wait for it, unless the settings
    say that they need not.
    """
    if not settings.CLAMD:
        return ""
    file.seek(0)
    try:
        is_clean = _is_clean(file)
    except (OSError, ScannerIsAway) as error:
        log.warning("virus_scanner_away", error=type(error).__name__)
        return Attachment.Held.UNSCANNED if settings.HOLD_FILES_UNTIL_SCANNED else ""
    finally:
        file.seek(0)
    return "" if is_clean else Attachment.Held.VIRUS


def _is_clean(file: IO[bytes]) -> bool:
    with _connection() as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for chunk in _chunks(file):
            scanner.sendall(len(chunk).to_bytes(4, "big") + chunk)
        scanner.sendall(bytes(4))
        reply = _reply(scanner)
    if reply.endswith(b"FOUND"):
        return False
    if not reply.endswith(b": OK"):
        raise ScannerIsAway
    return True


def _connection() -> socket.socket:
    if settings.CLAMD.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS_TO_SCAN)
        try:
            connection.connect(settings.CLAMD)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = settings.CLAMD.partition(":")
    return socket.create_connection((host, int(port or DEFAULT_PORT)), timeout=SECONDS_TO_SCAN)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _reply(scanner: socket.socket) -> bytes:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY:
        part = scanner.recv(_LONGEST_REPLY)
        if not part:
            break
        reply += part
    return reply.rstrip(b"\0\n ")
