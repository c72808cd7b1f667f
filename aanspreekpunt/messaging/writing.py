"""Turning a row of the outbox into a mail."""

from __future__ import annotations

import re
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import escape

from aanspreekpunt.messaging.threads import message_id_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.messaging.models import Delivery

_PLACE = re.compile(r"\[\[([a-z_]+)\]\]")
_FORM = policy.SMTP.clone(cte_type="7bit")  # readable by any server on the way


def mail_of(delivery: Delivery, *, at: datetime) -> EmailMessage:
    """Return the mail, with its secrets filled in."""
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMessage(policy=_FORM)
    mail["From"] = Address(display_name=name, addr_spec=sender)
    mail["To"] = Address(addr_spec=delivery.to_address)
    mail["Subject"] = delivery.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id_of(delivery)
    # Keeps answering machines from answering us.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_filled(delivery.body_text, delivery.secrets))
    if delivery.body_html:
        escaped = {place: escape(text) for place, text in delivery.secrets.items()}
        mail.add_alternative(_filled(delivery.body_html, escaped), subtype="html")
    mail["Content-Language"] = delivery.language  # last, because setting the content takes such headers away
    return mail


def has_secrets(delivery: Delivery) -> bool:
    """Say whether this mail has places that are filled when it is sent: with what is forgotten afterwards."""
    return bool(_PLACE.search(delivery.body_text))


def _filled(body: str, secrets: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: secrets.get(place[1], place[0]), body)
