"""Putting a message in the outbox, and what becomes of it. Sending itself is done by `messaging.sending`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.messaging.nudge import SEND

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import Model


def new_message(
    *,
    key: str,
    kind: str,
    to: str,
    subject: str,
    body_text: str,
    body_html: str = "",
    secrets: Mapping[str, str] | None = None,
    language: str = "nl",
    about: Model | None = None,
    at: datetime,
) -> Delivery:
    """Return one message to be sent, not written yet: that happens in the transaction of what it tells about.

    `key` makes it exist once: a second message with the same key is an IntegrityError. Each name in `secrets` fills the
    place `[[name]]` in the bodies at the moment of sending, and is forgotten as soon as that ended.
    """
    SEND.after_commit()
    return Delivery(
        key=key,
        kind=kind,
        to_address=to,
        subject=" ".join(subject.split()),
        body_text=body_text,
        body_html=body_html,
        secrets=dict(secrets or {}),
        language=language,
        about_kind=(about._meta.model_name or "") if about is not None else "",
        about_id=about.pk if about is not None else None,
        next_attempt_at=at,
        made_at=at,
    )
