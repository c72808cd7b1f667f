"""Taking back an answer, or something we asked, before its letter goes out.

The journal only grows, so nothing of it is wiped out: lines of their own say which lines are undone. The resident reads
neither, for he was never told. A promise that the answer kept counts as withdrawn, and the same date is promised anew.
The handover that the answer ended is under way again, and standard answers inserted in it were not given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.operations.uses import take_back_given
from aanspreekpunt.messaging.refusals import AlreadyOnItsWay
from aanspreekpunt.messaging.sending import withdraw
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.operations.making import (
    carry_over,
    due_for,
    end_promise,
    make_promise,
    norm_of,
    promised_line,
    reopen_handover,
)
from aanspreekpunt.promises.operations.tasking import undo_finish
from aanspreekpunt.questions.access import may_work_on
from aanspreekpunt.questions.attachments import let_go
from aanspreekpunt.questions.choices import Channel, State
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations import change_state, locked_together
from aanspreekpunt.questions.refusals import NotPossibleNow, NotYours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question

_LETTERS = {"question.answered": "answer", "resident.asked": "asked_back"}
_TOLD_WITH_IT = {"question.answered": ("question.answered", "question.settled"), "resident.asked": ("resident.asked",)}


@transaction.atomic
def take_back(*, question: Question, contact: Contact, by: Employee, at: datetime) -> list[UUID]:
    """Take back what `by` just wrote to the resident, as long as no letter with it is on its way; he holds it again.

    Returns the files that were to go along, free to be sent with what he writes instead.
    """
    written = _written_together(question, contact, by=by)
    event = _event_of(contact)
    # Letters before questions: a sender that tells of a failure takes them in this order as well.
    withdraw(keys=[letters.key_of(_LETTERS[event], each) for each in written if each.channel == Channel.EMAIL], at=at)
    questions = {each.pk: each for each in locked_together(*(each.question for each in written if each.question))}
    question = questions[question.pk]
    if not may_work_on(by, question):
        raise NotYours
    _refuse_if_it_went_on(question, contact, event)
    for each in written:
        _undo_lines(questions[each.question_id or 0], each, event, by=by, at=at)
    Contact.objects.filter(pk__in=[each.pk for each in written]).update(has_succeeded=False)
    _open_again(question, contact, by=by, at=at)
    if event == "question.answered":
        reopen_handover(question=question, ended_at=contact.occurred_at)
        take_back_given(question_id=question.pk, at=contact.occurred_at)
    return let_go(contact=contact)


def _written_together(question: Question, contact: Contact, *, by: Employee) -> Sequence[Contact]:
    """Return this contact and those that gave the same answer to residents whose questions were merged."""
    if contact.question_id != question.pk or contact.by_employee_id != by.pk:
        raise NotYours
    together = Contact.objects.filter(conversation=contact.conversation, direction=Contact.Direction.OUT)
    written = list(together.select_related("question").order_by("pk"))
    if (
        contact.channel != Channel.EMAIL
        or contact not in written
        or any(each.has_succeeded is False for each in written)
    ):
        raise AlreadyOnItsWay
    return written


def _event_of(contact: Contact) -> str:
    """Return with which event this was written; only answers and what we ask can be taken back."""
    lines = Entry.objects.filter(
        subject_kind="question", subject_id=contact.question_id or 0, event__in=list(_LETTERS), data__contact=contact.pk
    )
    event = lines.values_list("event", flat=True).first()
    if event is None:
        raise AlreadyOnItsWay
    return event


def _refuse_if_it_went_on(question: Question, contact: Contact, event: str) -> None:
    """Refuse when something else happened to the question since."""
    if event == "question.answered":
        is_same = question.settled_at == contact.occurred_at
    else:
        wait = Promise.objects.filter(question=question, state=Promise.State.OPEN).first()
        is_same = question.state == State.AWAITING_RESIDENT and wait is not None and wait.made_at == contact.occurred_at
    if not is_same:
        raise NotPossibleNow


def _undo_lines(question: Question, contact: Contact, event: str, *, by: Employee, at: datetime) -> None:
    told = Entry.objects.filter(
        subject_kind="question", subject_id=question.pk, event__in=_TOLD_WITH_IT[event], at=contact.occurred_at
    )
    undone = [each.pk for each in told if each.data.get("contact", contact.pk) == contact.pk]
    data = {"contact": contact.pk, "undoes": undone}
    record("letter.taken_back", subject=question, team_id=question.owner_id, data=data, by=by, at=at)


def _open_again(question: Question, contact: Contact, *, by: Employee, at: datetime) -> None:
    before = _promise_before(question, contact, at=at)
    if question.is_settled:
        undo_finish(question, at=at)
    change_state(question, "take_back", holder=by)
    question.outcome, question.outcome_note, question.settled_at = "", "", None
    if before.kind == Promise.Kind.WAIT_FOR_REPLY or before.due_at <= at:
        due_at = due_for(product=question.product, team=question.owner, at=at)
        norm = norm_of(question.product)
        promise = make_promise(question=question, team=question.owner, due_at=due_at, norm=norm, by=by, at=at)
    else:
        promise = carry_over(before, question=question, by=by, at=at)
    question.due_at = promise.due_at
    question.save(update_fields=["state", "holder", "outcome", "outcome_note", "settled_at", "due_at"])
    line = promised_line(promise, by=by, at=at)
    line.shown_to_resident = promise.due_at != before.due_at  # he knows the old date, and need not know the rest
    line.save(force_insert=True)


def _promise_before(question: Question, contact: Contact, *, at: datetime) -> Promise:
    """Return the promise that what is taken back had ended; one it kept is withdrawn, for the resident has nothing."""
    if not question.is_settled:
        end_promise(question, fulfilled=False, at=at)
    ended = Promise.objects.filter(question=question, ended_at=contact.occurred_at).select_related("team")
    before = ended.order_by("-pk").first()
    if before is None:
        raise NotPossibleNow
    if before.state == Promise.State.KEPT:
        before.state = Promise.State.WITHDRAWN
        before.save(update_fields=["state"])
    return before
