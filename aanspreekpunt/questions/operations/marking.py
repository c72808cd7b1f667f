"""What colleagues and the resident note on a question: notes, links, who may see it, what it is about, feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.questions.models import Feedback, Mention, Question, QuestionLink
from aanspreekpunt.questions.operations.opening import locked
from aanspreekpunt.questions.refusals import NothingWritten, NotPossibleNow, SameQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.journal.models import Entry
    from aanspreekpunt.organisation.models import Employee


@transaction.atomic
def write_note(*, question: Question, text: str, mentions: Iterable[Employee] = (), by: Actor, at: datetime) -> Entry:
    """Write a note that only colleagues see; each colleague in `mentions` finds it on his start screen."""
    if not text.strip():
        raise NothingWritten
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
    """Hide the question from everyone outside the team that owns it."""
    return _set_confidential(question, confidential=True, event="question.made_confidential", by=by, at=at)


@transaction.atomic
def end_confidential(*, question: Question, by: Actor, at: datetime) -> Question:
    """Show the question to whoever may see ordinary questions again."""
    return _set_confidential(question, confidential=False, event="question.confidentiality_ended", by=by, at=at)


def _set_confidential(question: Question, *, confidential: bool, event: str, by: Actor, at: datetime) -> Question:
    question = locked(question)
    if question.is_confidential != confidential:
        question.is_confidential = confidential
        question.save(update_fields=["is_confidential"])
        question.contacts.update(is_confidential=confidential)
        record(event, subject=question, team_id=question.owner_id, by=by, at=at)
    return question


@transaction.atomic
def link(*, question: Question, other: Question, by: Employee, at: datetime) -> None:
    """Note that two questions have to do with each other. Linking twice changes nothing."""
    if question.pk == other.pk:
        raise SameQuestion
    first, second = sorted((question, other), key=lambda each: each.pk)
    _, is_new = QuestionLink.objects.get_or_create(
        question=first, other=second, defaults={"made_by": by, "made_at": at}
    )
    if is_new:
        for one, another in ((question, other), (other, question)):
            record(
                "question.linked",
                subject=one,
                team_id=one.owner_id,
                data={"other": another.pk, "reference": another.reference},
                by=by,
                at=at,
            )


@transaction.atomic
def recategorise(*, question: Question, product: Product, by: Actor, at: datetime) -> Question:
    """Correct what the question is about; owner and promise stay as they are."""
    question = locked(question)
    before = question.product.key if question.product else ""
    question.product = product
    question.role = product.role
    question.is_confidential = question.is_confidential or product.is_confidential
    question.save(update_fields=["product", "role", "is_confidential"])
    data = {"from": before, "to": product.key}
    record("question.recategorised", subject=question, team_id=question.owner_id, data=data, by=by, at=at)
    return question


@transaction.atomic
def give_feedback(*, question: Question, text: str, by: Actor, at: datetime) -> Feedback:
    """Keep the resident's words on what could have gone better; a second time replaces the first."""
    if not question.is_settled:
        raise NotPossibleNow
    if not text.strip():
        raise NothingWritten
    feedback, _ = Feedback.objects.update_or_create(question=question, defaults={"text": text.strip(), "given_at": at})
    record("feedback.given", subject=question, team_id=question.owner_id, by=by, at=at)
    return feedback
