"""The post: a mail server that keeps what the product sends, so that a resident can read his letters."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller
from django.test import override_settings
from django.utils import timezone

from aanspreekpunt.messaging.sending import send_waiting
from aanspreekpunt.promises.letters import TAKE_BACK_WITHIN
from tests.browser.server import HOST, free_port

if TYPE_CHECKING:
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session

LINK = re.compile(r"https?://\S+")


class Letter:
    """One mail as it arrived."""

    def __init__(self, raw: bytes) -> None:
        self.message: EmailMessage = message_from_bytes(raw, policy=policy.default)
        self.to = str(self.message["To"])
        self.subject = str(self.message["Subject"])

    @property
    def text(self) -> str:
        """What it says, in the plain version."""
        body = self.message.get_body(preferencelist=("plain",))
        return str(body.get_content()) if body else ""

    @property
    def html(self) -> str:
        """What it says, in the version with markup."""
        body = self.message.get_body(preferencelist=("html",))
        return str(body.get_content()) if body else ""

    @property
    def links(self) -> list[str]:
        """The addresses it points to."""
        return [link.rstrip(".,)>") for link in LINK.findall(self.text)]


class Post:
    """Receives over real SMTP what the product sends; `bring` makes the product send what waits."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.controller = Controller(self, hostname=HOST, port=free_port())

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep one mail and say so, as a mail server does."""
        self.letters.append(Letter(envelope.original_content or b""))
        return "250 Kept"

    def to(self, address: str) -> list[Letter]:
        """Return the letters to `address`, oldest first, once everything that waits was brought."""
        self.bring()
        return [letter for letter in self.letters if letter.to == address]

    def last_to(self, address: str) -> Letter:
        """Return the newest letter to `address`."""
        letters = self.to(address)
        assert letters, f"No letter to {address} arrived, only to {[letter.to for letter in self.letters]}."
        return letters[-1]

    def bring(self) -> None:
        """Let the product send everything that waits, through its own sender."""
        with override_settings(
            MAIL_SERVER="aanspreekpunt.messaging.smtp.SmtpServer",
            EMAIL_HOST=HOST,
            EMAIL_PORT=self.controller.port,
            EMAIL_USE_TLS=False,
            EMAIL_USE_SSL=False,
        ):
            send_waiting(clock=lambda: timezone.now() + TAKE_BACK_WITHIN)
