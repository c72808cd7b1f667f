"""Builders for tests: mails as residents send them, delivered and taken in."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

from aanspreekpunt.intake.understanding import understand_waiting
from aanspreekpunt.messaging.arriving import store_arrival
from aanspreekpunt.messaging.models import Arrival

if TYPE_CHECKING:
    from collections.abc import Mapping

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KAREL = "Karel van Deurne <karel@example.org>"
STORY = "De container is maandag niet geleegd. Komt er nog iemand langs?"
_numbers = itertools.count(1)


def make_mail(
    text: str = STORY,
    *,
    sender: str = KAREL,
    subject: str = "Container niet geleegd",
    to: str = "post@voorbeeldstad.example",
    headers: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the bytes of a mail from Karel, unless told otherwise; each has a Message-ID of its own."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = "Mon, 02 Mar 2026 09:00:00 +0100"
    mail["Message-ID"] = f"<{next(_numbers)}@example.org>"
    for name, value in (headers or {}).items():
        del mail[name]
        mail[name] = value
    mail.set_content(text)
    for name, content in (files or {}).items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def deliver(raw: bytes, *, at: datetime = MONDAY, envelope_to: tuple[str, ...] = ()) -> Arrival:
    """Deliver these bytes and take them in; return what became of them."""
    store_arrival(
        account="email/post",
        external_id=f"INBOX 1 {next(_numbers)}",
        raw=raw,
        envelope_from="karel@example.org",
        envelope_to=envelope_to,
        at=at,
    )
    understand_waiting(clock=lambda: at)
    return Arrival.objects.latest("id")
