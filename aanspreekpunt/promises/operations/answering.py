"""Answering a question, and ending it in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.operations.handing_over import workable
from aanspreekpunt.promises.operations.making import (
    end_handover,
    end_promise,
    take_up_handover,
)
from aanspreekpunt.promises.operations.tasking import finish_tasks
from aanspreekpunt.promises.refusals import FilesGoByMail, NoAddressToWrite, NotAnOutcome, ReasonNeeded
from aanspreekpunt.questions.attachments import copy_to, enclose
from aanspreekpunt.questions.choices import SPOKEN_CHANNELS, Channel, Outcome
from aanspreekpunt.questions.models import Attachment, Contact, Question
from aanspreekpunt.questions.operations import change_state, write_contact
from aanspreekpunt.questions.queries import customer_of, first_contact_of, questions_gathered_in
from aanspreekpunt.questions.refusals import NothingWritten

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.intake import Customer

OUTCOMES_WITHOUT_ANSWER = frozenset(
    {Outcome.REFERRED, Outcome.BECAME_CASE, Outcome.APPOINTMENT_MADE, Outcome.WITHDRAWN, Outcome.COULD_NOT_BE_ANSWERED}
)
"""How staff may settle a question without answering it; each takes a note saying where, which or why."""


@transaction.atomic
def answer(
    *, question: Question, text: str, channel: str, files: Iterable[UUID] = (), by: Employee, at: datetime
) -> Question:
    """Answer the resident and settle the question. By e-mail it goes out, with stored `files`; when spoken it is noted.

    Residents whose question was merged into this one get the same words and files. Until the letter goes out it can be
    taken back, see `take_back`.
    """
    if not text.strip():
        raise NothingWritten
    question = workable(question, by=by)
    customer = customer_of(question)
    if channel == Channel.EMAIL and not customer.email:
        raise NoAddressToWrite
    contact = write_reply(question, text=text, channel=channel, customer=customer, by=by, at=at)
    enclosed = enclosed_with(contact, files)
    end_question(question, outcome=Outcome.ANSWERED, note="", fulfilled=True, by=by, at=at)
    if channel not in SPOKEN_CHANNELS:
        letters.send_answer(
            question=question, contact=contact, to=customer.email, files=enclosed, may_be_taken_back=True, at=at
        )
    _answer_merged(question, contact, files=enclosed, by=by, at=at)
    return question


def enclosed_with(contact: Contact, uuids: Iterable[UUID]) -> list[Attachment]:
    """Give these stored files to what we write; only a letter can carry them."""
    wanted = list(uuids)
    if wanted and contact.channel != Channel.EMAIL:
        raise FilesGoByMail
    return enclose(contact=contact, uuids=wanted) if wanted else []


def _answer_merged(
    question: Question, answered: Contact, *, files: Iterable[Attachment], by: Employee, at: datetime
) -> None:
    """Give the same answer to whoever asked it too: by mail, or else on the page where he follows his question."""
    merged = Question.objects.filter(pk__in=questions_gathered_in(question)).exclude(pk=question.pk)
    for each in merged.select_related("owner").order_by("pk"):
        customer = customer_of(each)
        channel = Channel.EMAIL if customer.email else Channel.WEB_FORM
        contact = write_reply(
            each,
            text=answered.text,
            channel=channel,
            customer=customer,
            conversation=answered.conversation,
            by=by,
            at=at,
        )
        copies = [copy_to(contact, file) for file in files]
        letters.send_answer(
            question=each, contact=contact, to=customer.email, files=copies, may_be_taken_back=True, at=at
        )


@transaction.atomic
def settle(*, question: Question, outcome: str, note: str, tell: str = "", by: Employee, at: datetime) -> Question:
    """End the question without an answer of our own; `note` says where to, which case, or why. `tell` is mailed."""
    if outcome not in OUTCOMES_WITHOUT_ANSWER:
        raise NotAnOutcome
    if not note.strip():
        raise ReasonNeeded
    question = workable(question, by=by)
    if tell.strip():
        customer = customer_of(question)
        contact = write_reply(
            question,
            text=tell,
            channel=Channel.EMAIL if customer.email else Channel.PHONE,
            customer=customer,
            by=by,
            at=at,
        )
        letters.send_answer(question=question, contact=contact, to=customer.email, at=at)
    # What was promised is kept by telling the resident how it ended; without a word to him it is withdrawn.
    fulfilled = bool(tell.strip()) and outcome not in {Outcome.WITHDRAWN, Outcome.COULD_NOT_BE_ANSWERED}
    end_question(question, outcome=outcome, note=note.strip(), fulfilled=fulfilled, by=by, at=at)
    return question


def write_reply(
    question: Question,
    *,
    text: str,
    channel: str,
    customer: Customer,
    has_succeeded: bool | None = None,
    conversation: UUID | None = None,
    by: Employee,
    at: datetime,
) -> Contact:
    """Write down the answer given to the resident, with its journal line."""
    contact, _ = write_contact(
        question=question,
        channel=channel,
        direction=Contact.Direction.OUT,
        text=text.strip(),
        customer=customer,
        has_succeeded=has_succeeded,
        conversation=conversation,
        answers=first_contact_of(question),
        by=by,
        at=at,
    )
    record(
        "question.answered",
        subject=question,
        team_id=question.owner_id,
        data={"contact": contact.pk, "channel": channel},
        told_resident=True,
        by=by,
        at=at,
    )
    return contact


def end_question(question: Question, *, outcome: str, note: str, fulfilled: bool, by: Actor, at: datetime) -> None:
    """Settle a locked question: its handover and tasks are done, its promise ends, and nobody holds it any more."""
    take_up_handover(question=question, by=by, at=at)
    end_handover(question=question, at=at)
    finish_tasks(question, at=at)
    promise = end_promise(question, fulfilled=fulfilled, at=at)
    change_state(question, "settle")
    question.outcome, question.outcome_note = outcome, note
    question.settled_at, question.due_at, question.has_news = at, None, False
    question.save(
        update_fields=[
            "state",
            "holder",
            "outcome",
            "outcome_note",
            "settled_at",
            "due_at",
            "has_news",
            "duplicate_of",
        ]
    )
    record(
        "question.settled",
        subject=question,
        text=note,
        team_id=question.owner_id,
        data={"outcome": outcome, "promise": promise.state},
        told_resident=True,
        by=by,
        at=at,
    )
