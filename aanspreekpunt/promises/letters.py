"""The letters a resident or team gets about a question. Each is written when it happens and sent by the outbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from aanspreekpunt.common import paper
from aanspreekpunt.common.follow_codes import format_follow_code
from aanspreekpunt.common.phone_numbers import format_phone_number
from aanspreekpunt.common.remembering import recall, remember
from aanspreekpunt.common.writing import write
from aanspreekpunt.messaging.models import Enclosure
from aanspreekpunt.messaging.operations import new_message
from aanspreekpunt.organisation.looks import look_of_letters
from aanspreekpunt.organisation.queries import municipality, supervisors_of
from aanspreekpunt.promises.letter_texts import TEXTS
from aanspreekpunt.promises.told import Told
from aanspreekpunt.questions.intake import NOTHING_LEFT_OUT
from aanspreekpunt.questions.mail_marks import mail_mark
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.queries import customer_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aanspreekpunt.messaging.models import Delivery
    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.promises.models import Handover, Promise
    from aanspreekpunt.questions.intake import LeftOut, Opened
    from aanspreekpunt.questions.models import Attachment, Question

SUBJECTS = {
    "receipt": _("We received your question (%(reference)s)"),
    "too_large": _("Your e-mail is too large for us (%(reference)s)"),
    "left_out": _("We could not open what you sent along (%(reference)s)"),
    "answer_at_once": _("Our answer to your question (%(reference)s)"),
    "answer": _("Our answer to your question (%(reference)s)"),
    "passed_on": _("Your question was passed on (%(reference)s)"),
    "new_date": _("When you hear from us (%(reference)s)"),
    "asked_back": _("We need something from you (%(reference)s)"),
    "merged": _("Your question goes on together with another (%(reference)s)"),
    "team_notice": _("A question for your team (%(reference)s)"),
    "team_reminder": _("A promise comes near its date (%(reference)s)"),
    "supervisor_alarm": _("A promise is past its date (%(reference)s)"),
    "second_hop": _("A question was handed over again (%(reference)s)"),
}
"""Subjects, without anything personal."""

TAKE_BACK_WITHIN = timedelta(seconds=10)
"""How long a letter waits before it is sent, so that who wrote it can take it back."""

RECEIPTS = frozenset({"receipt", "too_large", "left_out"})
"""Letters that say no more than that we have something: whoever gets one twice is not misled."""

TO_STAFF = frozenset({"team_notice", "team_reminder", "supervisor_alarm", "second_hop"})
"""Letters that go to colleagues."""


def receipt(*, opened: Opened, promise: Promise, left_out: LeftOut = NOTHING_LEFT_OUT, at: datetime) -> list[Delivery]:
    """Return the receipt, to be written: what we understood, the reference and code, who has it, and by when.

    It also tells what we could not take in; one for a message that was too large begins with that.
    """
    told = Told(
        question=opened.question,
        contact=opened.contact,
        participant=opened.participant,
        promise=promise,
        left_out=left_out,
    )
    kind = "too_large" if left_out.is_too_large else "receipt"
    secrets = {"follow_code": format_follow_code(opened.follow_code)}
    return _to_resident(kind, told, to=opened.participant.email, key="", secrets=secrets, at=at)


def send_left_out(*, question: Question, contact: Contact, left_out: LeftOut, to: str, at: datetime) -> None:
    """Tell what we could not take in of something that was added to a question."""
    told = Told(question=question, contact=contact, left_out=left_out)
    write(_to_resident("left_out", told, to=to, key=contact.pk, at=at))


def receipt_key(question: Question) -> str:
    """Return the key of the receipt of a question, which exists once."""
    return f"receipt:{question.pk}:"


def answer_at_once(*, opened: Opened, at: datetime) -> list[Delivery]:
    """Return the letter, to be written, with what the desk answered, to who left an e-mail address."""
    told = Told(question=opened.question, contact=opened.contact)
    secrets = {"follow_code": format_follow_code(opened.follow_code)}
    return _to_resident("answer_at_once", told, to=opened.participant.email, key="", secrets=secrets, at=at)


def send_answer(
    *,
    question: Question,
    contact: Contact,
    to: str,
    files: Iterable[Attachment] = (),
    may_be_taken_back: bool = False,
    at: datetime,
) -> None:
    """Send the answer of a department, under its own name, with files; at once, or when nobody can take it back."""
    told = Told(question=question, contact=contact, team=question.owner, files=tuple(files))
    _post("answer", told, to=to, may_be_taken_back=may_be_taken_back, at=at)


def send_asked_back(
    *, question: Question, contact: Contact, to: str, files: Iterable[Attachment] = (), at: datetime
) -> None:
    """Send what we ask the resident, when nobody can take it back any more."""
    told = Told(question=question, contact=contact, team=question.owner, due_at=question.due_at, files=tuple(files))
    _post("asked_back", told, to=to, may_be_taken_back=True, at=at)


def preview_answer(*, question: Question, text: str, files: Iterable[Attachment] = ()) -> tuple[str, str]:
    """Return subject and text of the letter that `send_answer` would send."""
    return _previewed(
        "answer", Told(question=question, contact=_written(text), team=question.owner, files=tuple(files))
    )


def preview_asked_back(
    *, question: Question, text: str, due_at: datetime, files: Iterable[Attachment] = ()
) -> tuple[str, str]:
    """Return subject and text of the letter that `send_asked_back` would send when we wait until `due_at`."""
    told = Told(question=question, contact=_written(text), team=question.owner, due_at=due_at, files=tuple(files))
    return _previewed("asked_back", told)


def key_of(kind: str, contact: Contact) -> str:
    """Return the key of the letter that carries the words of `contact`."""
    return f"{kind}:{contact.question_id}:{contact.pk}"


def _written(text: str) -> Contact:
    return Contact(text=text.strip())


def _previewed(kind: str, told: Told) -> tuple[str, str]:
    with override(told.question.language):
        return _subject(kind, told.question), paper.as_text(TEXTS[kind](told), signed=_signature())


def _post(kind: str, told: Told, *, to: str, may_be_taken_back: bool, at: datetime) -> None:
    """Put a letter in the outbox, with its files; it waits there as long as its writer may take it back."""
    contact = told.contact
    deliveries = _to_resident(kind, told, to=to, key=contact.pk if contact else "", at=at)
    for delivery in deliveries:
        delivery.next_attempt_at = at + TAKE_BACK_WITHIN if may_be_taken_back else at
    write(deliveries)
    write(
        Enclosure(
            delivery=delivery,
            file_name=each.file_name,
            content_type=each.content_type,
            size=each.size,
            sha256=each.sha256,
            stored_as=each.stored_as,
        )
        for delivery in deliveries
        for each in told.files
    )


def send_passed_on(*, question: Question, promise: Promise, at: datetime) -> None:
    """Tell that the question was passed on, to whom, and when the term starts."""
    _about_promise("passed_on", question, promise, at=at)


def send_new_date(*, question: Question, promise: Promise, at: datetime) -> None:
    """Tell the new date or window."""
    _about_promise("new_date", question, promise, at=at)


def send_merged(*, question: Question, into: Question, at: datetime) -> None:
    """Tell that the question goes on together with another of theirs."""
    key = f"{into.pk}:{question.times_reopened}"  # a second time after it was opened again
    told = Told(question=question, into=into)
    write(_to_resident("merged", told, to=customer_of(question).email, key=key, at=at))


def team_notice(*, promise: Promise, at: datetime) -> list[Delivery]:
    """Return the note, to be written, to the mailbox of a team that a question waits; without anything personal."""
    team = promise.team
    return _to_team("team_notice", promise.question, to=team.mailbox, team=team, key=promise.uuid, at=at)


def notify_team(*, promise: Promise, at: datetime) -> None:
    """Tell the mailbox of a team that a question waits."""
    write(team_notice(promise=promise, at=at))


def remind_team(*, promise: Promise, at: datetime) -> None:
    """Remind the mailbox of a team of a promise that comes near."""
    team = promise.team
    write(_to_team("team_reminder", promise.question, to=team.mailbox, team=team, key=promise.pk, at=at))


def escalate_to_supervisor(*, promise: Promise, at: datetime) -> None:
    """Tell each supervisor of a team of a promise that is past its date."""
    for supervisor in supervisors_of(promise.team):
        key = f"{promise.pk}:{supervisor.pk}"
        to, team = supervisor.email, promise.team
        write(_to_team("supervisor_alarm", promise.question, to=to, team=team, key=key, at=at))


def tell_of_second_hop(*, question: Question, handover: Handover, at: datetime) -> None:
    """Tell the supervisors of both teams that another system handed a question over once more."""
    told = {each.email: each.pk for team in (handover.from_team, handover.to_team) for each in supervisors_of(team)}
    for to, pk in told.items():
        key = f"{handover.uuid}:{pk}"
        write(_to_team("second_hop", question, to=to, team=handover.to_team, key=key, at=at))


def _about_promise(kind: str, question: Question, promise: Promise, *, at: datetime) -> None:
    told = Told(question=question, promise=promise, team=promise.team)
    write(_to_resident(kind, told, to=customer_of(question).email, key=promise.pk, at=at))


def _to_resident(
    kind: str, told: Told, *, to: str, key: object, secrets: dict[str, str] | None = None, at: datetime
) -> list[Delivery]:
    if not to:
        return []
    with override(told.question.language):
        return [_written_out(kind, told, to=to, key=key, secrets=secrets, language=told.question.language, at=at)]


def _to_team(kind: str, question: Question, *, to: str, team: Team, key: object, at: datetime) -> list[Delivery]:
    if not to:
        return []
    with override("nl"):
        told = Told(question=question, team=team, due_at=question.due_at)
        return [_written_out(kind, told, to=to, key=key, language="nl", at=at)]


def _written_out(
    kind: str,
    told: Told,
    *,
    to: str,
    key: object,
    secrets: dict[str, str] | None = None,
    language: str,
    at: datetime,
) -> Delivery:
    subject = _subject(kind, told.question)
    blocks, signed = TEXTS[kind](told), _signature()
    return new_message(
        key=f"{kind}:{told.question.pk}:{key}",
        kind=kind,
        to=to,
        subject=subject,
        body_text=paper.as_text(blocks, signed=signed),
        body_html=paper.as_html(blocks, title=subject, language=language, signed=signed, look=look_of_letters()),
        secrets=secrets,
        language=language,
        about=told.question,
        at=at,
    )


def _subject(kind: str, question: Question) -> str:
    # Only a reply of a resident may find its question by the subject: what a colleague mails is not a resident's word.
    reference = question.shown_reference if kind in TO_STAFF else mail_mark(question.reference)
    return str(SUBJECTS[kind]) % {"reference": reference}


def _signature() -> list[str]:
    lines: list[str] | None = recall("signature")
    if lines is not None:
        return lines
    everyone = municipality()
    contact = everyone.contact
    phone = format_phone_number(contact.get("phone", ""))
    lines = [line for line in (everyone.name, phone, contact.get("email", ""), contact.get("website", "")) if line]
    remember("signature", lines)
    return lines
