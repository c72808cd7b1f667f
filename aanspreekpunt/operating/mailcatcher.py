"""Catches the mails of a demo: a mail server on this machine that keeps each mail in a file and sends nothing."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session


class Keeper:
    """Keeps each mail as `<time>-<number>.eml`; newest last when sorted by name."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.count = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep one mail and say so, as a mail server does."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.count += 1
        name = f"{time.time_ns()}-{os.getpid()}-{self.count}.eml"
        aside = self.directory / f".{name}"
        aside.write_bytes(envelope.original_content or b"")
        aside.rename(self.directory / name)
        return "250 Kept"


def start_mail_catcher(*, directory: Path, port: int) -> Controller:
    """Listen on this machine only; `.stop()` of what is returned ends it."""
    controller = Controller(Keeper(directory), hostname="127.0.0.1", port=port)
    controller.start()
    return controller
