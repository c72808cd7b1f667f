"""Builders for tests of the desk: questions that came in lately, as the screens show them now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.messaging.arriving import note_understood, store_arrival
from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import make_asked
from aanspreekpunt.questions.attachments import store_received
from aanspreekpunt.questions.models import Attachment, Contact, MailBody

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.questions.models import Question

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def make_question(*, to: Team, by: Employee, days_ago: float = 0, **fields: Any) -> Question:
    """Make a question that was handed over to `to` so many days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    return operations.register_and_hand_over(
        asked=make_asked(**fields), to=to, asks="Zoek dit uit", by=by, at=at
    ).question


def make_desk_question(*, by: Employee, days_ago: float = 0, **fields: Any) -> Question:
    """Make a question that waits at the desk."""
    return operations.keep_at_desk(
        asked=make_asked(**fields), by=by, at=timezone.now() - timedelta(days=days_ago)
    ).question


def make_mail(question: Question, *, text: str = "Nog iets vergeten.", **body: Any) -> Contact:
    """Let a mail about `question` come in, as it stands after it was understood; `raw` is the message as delivered."""
    at, number = timezone.now(), new_uuid()
    raw = body.pop("raw", f"From: karel@example.org\r\n\r\nNog iets: {number}.\r\n".encode())
    operations.receive_addition(
        question=question, text=text, channel="email", intake_account="email", intake_id=str(number), by=RESIDENT, at=at
    )
    contact = Contact.objects.get(intake_id=str(number))
    store_arrival(account="email/test", external_id=str(number), raw=raw, at=at)
    arrival = Arrival.objects.get(external_id=str(number))
    note_understood(arrival=arrival, became="adds", about=question, sender="karel@example.org", at=at)
    values = {"from_name": "Karel van Deurne", "from_address": "karel@example.org", **body}
    MailBody.objects.create(contact=contact, arrival=arrival.uuid, **values)
    return contact


def make_file(contact: Contact, *, name: str = "foto.png", content: bytes = PNG, **fields: Any) -> Attachment:
    """Let a file have come with a contact."""
    attachment = store_received(name=name, content=content, content_id=fields.pop("content_id", ""))
    Attachment.objects.filter(pk=attachment.pk).update(contact=contact, **fields)
    attachment.refresh_from_db()
    return attachment
