"""Asking the resident something back, waiting for the reply, and what the resident adds by himself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.operations.answering import enclosed_with
from aanspreekpunt.promises.operations.handing_over import workable
from aanspreekpunt.promises.operations.making import (
    due_by,
    due_for,
    end_promise,
    leave_team_not_at_work,
    make_promise,
    make_wait,
    norm_of,
    promised_line,
    take_up_handover,
)
from aanspreekpunt.promises.operations.registering import handed_in_once
from aanspreekpunt.promises.refusals import NoAddressToWrite
from aanspreekpunt.promises.rules.deadlines import Norm, NormKind
from aanspreekpunt.questions.access import is_in_good_hands, may_see
from aanspreekpunt.questions.choices import Channel, State
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations import change_state, locked, write_contact
from aanspreekpunt.questions.queries import customer_of
from aanspreekpunt.questions.refusals import NothingWritten, NotYours, QuestionIsClosed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.questions.models import Question

REPLY_NORM = Norm(NormKind.WORKING_DAYS, 10)
"""How long we wait for a reply before we go on ourselves."""


def waits_until(question: Question, *, at: datetime) -> datetime:
    """Return until when we wait for a reply to what we ask now."""
    return due_by(REPLY_NORM, team=question.owner, at=at)


@transaction.atomic
def ask_resident(
    *, question: Question, text: str, channel: str, files: Iterable[UUID] = (), by: Employee, at: datetime
) -> Question:
    """Ask the resident something needed for the answer. The promise rests until the reply, at most ten working days."""
    if not text.strip():
        raise NothingWritten
    question = workable(question, by=by)
    customer = customer_of(question)
    if channel == Channel.EMAIL and not customer.email:
        raise NoAddressToWrite
    take_up_handover(question=question, by=by, at=at)
    change_state(question, "ask_resident", holder=by)
    contact, _ = write_contact(
        question=question,
        channel=channel,
        direction=Contact.Direction.OUT,
        text=text.strip(),
        customer=customer,
        by=by,
        at=at,
    )
    enclosed = enclosed_with(contact, files)
    end_promise(question, fulfilled=False, at=at)
    question.due_at = waits_until(question, at=at)
    question.save(update_fields=["state", "holder", "due_at"])
    make_wait(question=question, due_at=question.due_at, norm=REPLY_NORM, by=by, at=at)
    record(
        "resident.asked",
        subject=question,
        team_id=question.owner_id,
        data={"contact": contact.pk, "channel": channel, "due_at": question.due_at.isoformat()},
        told_resident=True,
        by=by,
        at=at,
    )
    letters.send_asked_back(question=question, contact=contact, to=customer.email, files=enclosed, at=at)
    return question


@handed_in_once()
def receive_addition(
    *,
    question: Question,
    text: str,
    channel: str,
    intake_account: str = "",
    intake_id: str = "",
    by: Actor,
    at: datetime,
) -> Question:
    """Take in what the resident adds to an open question. If we waited for it, work goes on with a new promise.

    The same form or mail a second time is `AlreadyAsked`.
    """
    if not text.strip():
        raise NothingWritten
    question = locked(question)
    if question.is_settled:
        raise QuestionIsClosed
    contact, _ = write_contact(
        question=question,
        channel=channel,
        text=text.strip(),
        customer=customer_of(question),
        intake_account=intake_account,
        intake_id=intake_id,
        by=by,
        at=at,
    )
    question.has_news = True
    record(
        "resident.replied" if question.state == State.AWAITING_RESIDENT else "resident.added",
        subject=question,
        team_id=question.owner_id,
        data={"contact": contact.pk, "channel": channel},
        told_resident=True,
        by=by,
        at=at,
    )
    if question.state == State.AWAITING_RESIDENT:
        return _go_on(question, verb="receive_reply", replied=True, by=by, at=at)
    question.save(update_fields=["has_news"])
    return question


@transaction.atomic
def note_addition(*, question: Question, text: str, channel: str, by: Employee, at: datetime) -> Question:
    """Note what the resident added by phone or at the counter, by anyone who may see the question."""
    if not may_see(by, locked(question)):
        raise NotYours
    return receive_addition(question=question, text=text, channel=channel, by=by, at=at)


@transaction.atomic
def stop_waiting(*, question: Question, by: Actor, at: datetime) -> Question:
    """Go on without a reply, because its date passed or it is no longer needed; a new promise starts."""
    question = workable(question, by=by) if isinstance(by, Employee) else locked(question)
    record("reply.not_received", subject=question, team_id=question.owner_id, told_resident=True, by=by, at=at)
    return _go_on(question, verb="stop_waiting", replied=False, by=by, at=at)


def _go_on(question: Question, *, verb: str, replied: bool, by: Actor, at: datetime) -> Question:
    leave_team_not_at_work(question, by=by, at=at)
    change_state(question, verb, holder=question.holder if is_in_good_hands(question) else None)
    end_promise(question, fulfilled=replied, at=at)
    question.due_at = due_for(product=question.product, team=question.owner, at=at)
    question.save(update_fields=["owner", "state", "holder", "due_at", "has_news"])
    promise = make_promise(
        question=question, team=question.owner, due_at=question.due_at, norm=norm_of(question.product), by=by, at=at
    )
    promised_line(promise, by=by, at=at).save(force_insert=True)
    return question
