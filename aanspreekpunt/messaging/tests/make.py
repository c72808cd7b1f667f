"""Builders for tests: messages in the outbox, and a mail server on this machine that does as it is told."""

from __future__ import annotations

import itertools
import socket
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

from aanspreekpunt.messaging.operations import new_message

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

    from aanspreekpunt.messaging.models import Delivery

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_delivery(**fields: Any) -> Delivery:
    """Put a receipt for Karel in the outbox, unless `fields` say otherwise."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "key": f"receipt:{number}",
        "kind": "receipt",
        "to": "karel@example.org",
        "subject": f"Bericht {number}",
        "body_text": "Uw code is [[follow_code]].\n.een regel met een punt\n",
        "body_html": "<p>Uw code is [[follow_code]].</p>",
        "secrets": {"follow_code": "ABCD-EFGH-JKMN"},
        "at": MONDAY,
        **fields,
    }
    delivery = new_message(**values)
    delivery.save()
    return delivery


class Postbox:
    """What the test's mail server does with each mail: `replies` first, then 250. With `gate` it waits for it."""

    def __init__(self) -> None:
        self.accepted: list[bytes] = []
        self.replies: list[str] = []
        self.replies_to_recipient: list[str] = []
        self.reached = threading.Event()
        self.gate: threading.Event | None = None
        self.drops_before_data = False

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.drops_before_data:
            assert server.transport is not None
            server.transport.close()
        if self.replies_to_recipient:
            return self.replies_to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        reply = self.replies.pop(0) if self.replies else "250 Kept"
        if reply.startswith("250") or reply == "drop":
            self.accepted.append(envelope.original_content or b"")
        self.reached.set()
        if self.gate is not None:
            self.gate.wait(timeout=30)
        if reply == "drop":
            assert server.transport is not None
            server.transport.close()
        return reply


def start_postbox(postbox: Postbox) -> Controller:
    """Start the test's mail server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    return controller
