"""Taking in one mail: reading it, finding where it belongs, and doing what follows, in one transaction.

Each mail becomes one contact of a new or known question, or is set aside with the reason; what we cannot read goes to
quarantine. Nothing here sends anything: receipts and letters leave through the outbox, within the caps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.intake.channels.email.caps import Lately, lately, subject_key, take_turns
from aanspreekpunt.intake.channels.email.reading import read_mail
from aanspreekpunt.intake.channels.email.reading.automatic import Kind, kind_of
from aanspreekpunt.intake.channels.email.reading.html import safe_html
from aanspreekpunt.intake.channels.email.reading.language import language_of
from aanspreekpunt.intake.channels.email.reading.quotes import Parts, split
from aanspreekpunt.intake.channels.email.reading.subjects import bare_subject
from aanspreekpunt.intake.channels.email.reading.thanks import is_only_thanks
from aanspreekpunt.intake.channels.email.senders import (
    customer_of,
    our_addresses,
    reply_address,
    sender_address,
    team_written_to,
)
from aanspreekpunt.intake.channels.email.threads import Thread, thread_of
from aanspreekpunt.journal.actors import RESIDENT, SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.messaging.arriving import note_understood
from aanspreekpunt.messaging.sending import note_returned
from aanspreekpunt.messaging.threads import is_ours
from aanspreekpunt.messaging.writing import is_mailable
from aanspreekpunt.promises.operations import receive_question, receive_reply, tell_what_was_left_out
from aanspreekpunt.promises.rules.writing_back import WritingBack
from aanspreekpunt.questions.attachments import attach, store_received
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.intake import NOTHING_LEFT_OUT, Asked, LeftOut
from aanspreekpunt.questions.models import MailBody, Question
from aanspreekpunt.questions.operations import link_what_belongs_together
from aanspreekpunt.questions.queries import contact_delivered_as
from aanspreekpunt.suggestions.operations import note_suggestion

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.intake.channels.email.reading.mail import Mail
    from aanspreekpunt.messaging.models import Arrival
    from aanspreekpunt.questions.models import Attachment, Contact

ACCOUNT: Final = "email"
STATUS_OF: Final = {"hard": "5.1.0", "refused": "5.7.0", "soft": "4.0.0"}
"""What stands for a status that a report does not give, RFC 3463."""
LONGEST_TEXT: Final = 200_000
"""Characters of a mail that are kept to be read at the desk; the message itself is kept whole."""


@dataclass(frozen=True)
class Received:
    """A mail as read, with what was found out about it before anything is changed."""

    arrival: Arrival
    mail: Mail
    at: datetime
    left_out: LeftOut = NOTHING_LEFT_OUT

    @cached_property
    def kind(self) -> Kind:
        return kind_of(
            self.mail, ours=our_addresses(), is_our_message=is_ours, envelope_from=self.arrival.envelope_from or None
        )

    @property
    def is_automatic(self) -> bool:
        """Whether a machine wrote it that expects nothing; a notification of another system may well be a question."""
        return self.kind.name not in {"personal", "notification"}

    @cached_property
    def parts(self) -> Parts:
        return split(self.mail.readable[:LONGEST_TEXT], html=self.mail.html)

    @cached_property
    def thread(self) -> Thread:
        return thread_of(self.mail, about=self.kind.about)

    @property
    def intake_id(self) -> str:
        """Its identity among contacts; a mail tried again has one already, of when it could not be read."""
        return f"{self.arrival.uuid}:again" if self.arrival.about_id else str(self.arrival.uuid)

    @cached_property
    def sender(self) -> str:
        return sender_address(self.mail, envelope_from=self.arrival.envelope_from)

    @cached_property
    def answer_to(self) -> str:
        return reply_address(self.mail, envelope_from=self.arrival.envelope_from)

    @cached_property
    def subject_key(self) -> bytes:
        return subject_key(self.mail.subject)

    @cached_property
    def lately(self) -> Lately:
        return lately(address=self.answer_to, subject_key=self.subject_key, at=self.at)

    @property
    def may_be_answered(self) -> bool:
        return is_mailable(self.answer_to) and self.kind.may_be_answered and self.lately.may_be_answered

    @cached_property
    def language(self) -> str:
        return language_of(self.parts.new or self.mail.readable)

    @property
    def words(self) -> str:
        """What is new in it; a mail that only carries files says so, and what is sealed says that too."""
        words = self.parts.new.strip() or self.mail.readable[:LONGEST_TEXT].strip()
        with override(self.language):
            if "encrypted" in self.mail.defects:
                return f"{_('(This mail is encrypted and cannot be read here.)')}\n\n{words}".strip()
            if "signature_not_checked" in self.mail.defects:
                words = f"{words}\n\n{_('(This mail is signed. The signature was not checked.)')}".strip()
            return words or _("(This mail has no text.)")


@dataclass(frozen=True)
class TakenIn:
    """What a mail became, as a code, the question it belongs to, and the contact that holds its words."""

    became: str
    question: Question | None = None
    contact: Contact | None = None
    reason: str = ""
    is_answered: bool = False


def understand(*, arrival: Arrival, at: datetime) -> None:
    """Take in one mail. Raises `Unreadable` when nothing can be made of it, and `ClaimIsLost`; then nothing changed."""
    received = Received(arrival, read_mail(bytes(arrival.raw or b"")), at)
    files = [] if received.is_automatic and not arrival.is_wanted else _store_files(received.mail)
    received = replace(received, left_out=LeftOut(files=tuple(each.file_name for each in files if each.is_dangerous)))
    with one_transaction():
        take_turns(received.answer_to or received.sender)
        taken = _take_in(received)
        if taken.contact is not None:
            keep_body(received, taken.contact)
            attach(contact=taken.contact, uuids=[each.uuid for each in files])
        note_understood(
            arrival=arrival,
            became=taken.became,
            reason=taken.reason,
            about=taken.question,
            sender=received.answer_to or received.sender,
            subject_key=received.subject_key,
            is_answered=taken.is_answered,
            at=at,
        )


def _take_in(received: Received) -> TakenIn:
    thread = received.thread
    if received.arrival.about_id is not None:  # a question that was opened for it while it could not be read
        return _add_to(Question.objects.get(pk=received.arrival.about_id), received)
    if received.arrival.is_wanted:  # somebody looked at it and says that it is a question
        return _ask(received, belongs_to=thread.question or thread.hint)
    if received.is_automatic:
        return _note_bounce(received) if received.kind.name == "bounce" else _note_automatic(received)
    if thread.is_to_staff or received.lately.is_flood:
        reason = "reply_of_colleague" if thread.is_to_staff else "flood"
        return TakenIn("set_aside", thread.question if thread.is_to_staff else None, reason=reason)
    if thread.question is not None:
        return _add_to(thread.question, received)
    return _ask(received, belongs_to=thread.hint)


def _ask(received: Received, *, belongs_to: Question | None) -> TakenIn:
    is_quiet = not received.may_be_answered
    with override(received.language):
        subject = bare_subject(received.mail.subject) or _("Mail without a subject")
    registered = receive_question(
        asked=Asked(
            subject=subject,
            text=received.words,
            channel=Channel.EMAIL,
            customer=customer_of(received.mail, envelope_from=received.arrival.envelope_from),
            language=received.language,
            intake_account=ACCOUNT,
            intake_id=received.intake_id,
            is_quiet=is_quiet,
            left_out=received.left_out,
        ),
        to=team_written_to(received.mail, received.arrival),
        by=RESIDENT,
        at=received.at,
    )
    note_suggestion(question=registered.question, story=f"{subject}\n{received.words}", at=received.at)
    if belongs_to is not None:
        link_what_belongs_together(question=registered.question, other=belongs_to, by=SYSTEM, at=received.at)
    return TakenIn("question", registered.question, registered.contact, is_answered=not is_quiet)


def _add_to(question: Question, received: Received) -> TakenIn:
    is_quiet = not received.may_be_answered
    known, follows = receive_reply(
        question=question,
        text=received.words,
        channel=Channel.EMAIL,
        intake_account=ACCOUNT,
        intake_id=received.intake_id,
        is_thanks=not received.mail.files and is_only_thanks(received.parts.new),
        is_quiet=is_quiet,
        by=RESIDENT,
        at=received.at,
    )
    if follows is WritingBack.ASKS_ANEW:
        return _ask(received, belongs_to=known)
    contact = contact_delivered_as(intake_account=ACCOUNT, intake_id=received.intake_id)
    is_told = not is_quiet and contact is not None and _tell_what_was_left_out(received, contact)
    is_answered = is_told or (follows is WritingBack.REOPENS and not is_quiet)
    return TakenIn(follows.value, known, contact, is_answered=is_answered)


def _tell_what_was_left_out(received: Received, contact: Contact) -> bool:
    return tell_what_was_left_out(contact=contact, to=received.answer_to, left_out=received.left_out, at=received.at)


def _note_bounce(received: Received) -> TakenIn:
    delivery = received.thread.delivery
    if delivery is None:
        return TakenIn("set_aside", reason="bounce_of_unknown")
    failure = next(iter(received.kind.failures), None)
    severity = failure.severity if failure else "hard"
    code = failure.status if failure and failure.status else STATUS_OF[severity]
    note_returned(delivery=delivery, code=code, at=received.at)
    return TakenIn("bounce", received.thread.question)


def _note_automatic(received: Received) -> TakenIn:
    question = received.thread.question
    if question is None or received.thread.is_to_staff:
        return TakenIn("set_aside", question, reason=received.kind.name)
    record(
        "automatic.received",
        subject=question,
        text=received.words,
        team_id=question.owner_id,
        data={"kind": received.kind.name},
        by=SYSTEM,
        at=received.at,
    )
    return TakenIn("automatic", question, reason=received.kind.name)


def keep_body(received: Received, contact: Contact) -> None:
    """Keep of a mail, beside the words of `contact`, who wrote it, what he quoted and how it looked."""
    mail, parts = received.mail, received.parts
    MailBody.objects.create(
        contact=contact,
        from_name=next((each.name for each in mail.from_ if each.name), ""),
        from_address=received.sender,
        to=[each.email for each in mail.to if each.email],
        cc=[each.email for each in mail.cc if each.email],
        quoted=parts.quoted if parts.new.strip() else "",
        signature=parts.signature if parts.new.strip() else "",
        html=safe_html(mail.html, image=_picture) if mail.html else "",
        defects=list(mail.defects),
        message_id=mail.message_id,
        arrival=received.arrival.uuid,
    )


def _picture(content_id: str) -> str:
    """Refer to a picture that came along as the mail itself does; where it is kept is known when it is shown."""
    return f"cid:{content_id}"


def _store_files(mail: Mail) -> list[Attachment]:
    """Store what came along before the transaction begins; what it is not given to is removed after a day."""
    return [store_received(name=file.name, content=file.content, content_id=file.content_id) for file in mail.files]
