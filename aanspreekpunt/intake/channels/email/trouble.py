"""What can stand between us and a mailbox, each kind with its code, and how long to stay away because of it."""

from __future__ import annotations

import socket
import ssl
from imaplib import IMAP4
from typing import Final

import structlog
from django.db import DatabaseError

log = structlog.get_logger("aanspreekpunt.intake")

LASTING: Final = frozenset(
    {
        "secret_unreadable",
        "login_refused",
        "token_refused",
        "no_such_folder",
        "read_only",
        "no_starttls",
        "certificate",
        "no_login",
    }
)
"""Troubles that a person has to mend; trying again soon does no good, and a locked account is one trouble more."""

_FIRST_WAIT, _LONGEST_WAIT = 5, 300
_FIRST_LASTING_WAIT, _LONGEST_LASTING_WAIT = 120, 3600


class Trouble(Exception):
    """Something went wrong with a mailbox; `code` says what, `detail` what the other side said, without addresses."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail

    @property
    def is_lasting(self) -> bool:
        """Whether it lasts until a person does something about it."""
        return self.code in LASTING


def seconds_to_wait(trouble: Trouble, *, times: int) -> int:
    """Return how long to stay away after the same kind of trouble came so many times in a row."""
    first, longest = (
        (_FIRST_LASTING_WAIT, _LONGEST_LASTING_WAIT) if trouble.is_lasting else (_FIRST_WAIT, _LONGEST_WAIT)
    )
    return int(min(longest, first * 2 ** min(times - 1, 10)))


_CODES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLEOFError, "connection_lost"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "unknown_host"),
    (ConnectionRefusedError, "no_connection"),
    (TimeoutError, "no_answer"),
    (OSError, "connection_lost"),
    (IMAP4.readonly, "read_only"),
    (IMAP4.abort, "connection_lost"),
    (DatabaseError, "database"),
)


def trouble_of(error: Exception) -> Trouble:
    """Say which trouble an error of the network, of the database or of the IMAP library is."""
    if isinstance(error, Trouble):
        return error
    for kind, code in _CODES:
        if isinstance(error, kind):
            return Trouble(code, getattr(error, "verify_message", "") or "")
    log.warning("mailbox_not_understood", exc_info=error)
    return Trouble("protocol", type(error).__name__)
