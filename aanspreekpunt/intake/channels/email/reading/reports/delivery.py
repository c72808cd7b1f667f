"""Reports on delivery and on reading in the form of the standards: RFC 3464 and RFC 8098."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aanspreekpunt.intake.channels.email.reading.reports.failure import Failure, failure_of, status_in
from aanspreekpunt.intake.channels.email.reading.reports.fields import blocks_of, parts_of, returned_headers

if TYPE_CHECKING:
    from aanspreekpunt.intake.channels.email.reading.mail import Mail
    from aanspreekpunt.intake.channels.email.reading.reports.fields import Fields

ReceiptKind = Literal["delivered", "relayed", "expanded", "delayed", "read", "unread"]
"""Unread: deleted or refused without having been shown."""

_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_READING_TYPES = ("message/disposition-notification", "message/global-disposition-notification")
_FEEDBACK_TYPES = ("message/feedback-report",)
_RECIPIENT = ("original-recipient", "final-recipient", "x-actual-recipient")
_ACTIONS: dict[str, ReceiptKind] = {
    "delivered": "delivered",
    "relayed": "relayed",
    "relay": "relayed",
    "expanded": "expanded",
    "delayed": "delayed",
}
_IDENTIFIER = re.compile(r"<([^<>\s]{1,900})>")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a report on delivery says: what failed, and else what happened."""

    failures: tuple[Failure, ...]
    receipt: ReceiptKind | None


def delivery_in(mail: Mail) -> Delivery | None:
    """Return what the report says of each address, or nothing when it holds no such part."""
    parts = parts_of(mail, *_STATUS_TYPES)
    blocks = [block for part in parts for block in blocks_of(part)]
    people = [block for block in blocks if any(name in block for name in (*_RECIPIENT, "action", "status"))]
    if not people:
        return Delivery((), None) if parts else None
    failed = [block for block in people if _action(block) == "failed"]
    others = [_ACTIONS.get(_action(block)) for block in people]
    receipt = next((each for each in others if each), None)
    return Delivery(tuple(_failure(block, mail) for block in failed), None if failed else receipt)


def _action(block: Fields) -> str:
    """Return what happened; when a server forgot to say, the code tells."""
    words = block.get("action", "").lower().split()
    action = words[0].rstrip(";,(") if words else ""
    if action in _ACTIONS or action in {"failed", "failure"}:
        return action.replace("failure", "failed")
    kind = status_in(block.get("status", "") or block.get("diagnostic-code", ""))[:1]
    return {"5": "failed", "4": "delayed", "2": "delivered"}.get(kind, action)


def _failure(block: Fields, mail: Mail) -> Failure:
    original, final = address_of(block.get("original-recipient", "")), address_of(block.get("final-recipient", ""))
    actual = address_of(block.get("x-actual-recipient", ""))
    address = original or final or actual or _only_recipient(mail)
    diagnostic = block.get("diagnostic-code", "") or block.get("x-supplementary-info", "")
    kind, _, said = diagnostic.partition(";")
    return failure_of(
        address,
        status=block.get("status", ""),
        diagnostic=said if said and len(kind) < 30 else diagnostic,  # noqa: PLR2004 the name of a protocol
        final_address=final,
    )


def _only_recipient(mail: Mail) -> str:
    """Return to whom the returned mail went, when it went to one address."""
    to = returned_headers(mail).get("to", "")
    return address_of(to) if to.count("@") == 1 else ""


def address_of(value: str) -> str:
    """Return the address in a field like "rfc822; jan@post.example", or "" when there is none."""
    bare = value.rpartition(";")[2].strip()
    inside = _IDENTIFIER.search(bare)
    found = (inside[1] if inside else bare).strip("<>\"' ,")
    return found if "@" in found and " " not in found else ""


def reading_in(mail: Mail) -> ReceiptKind | None:
    """Return whether a report says that a mail was read, or nothing when it is no such report."""
    blocks = [block for part in parts_of(mail, *_READING_TYPES) for block in blocks_of(part)]
    if not blocks and not _is_report(mail, "disposition-notification"):
        return None
    disposition = next((block["disposition"].lower() for block in blocks if "disposition" in block), "displayed")
    done = disposition.rpartition(";")[2]
    return "unread" if any(each in done for each in ("deleted", "denied", "failed")) else "read"


def is_feedback(mail: Mail) -> bool:
    """Whether somebody marked our mail as unwanted: RFC 5965."""
    return bool(parts_of(mail, *_FEEDBACK_TYPES)) or _is_report(mail, "feedback-report")


def is_delivery_report(mail: Mail) -> bool:
    """Whether the mail as a whole is a report on delivery, whatever parts of it survived."""
    return _is_report(mail, "delivery-status")


def _is_report(mail: Mail, kind: str) -> bool:
    value = mail.header("content-type").lower()
    return value.startswith("multipart/report") and kind in value


def about(mail: Mail) -> str:
    """Return the Message-ID of the mail that a report is about, "" when it cannot be told."""
    returned = returned_headers(mail).get("message-id", "")
    reading = [block for part in parts_of(mail, *_READING_TYPES, *_FEEDBACK_TYPES) for block in blocks_of(part)]
    named = next((block["original-message-id"] for block in reading if "original-message-id" in block), "")
    found = _IDENTIFIER.search(named or returned)
    return found[1] if found else (named or returned).strip().strip("<>")
