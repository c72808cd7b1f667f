"""Answering a question and ending it: answered, called back, referred, withdrawn, a duplicate; and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.operations.handing_over import workable
from aanspreekpunt.promises.operations.making import (
    callback_norm_of,
    due_for,
    end_handover,
    end_promise,
    make_callback,
    make_promise,
    norm_of,
    open_promise_of,
    promised_line,
    take_up_handover,
)
from aanspreekpunt.promises.refusals import NoAddressToWrite, NoCallbackPromised, NotAnOutcome, ReasonNeeded
from aanspreekpunt.promises.rules.deadlines import callback_windows
from aanspreekpunt.questions.access import may_see, may_work_on
from aanspreekpunt.questions.choices import SPOKEN_CHANNELS, Channel, Outcome
from aanspreekpunt.questions.intake import Customer
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations import change_state, locked, write_contact
from aanspreekpunt.questions.queries import customer_of, first_contact_of
from aanspreekpunt.questions.refusals import NothingWritten, NotYours, QuestionIsOpen, SameQuestion

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.promises.rules.deadlines import Window
    from aanspreekpunt.questions.models import Question

OUTCOMES_WITHOUT_ANSWER = frozenset(
    {Outcome.REFERRED, Outcome.BECAME_CASE, Outcome.APPOINTMENT_MADE, Outcome.WITHDRAWN, Outcome.COULD_NOT_BE_ANSWERED}
)
"""How staff may settle a question without answering it; each takes a note saying where, which or why."""


@transaction.atomic
def answer(*, question: Question, text: str, channel: str, by: Employee, at: datetime) -> Question:
    """Answer the resident and settle the question. By e-mail the answer goes out now; spoken answers are noted."""
    if not text.strip():
        raise NothingWritten
    question = workable(question, by=by)
    customer = customer_of(question)
    if channel == Channel.EMAIL and not customer.email:
        raise NoAddressToWrite
    contact = _reply(question, text=text, channel=channel, customer=customer, by=by, at=at)
    _settle(question, outcome=Outcome.ANSWERED, note="", fulfilled=True, by=by, at=at)
    if channel not in SPOKEN_CHANNELS:
        letters.send_answer(question=question, contact=contact, to=customer.email, at=at)
    return question


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
        contact = _reply(
            question,
            text=tell,
            channel=Channel.EMAIL if customer.email else Channel.PHONE,
            customer=customer,
            by=by,
            at=at,
        )
        letters.send_answer(question=question, contact=contact, to=customer.email, at=at)
    fulfilled = outcome not in {Outcome.WITHDRAWN, Outcome.COULD_NOT_BE_ANSWERED}
    _settle(question, outcome=outcome, note=note.strip(), fulfilled=fulfilled, by=by, at=at)
    return question


@transaction.atomic
def call_back(*, question: Question, text: str, by: Employee, at: datetime) -> Question:
    """Note that the resident was reached and what was said; the callback is kept and the question settled."""
    if not text.strip():
        raise NothingWritten
    question = workable(question, by=by)
    _open_callback(question)
    _reply(question, text=text, channel=Channel.PHONE, customer=customer_of(question), has_succeeded=True, by=by, at=at)
    _settle(question, outcome=Outcome.CALLBACK_KEPT, note="", fulfilled=True, by=by, at=at)
    return question


@transaction.atomic
def miss_callback(
    *, question: Question, text: str = "", next_window: Window | None = None, by: Employee, at: datetime
) -> Question:
    """Note a call that was not answered and promise the next window (proposed from the team's hours if not chosen).

    Calling inside the promised window keeps that promise even when nobody picks up; the attempt is on record.
    """
    question = workable(question, by=by)
    promise = _open_callback(question)
    write_contact(
        question=question,
        channel=Channel.PHONE,
        direction=Contact.Direction.OUT,
        text=text.strip(),
        customer=customer_of(question),
        has_succeeded=False,
        by=by,
        at=at,
    )
    record("callback.not_reached", subject=question, team_id=question.owner_id, told_resident=True, by=by, at=at)
    window = next_window or next(
        iter(callback_windows(start=max(at, promise.due_at), calendar=calendar_of(promise.team), count=1))
    )
    end_promise(question, fulfilled=True, at=at)
    return _promise_callback(question, window=window, phone=promise.phone, by=by, at=at)


@transaction.atomic
def promise_callback(*, question: Question, window: Window, phone: str, by: Employee, at: datetime) -> Question:
    """Promise the resident that the team that has the question rings back within `window`."""
    question = workable(question, by=by)
    end_promise(question, fulfilled=False, at=at)
    return _promise_callback(question, window=window, phone=phone, by=by, at=at)


@transaction.atomic
def renew_promise(*, question: Question, reason: str, by: Employee, at: datetime) -> Question:
    """Promise a new date by the norm from now, with the reason, and tell the resident. A late promise stays broken."""
    if not reason.strip():
        raise ReasonNeeded
    question = workable(question, by=by)
    change_state(question, "promise", holder=question.holder)
    end_promise(question, fulfilled=False, at=at)
    question.due_at = due_for(product=question.product, team=question.owner, at=at)
    question.save(update_fields=["state", "holder", "due_at"])
    promise = make_promise(
        question=question, team=question.owner, due_at=question.due_at, norm=norm_of(question.product), by=by, at=at
    )
    record("promise.renewed", subject=question, text=reason.strip(), team_id=question.owner_id, by=by, at=at)
    promised_line(promise, by=by, at=at).save(force_insert=True)
    letters.send_new_date(question=question, promise=promise, at=at)
    return question


@transaction.atomic
def reopen(*, question: Question, reason: str, by: Actor, at: datetime) -> Question:
    """Open a settled question again, because the resident comes back or it was closed too soon; a new promise is made."""
    question = locked(question)
    if not question.is_settled:
        raise QuestionIsOpen
    if not reason.strip():
        raise ReasonNeeded
    change_state(question, "reopen")
    question.outcome, question.outcome_note, question.settled_at, question.duplicate_of = "", "", None, None
    question.times_reopened += 1
    question.has_news = by.actor_kind == "resident"
    question.due_at = due_for(product=question.product, team=question.owner, at=at)
    question.save()
    record(
        "question.reopened",
        subject=question,
        text=reason.strip(),
        team_id=question.owner_id,
        told_resident=True,
        by=by,
        at=at,
    )
    promise = make_promise(
        question=question, team=question.owner, due_at=question.due_at, norm=norm_of(question.product), by=by, at=at
    )
    promised_line(promise, by=by, at=at).save(force_insert=True)
    letters.send_new_date(question=question, promise=promise, at=at)
    return question


def reopen_by_employee(*, question: Question, reason: str, by: Employee, at: datetime) -> Question:
    """Open a settled question again on behalf of the resident; anyone who may see it may do so."""
    if not may_see(by, question):
        raise NotYours
    return reopen(question=question, reason=reason, by=by, at=at)


@transaction.atomic
def merge(*, question: Question, into: Question, by: Employee, at: datetime) -> Question:
    """Settle `question` as a duplicate of `into`, which goes on for both. Both must be visible and workable for `by`."""
    if question.pk == into.pk:
        raise SameQuestion
    # Always in the same order, so that two people merging crosswise wait instead of deadlocking.
    for each in sorted((question, into), key=lambda one: one.pk):
        locked(each)
    question, into = workable(question, by=by), locked(into)
    if not may_see(by, into):
        raise NotYours
    if into.duplicate_of_id is not None or into.pk == question.pk:
        raise SameQuestion
    question.duplicate_of = into
    _settle(question, outcome=Outcome.DUPLICATE, note="", fulfilled=False, by=by, at=at)
    record(
        "question.merged_in",
        subject=into,
        team_id=into.owner_id,
        data={"other": question.pk, "reference": question.reference},
        by=by,
        at=at,
    )
    letters.send_merged(question=question, into=into, at=at)
    return question


def may_answer(employee: Employee, question: Question) -> bool:
    """Say whether the buttons to work on this question make sense for `employee`."""
    return not question.is_settled and may_work_on(employee, question)


def _reply(
    question: Question,
    *,
    text: str,
    channel: str,
    customer: Customer,
    has_succeeded: bool | None = None,
    by: Employee,
    at: datetime,
) -> Contact:
    contact, _ = write_contact(
        question=question,
        channel=channel,
        direction=Contact.Direction.OUT,
        text=text.strip(),
        customer=customer,
        has_succeeded=has_succeeded,
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


def _settle(question: Question, *, outcome: str, note: str, fulfilled: bool, by: Employee, at: datetime) -> None:
    take_up_handover(question=question, by=by, at=at)
    end_handover(question=question, at=at)
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


def _open_callback(question: Question) -> Promise:
    promise = None if question.is_settled else open_promise_of(question)
    if promise is None or promise.kind != Promise.Kind.CALLBACK:
        raise NoCallbackPromised
    return promise


def _promise_callback(question: Question, *, window: Window, phone: str, by: Employee, at: datetime) -> Question:
    change_state(question, "promise", holder=question.holder)
    question.due_at = window.ends_at
    question.save(update_fields=["state", "holder", "due_at"])
    promise = make_callback(
        question=question,
        team=question.owner,
        window=window,
        phone=phone,
        norm=callback_norm_of(question.product),
        by=by,
        at=at,
    )
    promised_line(promise, by=by, at=at).save(force_insert=True)
    letters.send_new_date(question=question, promise=promise, at=at)
    return question
