"""What colleagues and the resident note on a question: notes, links, who may see it, what it is about, feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.queries import is_staffed
from aanspreekpunt.questions.access import is_in_good_hands, may_see, may_work_on
from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.models import Feedback, Mention, Question, QuestionLink
from aanspreekpunt.questions.operations.opening import change_state, locked, locked_together
from aanspreekpunt.questions.refusals import NobodyWouldSeeIt, NothingWritten, NotPossibleNow, NotYours, SameQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.journal.models import Entry


@transaction.atomic
def write_note(*, question: Question, text: str, mentions: Iterable[Employee] = (), by: Actor, at: datetime) -> Entry:
    """Write a note that only colleagues see; each colleague in `mentions` finds it on his start screen."""
    if not text.strip():
        raise NothingWritten
    question = _locked_for(by, question, may=may_see)
    entry = record("question.noted", subject=question, text=text.strip(), team_id=question.owner_id, by=by, at=at)
    Mention.objects.bulk_create(
        [Mention(entry=entry, question=question, employee=employee) for employee in set(mentions)]
    )
    return entry


def read_mentions(*, question: Question, by: Employee, at: datetime) -> None:
    """Note that `by` has seen the notes in which he was mentioned."""
    Mention.objects.filter(question=question, employee=by, seen_at__isnull=True).update(seen_at=at)


@transaction.atomic
def make_confidential(*, question: Question, by: Actor, at: datetime) -> Question:
    """Hide the question from everyone outside the team that owns it. Whoever sees it may do so."""
    question = _locked_for(by, question, may=may_see)
    if not question.is_confidential:
        _hide(question, by=by, at=at)
    return question


@transaction.atomic
def end_confidential(*, question: Question, by: Actor, at: datetime) -> Question:
    """Show the question to whoever may see ordinary questions again. Only who works on it may do so."""
    question = _locked_for(by, question, may=may_work_on)
    if question.is_confidential:
        question.is_confidential = False
        question.save(update_fields=["is_confidential"])
        question.contacts.update(is_confidential=False)
        record("question.confidentiality_ended", subject=question, team_id=question.owner_id, by=by, at=at)
    return question


def _hide(question: Question, *, by: Actor, at: datetime) -> None:
    if not is_staffed(question.owner):
        raise NobodyWouldSeeIt(team=question.owner.shown_name)
    question.is_confidential = True
    if question.holder is not None and not is_in_good_hands(question):
        question.holder = None  # who held it may not see it any more
        if question.state == State.IN_HAND:
            change_state(question, "release")
    question.save(update_fields=["is_confidential", "state", "holder"])
    question.contacts.update(is_confidential=True)
    record("question.made_confidential", subject=question, team_id=question.owner_id, by=by, at=at)


@transaction.atomic
def link(*, question: Question, other: Question, by: Employee, at: datetime) -> None:
    """Note that two questions have to do with each other. Linking twice changes nothing."""
    if question.pk == other.pk:
        raise SameQuestion
    question, other = locked_together(question, other)
    if not (may_see(by, question) and may_see(by, other)):
        raise NotYours
    _link(question, other, by=by, at=at)


@transaction.atomic
def link_what_belongs_together(*, question: Question, other: Question, by: Actor, at: datetime) -> None:
    """Link two questions that we saw ourselves have to do with each other, such as a mail and its reply."""
    question, other = locked_together(question, other)
    _link(question, other, by=by, at=at)


def _link(question: Question, other: Question, *, by: Actor, at: datetime) -> None:
    first, second = sorted((question, other), key=lambda each: each.pk)
    _, is_new = QuestionLink.objects.get_or_create(
        question=first,
        other=second,
        defaults={"made_by": by if isinstance(by, Employee) else None, "made_at": at},
    )
    if is_new:
        for one, another in ((question, other), (other, question)):
            # Not its reference: who reads this line may not be allowed to know that the other exists.
            record("question.linked", subject=one, team_id=one.owner_id, data={"other": another.pk}, by=by, at=at)


@transaction.atomic
def recategorise(*, question: Question, product: Product, by: Actor, at: datetime) -> Question:
    """Correct what the question is about; owner and promise stay as they are. Only who works on it may do so."""
    question = _locked_for(by, question, may=may_work_on)
    before = question.product.key if question.product else ""
    question.product = product
    question.role = product.role
    question.save(update_fields=["product", "role"])
    data = {"from": before, "to": product.key}
    record("question.recategorised", subject=question, team_id=question.owner_id, data=data, by=by, at=at)
    if product.is_confidential and not question.is_confidential:
        _hide(question, by=by, at=at)
    return question


@transaction.atomic
def give_feedback(*, question: Question, text: str, by: Actor, at: datetime) -> Feedback:
    """Keep the resident's words on what could have gone better; a second time replaces the first."""
    if not text.strip():
        raise NothingWritten
    question = locked(question)
    if not question.is_settled:
        raise NotPossibleNow
    feedback, _ = Feedback.objects.update_or_create(question=question, defaults={"text": text.strip(), "given_at": at})
    record("feedback.given", subject=question, team_id=question.owner_id, by=by, at=at)
    return feedback


def _locked_for(by: Actor, question: Question, *, may: Callable[[Employee, Question], bool]) -> Question:
    question = locked(question)
    if isinstance(by, Employee) and not may(by, question):
        raise NotYours
    return question
