"""Everything by which mail comes in, running: one thread for each folder, and the listener."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import structlog
from django.db import DatabaseError, close_old_connections, connections

from aanspreekpunt.intake.channels.email.connecting import SignIn
from aanspreekpunt.intake.channels.email.listener import Listener
from aanspreekpunt.intake.channels.email.watching import Follower
from aanspreekpunt.messaging.mailboxes import note_look, watch_mailboxes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aanspreekpunt.intake.channels.email.mailboxes import MailboxesFile

log = structlog.get_logger("aanspreekpunt.intake")

SECONDS_BETWEEN_SIGNS_OF_LIFE: Final = 30
SECONDS_TO_STOP: Final = 15


class Mailroom:
    """Runs from `start` to `stop`."""

    def __init__(self, file: MailboxesFile, *, clock: Callable[[], datetime]) -> None:
        self.file, self.clock = file, clock
        self.stopping = threading.Event()
        self.listener = Listener(file.listen, clock=clock) if file.listen else None
        self.threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to look in all mailboxes and to listen."""
        watch_mailboxes(list(self.file.places()), at=self.clock())
        for part in self.file.mailboxes:
            sign_in = SignIn(part)
            for name in part.folders:
                follower = Follower(part, name, sign_in=sign_in, stop=self.stopping, clock=self.clock)
                self._begin(follower.run, f"looks-in-{part.name}")
        if self.listener is not None:
            self.listener.start()
            self._begin(self._give_signs_of_life, "listens")
        log.info("mail_comes_in", mailboxes=len(self.file.mailboxes), listens=self.listener is not None)

    def is_whole(self) -> bool:
        """Say whether all of it still runs."""
        return all(thread.is_alive() for thread in self.threads)

    def stop(self) -> None:
        """End: what is stored is stored, what is not is still where it came from."""
        self.stopping.set()
        if self.listener is not None and self.listener.server is not None:
            self.listener.stop()
        for thread in self.threads:
            thread.join(timeout=SECONDS_TO_STOP)

    def _begin(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _give_signs_of_life(self) -> None:
        """Note now and then that we listen and that the database is there to store in."""
        account = self.file.listen.account if self.file.listen else ""
        while True:
            try:
                close_old_connections()
                note_look(account=account, folder="", at=self.clock())
            except DatabaseError:
                connections.close_all()
            if self.stopping.wait(SECONDS_BETWEEN_SIGNS_OF_LIFE):
                break
        connections.close_all()
