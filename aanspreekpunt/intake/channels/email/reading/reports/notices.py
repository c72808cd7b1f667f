"""Mails that did not arrive, told in words: many servers write a letter instead of a report by the standard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aanspreekpunt.intake.channels.email.reading.reports import phrases
from aanspreekpunt.intake.channels.email.reading.reports.delivery import address_of
from aanspreekpunt.intake.channels.email.reading.reports.failure import Failure, failure_of, status_in
from aanspreekpunt.intake.channels.email.reading.reports.fields import returned_headers

if TYPE_CHECKING:
    from collections.abc import Collection

    from aanspreekpunt.intake.channels.email.reading.mail import Mail

_MOST = 20_000
_BEGINNING = 400
_MOST_ADDRESSES = 50
_REASON = 800
_CONTEXT = 3000
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'/=&~!#$*?^{|}-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{1,250}[A-Za-z0-9]")
_COPY = re.compile(
    r"^[ \t]{0,8}(?:-{2,}[^\n]{0,20}(?:copy of|below this line|returned message|original message|message header"
    r"|undelivered|oorspronkelijk bericht|ursprüngliche)|original message headers|received: |return-path: "
    r"|included is a copy|unsent message)",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_TOLD = re.compile(
    r"^[ \t>]{0,8}(?:message-id|references|in-reply-to|from|van|sender|reply-to)[ \t]{0,3}:[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_TO_LINE = re.compile(r"^[ \t>|]{0,8}To:([^\n]{1,1000})", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(
    r"^[ \t>|]{0,8}Message-ID:\s{0,3}<?([^\s<>@]{1,300}@[^\s<>]{1,250})", re.IGNORECASE | re.MULTILINE
)
_LINE_OF_ADDRESS = re.compile(
    r"^[ \t>*'\"]{0,12}(?:<[^<>\s]+@|[^\s<>@:]{1,64}@[^\s<>]+['\"]?[*:)]{0,3}(?:\s|$))", re.MULTILINE
)
_TOLD = re.compile(
    r"(?:to|recipients?|address(?:es)?|ontvangers?|geadresseerden?(?: of groepen)?|aan|an|groups|à|destinataires?"
    r"|following|user|for|mailbox|recipient address|groupes|gruppen)\b[^\n@]{0,80}?$",
    re.IGNORECASE | re.MULTILINE,
)


def is_daemon(mail: Mail) -> bool:
    """Whether the sender is a mail server by its address or its name."""
    for person in (*mail.from_, *mail.sender):
        local = person.email.lower().partition("@")[0]
        if local.startswith(phrases.DAEMONS) or any(name in person.name.lower() for name in phrases.DAEMON_NAMES):
            return True
    return False


def notice_in(mail: Mail, *, is_from_machine: bool) -> str | None:
    """Say by what a mail without a report shows that something failed: "subject", "text", or a header; else nothing."""
    if mail.header("x-failed-recipients"):
        return "X-Failed-Recipients"
    subject, text = mail.subject.strip().lower(), " ".join(mail.text[:_MOST].lower().split())
    by_subject = any(each in subject[:80] for each in phrases.BOUNCE_SUBJECTS)
    by_text = any(each in text[:4000] for each in phrases.BOUNCE_TEXTS)
    if is_daemon(mail) or is_from_machine:
        has_code = is_daemon(mail) and bool(status_in(text))
        return "text" if by_text or has_code else "subject" if by_subject else None
    starts = subject.startswith(phrases.BOUNCE_SUBJECTS) and any(
        each in text.lstrip()[:_BEGINNING] for each in phrases.BOUNCE_TEXTS
    )
    return "subject and text" if starts and status_in(mail.text[:_MOST]) else None


def is_delay(mail: Mail) -> bool:
    """Whether a server only says that it will go on trying."""
    seen = f"{mail.subject}\n{mail.text[:4000]}".lower()
    return any(each in seen for each in phrases.DELAYS) and "permanent" not in seen


def failures_in(mail: Mail, *, ours: Collection[str]) -> tuple[Failure, ...]:
    """Return which addresses failed, as far as headers and words tell."""
    text = _told(mail.text)
    named = [address_of(each) for value in mail.headers("x-failed-recipients") for each in value.split(",")]
    not_failed = {each.lower() for each in ours} | {
        each.email.lower() for each in (*mail.from_, *mail.to, *mail.sender)
    }
    found = [each for each in named if each] or [each for each in _addresses(text) if each.lower() not in not_failed]
    found = list(dict.fromkeys(found or _returned_to(mail)))[:_MOST_ADDRESSES]
    return tuple(_failure(address, text) for address in found) or (_failure("", text),)


def _told(text: str) -> str:
    """Return the words of the server, without the copy of the mail and the headers of it that it sends along."""
    seen = text[:_MOST]
    copy = _COPY.search(seen, 40)
    return _NOT_TOLD.sub("", seen[: copy.start()] if copy else seen)


def _addresses(text: str) -> list[str]:
    """Return addresses at the beginning of a line, else those that stand where one is told of, else the first."""
    first = [match[0] for start in _LINE_OF_ADDRESS.finditer(text) if (match := _ADDRESS.search(text, start.start()))]
    if first:
        return first
    every = list(_ADDRESS.finditer(text))[: _MOST_ADDRESSES * 2]
    told = [
        each[0] for each in every if _TOLD.search(text[max(0, each.start() - 90) : each.start()].rstrip(" \n\t:<'\"(*"))
    ]
    return told or [each[0] for each in every[:1]]


def _returned_to(mail: Mail) -> list[str]:
    to = returned_headers(mail).get("to", "") or _to_in_copy(mail.text[: _MOST * 2])
    return [match[0] for match in _ADDRESS.finditer(to[:_MOST])][:1] if to.count("@") == 1 else []


def _to_in_copy(text: str) -> str:
    """Return to whom the mail went whose copy stands below the words of the server."""
    copy = _COPY.search(text)
    found = _TO_LINE.search(text, copy.end()) if copy else None
    return found[1] if found else ""


def _failure(address: str, text: str) -> Failure:
    """Take what stands right behind the address as the reason; what stands nowhere else is in the text as a whole."""
    at = text.rfind(address) if address and text.count(address) > 1 else text.find(address)
    first = text.find(address)
    behind = text[first : first + _REASON] if address and at >= 0 else ""
    status = status_in(behind.replace(address, "")) or status_in(text.replace(address, "") if address else text)
    reason = " ".join(behind.replace(address, "", 1).split()).strip(" <>:'\")") or " ".join(text.split())
    return failure_of(address, status=status, diagnostic=reason[:_REASON], context=text[:_CONTEXT])


def message_id_in(text: str) -> str:
    """Return the Message-ID in a mail that is sent back as text."""
    found = _MESSAGE_ID.search(text[: _MOST * 10])
    return found[1] if found else ""
