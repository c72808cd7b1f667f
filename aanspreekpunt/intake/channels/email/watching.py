"""Following one folder: look, wait until the server says something or some time passed, look again; for ever."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from aanspreekpunt.intake.channels.email.clearing import clear_stored
from aanspreekpunt.intake.channels.email.connecting import SignIn, connected
from aanspreekpunt.intake.channels.email.fetching import Folder
from aanspreekpunt.intake.channels.email.trouble import Trouble, seconds_to_wait, trouble_of
from aanspreekpunt.messaging.mailboxes import note_look

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from datetime import datetime

    from imapclient import IMAPClient

    from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart

log = structlog.get_logger("aanspreekpunt.intake")

LONGEST_IDLE_SECONDS: Final = 25 * 60
"""A server may hang up after half an hour in which we said nothing; RFC 2177."""
LOOKS_BEFORE_AN_ALARM: Final = 3
_SECONDS_BETWEEN_GLANCES: Final = 1.0
_OF_A_MAIL: Final = frozenset({"connection_lost", "no_answer", "protocol", "not_given"})
"""Troubles that one particular mail may be the cause of, when they come while it is fetched."""


class Follower:
    """Follows one folder until told to stop."""

    def __init__(
        self,
        part: MailboxPart,
        name: str,
        *,
        sign_in: SignIn,
        stop: threading.Event,
        clock: Callable[[], datetime],
    ) -> None:
        self.part, self.sign_in, self.stop, self.clock = part, sign_in, stop, clock
        self.folder = Folder(part, name, clock=clock)
        self.troubles = 0
        self._last_code = ""

    def run(self) -> None:
        """Look, and keep looking; a trouble is noted, and after a while it begins anew."""
        while not self.stop.is_set():
            try:
                self.follow()
            except Trouble as trouble:
                self.stop.wait(self.note(trouble))
        connections.close_all()

    def follow(self) -> None:
        """Stay connected and look again and again; ends with a trouble, or when told to stop."""
        with connected(self.sign_in) as server:
            while not self.stop.is_set():
                close_old_connections()  # a database that was away is noticed before we fetch, not after
                self.look(server)
                self._wait(server)

    def look(self, server: IMAPClient) -> None:
        """Take over what is new, and note that it went well."""
        row = self.folder.take_over(server)
        lesser = clear_stored(server, self.part, row)
        self.troubles = 0
        note_look(account=self.part.account, folder=self.folder.name, error=lesser, at=self.clock())

    def note(self, trouble: Trouble) -> int:
        """Note what went wrong; return how many seconds to stay away."""
        self.troubles = self.troubles + 1 if trouble.code == self._last_code else 1
        self._last_code = trouble.code
        if trouble.code in _OF_A_MAIL:
            self.folder.note_failure()
        seconds = seconds_to_wait(trouble, times=self.troubles)
        log.warning("mailbox_trouble", account=self.part.account, code=trouble.code, seconds=seconds)
        try:
            note_look(
                account=self.part.account,
                folder=self.folder.name,
                error=f"{trouble.code} {trouble.detail}".strip(),
                is_good=False,
                at=self.clock(),
            )
        except DatabaseError as error:
            connections.close_all()
            log.warning("mailbox_state_not_noted", code=trouble_of(error).code)
        return seconds

    def _wait(self, server: IMAPClient) -> None:
        if self.part.use_idle and server.has_capability("IDLE"):
            idle(server, seconds=longest_idle(), stop=self.stop)
        else:
            self.stop.wait(self.part.look_every)


def longest_idle() -> int:
    """Return for how many seconds to wait for the server; then we look, so that a dead line is noticed in time."""
    return min(LONGEST_IDLE_SECONDS, settings.MAILBOX_SILENCE_MINUTES * 60 // LOOKS_BEFORE_AN_ALARM)


def idle(server: IMAPClient, *, seconds: float, stop: threading.Event) -> None:
    """Wait until the server says that something changed, `seconds` passed, or we are told to stop."""
    _text, told = server.noop()
    if _has_news(told):
        return
    server.idle()
    until = time.monotonic() + seconds
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        began = time.monotonic()
        patience = min(left, _SECONDS_BETWEEN_GLANCES)
        told = server.idle_check(timeout=patience)
        # Nothing said and yet no waiting: the line is dead, and ending the wait says so.
        if _has_news(told) or (not told and time.monotonic() - began < patience / 2):
            break
    server.idle_done()


def _has_news(told: list[tuple[object, ...]]) -> bool:
    return any(len(each) > 1 and each[1] == b"EXISTS" for each in told)
