"""Knowing our own mails again: a Message-ID that only we can have made, so that a reply is put where it belongs.

A made-up Message-ID in a reply must never attach somebody's words to a question; hence the keyed check in ours.
"""

from __future__ import annotations

import hmac
import re
from email.utils import parseaddr
from typing import Final
from uuid import UUID

from django.conf import settings

from aanspreekpunt.common.sealing import keyed_hash
from aanspreekpunt.messaging.models import Delivery

_PURPOSE: Final = "message-id"
_CHECK_BYTES: Final = 16
_OURS = re.compile(r"<?([0-9a-f]{32})\.([0-9a-f]{32})@")


def message_id_of(delivery: Delivery) -> str:
    """Return the identity of this mail, the same at every attempt, so that a mailbox can tell a repetition."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{delivery.uuid.hex}.{_check(delivery.uuid)}@{domain}>"


def is_ours(message_id: str) -> bool:
    """Say whether we made this Message-ID."""
    return _uuid_in(message_id) is not None


def delivery_named(message_id: str) -> Delivery | None:
    """Return the mail of ours with this Message-ID; nothing when we did not make it, whatever it looks like."""
    uuid = _uuid_in(message_id)
    return Delivery.objects.filter(uuid=uuid).first() if uuid else None


def _uuid_in(message_id: str) -> UUID | None:
    found = _OURS.match(message_id.strip())
    if found is None:
        return None
    uuid = UUID(found[1])
    return uuid if hmac.compare_digest(found[2], _check(uuid)) else None


def _check(uuid: UUID) -> str:
    return keyed_hash(uuid.hex, purpose=_PURPOSE)[:_CHECK_BYTES].hex()
