"""Turning a row of the outbox into a mail."""

from __future__ import annotations

import hashlib
import re
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.html import escape

from aanspreekpunt.messaging.threads import message_id_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.messaging.models import Delivery, Enclosure

_PLACE = re.compile(r"\[\[([a-z_]+)\]\]")
_FORM = policy.SMTP.clone(cte_type="7bit")  # readable by any server on the way


class EnclosureIsGone(Exception):
    """A file that should go along is not there any more, or is another one."""


class AddressIsWrong(Exception):
    """No mail can be sent to this address, whatever a mail server would say of it."""


def is_mailable(address: str) -> bool:
    """Say whether a mail can be addressed so; what stands before the @ has to be plain letters, as servers ask for."""
    try:
        _recipient(address)
    except AddressIsWrong:
        return False
    return True


def mail_of(delivery: Delivery, *, at: datetime) -> EmailMessage:
    """Return the mail, with its secrets filled in and its files. Raises `EnclosureIsGone` or `AddressIsWrong`."""
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMessage(policy=_FORM)
    mail["From"] = Address(display_name=name, addr_spec=sender)
    mail["To"] = _recipient(delivery.to_address)
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
    for enclosure in delivery.enclosures.order_by("id"):
        maintype, _slash, subtype = enclosure.content_type.partition("/")
        mail.add_attachment(_bytes_of(enclosure), maintype=maintype, subtype=subtype, filename=enclosure.file_name)
    mail["Content-Language"] = delivery.language  # last, because setting the content takes such headers away
    return mail


def _recipient(address: str) -> Address:
    try:
        return Address(addr_spec=address)
    except (ValueError, MessageError, IndexError) as error:  # the library tells what is wrong in all these ways
        raise AddressIsWrong from error


def _bytes_of(enclosure: Enclosure) -> bytes:
    """Read a file that goes along; one that is not what it was when the letter was written does not go out."""
    try:
        with default_storage.open(enclosure.stored_as) as file:
            content: bytes = file.read()
    except OSError as error:
        raise EnclosureIsGone from error
    if hashlib.sha256(content).digest() != bytes(enclosure.sha256):
        raise EnclosureIsGone
    return content


def has_secrets(delivery: Delivery) -> bool:
    """Say whether this mail has places that are filled when it is sent: with what is forgotten afterwards."""
    return bool(_PLACE.search(delivery.body_text))


def _filled(body: str, secrets: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: secrets.get(place[1], place[0]), body)
