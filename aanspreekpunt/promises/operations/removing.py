"""Taking a contact out of the register: what becomes of the question it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from aanspreekpunt.journal.operations import erase_words, record
from aanspreekpunt.promises.models import Handover
from aanspreekpunt.promises.operations.answering import end_question
from aanspreekpunt.promises.operations.worked_elsewhere import remove_tasks_of
from aanspreekpunt.questions.choices import ANSWERED_OUTCOMES, Outcome
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.questions.operations import erase_contact, locked, locked_contact
from aanspreekpunt.questions.rules import is_answer

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor

REMOVED: Final = "-"
"""What stands for the subject of a question nothing is left of."""


@transaction.atomic
def remove_contact(*, contact: Contact, by: Actor, at: datetime) -> None:
    """Delete a contact with its parts, and the tasks it led to.

    A question whose last contact it was is withdrawn, and its words are erased. A question that was settled with the
    answer in it counts as withdrawn as well: nothing on record says any more that it was answered.
    """
    contact = Contact.objects.select_related("question").get(pk=contact.pk)  # it may have become a question meanwhile
    question = locked(contact.question) if contact.question is not None else None
    contact = locked_contact(contact)
    Handover.objects.filter(contact=contact).update(contact=None)
    if question is not None:
        if not question.contacts.exclude(pk=contact.pk).exists():
            _withdraw(question, by=by, at=at)
        remove_tasks_of(contact, question, by=by, at=at)
    erase_contact(contact=contact, by=by, at=at)
    if question is not None:
        _settle_what_is_left(question, by=by, at=at)


def _settle_what_is_left(question: Question, *, by: Actor, at: datetime) -> None:
    left = list(Contact.objects.filter(question=question).only("direction", "has_succeeded", "reply"))
    if not left:
        _forget(question, by=by, at=at)
    elif question.outcome in ANSWERED_OUTCOMES and not any(
        is_answer(direction=each.direction, has_succeeded=each.has_succeeded, reply=each.reply) for each in left
    ):
        _withdraw(question, by=by, at=at)


def _withdraw(question: Question, *, by: Actor, at: datetime) -> None:
    if not question.is_settled:
        end_question(question, outcome=Outcome.WITHDRAWN, note="", fulfilled=False, by=by, at=at)
        return
    if question.outcome == Outcome.WITHDRAWN:
        return
    before, question.outcome = question.outcome, Outcome.WITHDRAWN
    question.duplicate_of = None
    question.save(update_fields=["outcome", "duplicate_of"])
    data = {"from": before, "to": Outcome.WITHDRAWN}
    record("question.outcome_changed", subject=question, team_id=question.owner_id, data=data, by=by, at=at)


def _forget(question: Question, *, by: Actor, at: datetime) -> None:
    """Erase what the question itself holds of the words and the person in its contacts."""
    question.subject, question.customer_name, question.outcome_note = REMOVED, "", ""
    question.party, question.form_data = None, {}
    question.save(update_fields=["subject", "customer_name", "outcome_note", "party", "form_data"])
    erase_words(subject=question, by=by, at=at)
