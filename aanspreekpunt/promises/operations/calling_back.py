"""Calling a resident back: promising it, reaching him, and finding nobody at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.operations.answering import end_question, write_reply
from aanspreekpunt.promises.operations.handing_over import workable
from aanspreekpunt.promises.operations.making import (
    callback_norm_of,
    end_promise,
    hours_of,
    make_callback,
    open_promise_of,
    promised_line,
)
from aanspreekpunt.promises.refusals import NoCallbackPromised
from aanspreekpunt.promises.rules.deadlines import callback_windows
from aanspreekpunt.questions.choices import Channel, Outcome
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations import change_state, write_contact
from aanspreekpunt.questions.queries import customer_of
from aanspreekpunt.questions.refusals import NothingWritten

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.promises.rules.deadlines import Window
    from aanspreekpunt.questions.models import Question


@transaction.atomic
def call_back(*, question: Question, text: str, by: Employee, at: datetime) -> Question:
    """Note that the resident was reached and what was said; the callback is kept and the question settled."""
    if not text.strip():
        raise NothingWritten
    question = workable(question, by=by)
    _open_callback(question)
    write_reply(
        question, text=text, channel=Channel.PHONE, customer=customer_of(question), has_succeeded=True, by=by, at=at
    )
    end_question(question, outcome=Outcome.CALLBACK_KEPT, note="", fulfilled=True, by=by, at=at)
    return question


@transaction.atomic
def miss_callback(
    *, question: Question, text: str = "", next_window: Window | None = None, by: Employee, at: datetime
) -> Question:
    """Note a call that was not answered and promise the next window (proposed from the team's hours if not chosen).

    Calling inside the promised window keeps that promise even when nobody picks up; the attempt is on record. Calling
    before it keeps nothing: unless another window is chosen, the promise stands.
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
    is_early = promise.starts_at is not None and at < promise.starts_at
    if is_early and next_window is None:
        return question
    window = next_window or _window_after(promise, at=at)
    # Ringing again within the same window is the same promise; it is not kept twice.
    end_promise(question, fulfilled=not is_early and window.starts_at >= promise.due_at, at=at)
    return _promise_callback(question, window=window, phone=promise.phone, by=by, at=at)


@transaction.atomic
def promise_callback(*, question: Question, window: Window, phone: str, by: Employee, at: datetime) -> Question:
    """Promise the resident that the team that has the question rings back within `window`."""
    question = workable(question, by=by)
    end_promise(question, fulfilled=False, at=at)
    return _promise_callback(question, window=window, phone=phone, by=by, at=at)


def _open_callback(question: Question) -> Promise:
    promise = None if question.is_settled else open_promise_of(question)
    if promise is None or promise.kind != Promise.Kind.CALLBACK:
        raise NoCallbackPromised
    return promise


def _window_after(promise: Promise, *, at: datetime) -> Window:
    with hours_of(promise.team) as calendar:
        (window,) = callback_windows(start=max(at, promise.due_at), calendar=calendar, count=1)
    return window


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
