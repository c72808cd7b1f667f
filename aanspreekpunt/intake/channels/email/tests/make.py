"""Mails to fetch, and what came of them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aanspreekpunt.intake.channels.email.connecting import SignIn
from aanspreekpunt.intake.channels.email.watching import Follower
from aanspreekpunt.messaging.models import Arrival, Mailbox

if TYPE_CHECKING:
    from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def mail(number: int, *, size: int = 0) -> bytes:
    """Make a mail unlike the others."""
    head = f"From: karel@example.org\r\nSubject: Bak {number}\r\nMessage-ID: <{number}@example.org>\r\n\r\n"
    return head.encode() + b"De bak is niet geleegd.\r\n" + (b"x" * 70 + b"\r\n") * (size // 72)


def follower(part: MailboxPart, folder: str = "INBOX") -> Follower:
    """Give what looks in a folder, at a time that stands still."""
    return Follower(part, folder, sign_in=SignIn(part), stop=threading.Event(), clock=lambda: MONDAY)


def subjects() -> list[str]:
    """Say which of `mail` came in, in the order in which they did."""
    raws = Arrival.objects.order_by("id").values_list("raw", flat=True)
    return [bytes(raw or b"").split(b"Subject: ")[1].split(b"\r\n")[0].decode() for raw in raws]


def cursor() -> int:
    """Say how far we are with the one folder that there is."""
    return Mailbox.objects.get().last_uid
