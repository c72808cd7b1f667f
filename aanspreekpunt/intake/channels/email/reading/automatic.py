"""Who or what wrote a mail: a person, or a machine that reports, answers or sends to many.

Headers and the parts of a report decide before words do, and words only together: "Undeliverable passport" is a
resident's question. In doubt a mail is a person's, but one that gets no automatic answer.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from aanspreekpunt.intake.channels.email.reading.mail import Unreadable
from aanspreekpunt.intake.channels.email.reading.reader import read_mail
from aanspreekpunt.intake.channels.email.reading.reports import autoreplies, delivery, lists, notices
from aanspreekpunt.intake.channels.email.reading.reports.delivery import ReceiptKind
from aanspreekpunt.intake.channels.email.reading.reports.failure import Failure, Severity
from aanspreekpunt.intake.channels.email.reading.reports.fields import parts_of, returned_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from aanspreekpunt.intake.channels.email.reading.mail import Mail

__all__ = ["Failure", "Kind", "KindName", "ReceiptKind", "Severity", "kind_of"]

KindName = Literal[
    "personal",
    "out_of_office",
    "auto_reply",
    "notification",
    "bounce",
    "receipt",
    "feedback_loop",
    "mailing_list",
    "own",
]
"""Auto-reply: a system answers. Notification: a system writes of its own accord; what it says may be a question."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of mail it is, and by what that shows."""

    name: KindName
    reason: str = ""
    """Which header or part says so; never anything of a person. "" for a person's mail without anything special."""
    failures: tuple[Failure, ...] = ()
    """Of a bounce: each address that was not reached."""
    receipt: ReceiptKind | None = None
    """Of a receipt: what happened to the mail."""
    about: str = ""
    """The Message-ID of the mail that is reported on or answered, without brackets; "" when it cannot be told."""
    via_list: str = ""
    """The list over which a person wrote to us."""
    may_be_answered: bool = False
    """Whether a machine of ours may answer it."""


def kind_of(
    mail: Mail,
    *,
    ours: Collection[str] = (),
    is_our_message: Callable[[str], bool] | None = None,
    envelope_from: str | None = None,
) -> Kind:
    """Tell what sort of mail it is.

    `ours` are the addresses at which we receive, `is_our_message` knows a Message-ID that we gave out, and
    `envelope_from` is the sender in the envelope: "" for the empty one, None when it is not known.
    """
    is_null = envelope_from in {"", "<>"} or autoreplies.is_null(mail.header("return-path"))
    return (
        _report(mail, ours, is_null=is_null)
        or _own(mail, ours, is_our_message)
        or _notice(mail, ours, is_null=is_null)
        or _automatic(mail)
        or _of_list(mail, ours)
        or _personal(mail, is_null=is_null)
    )


def _report(mail: Mail, ours: Collection[str], *, is_null: bool) -> Kind | None:
    """Read the reports of the standards. One within another mail counts only when a machine sent that."""
    about = delivery.about(mail)
    if delivery.is_feedback(mail):
        return Kind("feedback_loop", "message/feedback-report", about=about)
    reading = delivery.reading_in(mail)
    if reading:
        return Kind("receipt", "message/disposition-notification", receipt=reading, about=about or _answered(mail))
    told = delivery.delivery_in(mail)
    if told is None and not delivery.is_delivery_report(mail):
        return None
    if not (delivery.is_delivery_report(mail) or is_null or notices.is_daemon(mail)):
        return None
    return _of_delivery(mail, ours, told, about)


def _of_delivery(mail: Mail, ours: Collection[str], told: delivery.Delivery | None, about: str) -> Kind:
    kind = Kind("bounce", "message/delivery-status", about=about or _about_notice(mail))
    if told and told.receipt:
        return replace(kind, name="receipt", receipt=told.receipt)
    if told and told.failures:
        return replace(kind, failures=_completed(told.failures, mail, ours))
    if notices.is_delay(mail):
        return replace(kind, name="receipt", reason="multipart/report", receipt="delayed")
    return replace(kind, reason="multipart/report", failures=notices.failures_in(mail, ours=ours))


def _completed(failures: tuple[Failure, ...], mail: Mail, ours: Collection[str]) -> tuple[Failure, ...]:
    """Look in the words of the report for an address that its fields leave out."""
    if all(failure.address for failure in failures):
        return tuple(dict.fromkeys(failures))
    found = notices.failures_in(mail, ours=ours)
    return tuple(
        replace(failure, address=failure.address or found[min(at, len(found) - 1)].address)
        for at, failure in enumerate(failures)
    )


def _own(mail: Mail, ours: Collection[str], is_our_message: Callable[[str], bool] | None) -> Kind | None:
    if is_our_message and mail.message_id and is_our_message(mail.message_id):
        return Kind("own", "Message-ID", about=mail.message_id)
    own = {each.lower() for each in ours}
    if mail.from_ and all(person.email.lower() in own for person in mail.from_):
        return Kind("own", "From", about=mail.message_id)
    return None


def _notice(mail: Mail, ours: Collection[str], *, is_null: bool) -> Kind | None:
    """Read the letters that servers write without a report."""
    found = autoreplies.auto_header(mail)
    by_header = found is not None and found[1].startswith("Auto-Submitted") and not mail.header("list-id")
    if autoreplies.is_read_notice(mail):
        return Kind("receipt", "subject and text", receipt="read", about=_answered(mail))
    reason = notices.notice_in(mail, is_from_machine=is_null)
    if reason is None and by_header and not autoreplies.is_away(mail):
        reason = "text" if _begins_as_notice(mail) else None
    if reason is None:
        return None
    about = _about_notice(mail)
    if notices.is_delay(mail):
        return Kind("receipt", reason, receipt="delayed", about=about)
    failures = _reported_within(mail) or notices.failures_in(mail, ours=ours)
    return Kind("bounce", reason, failures=failures, about=about)


def _reported_within(mail: Mail) -> tuple[Failure, ...]:
    """Read the report of another server that a server only sends on."""
    if not returned_headers(mail).get("content-type", "").lower().startswith("multipart/report"):
        return ()
    for raw in parts_of(mail, "message/rfc822", "message/global")[:1]:
        with suppress(Unreadable):
            told = delivery.delivery_in(read_mail(raw))
            return told.failures if told else ()
    return ()


def _begins_as_notice(mail: Mail) -> bool:
    return notices.notice_in(replace(mail, from_=(), sender=()), is_from_machine=False) is not None


def _about_notice(mail: Mail) -> str:
    return delivery.about(mail) or notices.message_id_in(mail.text) or _answered(mail)


def _answered(mail: Mail) -> str:
    return next(iter((*mail.in_reply_to, *mail.references[-1:])), "")


def _automatic(mail: Mail) -> Kind | None:
    found = autoreplies.auto_header(mail) or autoreplies.auto_words(mail)
    if found is None:
        return None
    name, reason = found
    if name == "auto_reply" and autoreplies.is_away(mail):
        name = "out_of_office"
    return Kind(name, reason, about=_answered(mail))


def _of_list(mail: Mail, ours: Collection[str]) -> Kind | None:
    reason = lists.list_header(mail)
    if not reason:
        return None
    via = lists.name_of_list(mail)
    if lists.is_person_on_list(mail, ours=ours):
        return Kind("personal", reason, about=_answered(mail), via_list=via or reason)
    return Kind("mailing_list", reason, via_list=via)


def _personal(mail: Mail, *, is_null: bool) -> Kind:
    """Take it for a person's mail, and say why a machine may not answer it, if there is a reason."""
    reasons = {
        "empty envelope sender": is_null,
        "X-Auto-Response-Suppress": bool(mail.header("x-auto-response-suppress").strip()),
        "no-reply address": autoreplies.takes_no_replies(mail),
        "mail server as sender": notices.is_daemon(mail),
        "no sender": not any(person.email for person in (*mail.from_, *mail.reply_to)),
    }
    reason = next((each for each, holds in reasons.items() if holds), "")
    return Kind("personal", reason, about=_answered(mail), may_be_answered=not reason)
