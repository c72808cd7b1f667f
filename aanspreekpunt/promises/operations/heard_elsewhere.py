"""What other systems tell of a question: that a resident was reached, and who it was that asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from aanspreekpunt.common.follow_codes import hash_follow_code, make_follow_code
from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.common.writing import write
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.operations import record
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.operations.making import open_promise_of
from aanspreekpunt.questions.choices import ANSWERED_OUTCOMES, Channel, Outcome
from aanspreekpunt.questions.intake import Opened
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations import follow_code_key, locked, make_confidential
from aanspreekpunt.questions.queries import customer_of, first_contact_of, first_participant_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.questions.models import Participant, Question

RECEIPT_WITHIN = timedelta(hours=1)
"""So long after registering a receipt still makes sense to who becomes known."""


def join_reply(*, reply: Contact, to: Contact, by: Actor, at: datetime) -> bool:
    """Let a contact that another system links to an earlier one join the question of that one, as what we said.

    Returns whether it did: not when the earlier one has no question, or the reply has one already.
    """
    with one_transaction():
        question = Contact.objects.select_related("question").get(pk=to.pk).question
        if question is None:
            return False
        question = locked(question)
        return _join(reply, question, by=by, at=at)


def join_earlier_replies(contact: Contact, question: Question, *, by: Actor, at: datetime) -> None:
    """Let contacts that were linked to this one before it became a question join it too."""
    for reply in Contact.objects.filter(subjects__was_contact=contact, question=None).order_by("id"):
        _join(reply, question, by=by, at=at)


def take_in(contact: Contact, question: Question, *, by: Actor, at: datetime) -> Question:
    """Let a contact that belongs to no question belong to this one; what is confidential of either hides both."""
    if contact.is_confidential and not question.is_confidential and contact.question_id is None:
        question = make_confidential(question=question, by=by, at=at)
    free = Contact.objects.filter(pk=contact.pk, question=None)
    free.update(question=question, is_confidential=question.is_confidential)
    return question


def _join(reply: Contact, question: Question, *, by: Actor, at: datetime) -> bool:
    if not Contact.objects.filter(pk=reply.pk, question=None).exists():
        return False
    question = take_in(reply, question, by=by, at=at)
    said = Contact.objects.filter(pk=reply.pk)
    said.update(direction=Contact.Direction.OUT, by_team=question.owner)
    reply.refresh_from_db()
    event = "callback.not_reached" if reply.has_succeeded is False else "question.answered"
    data = {"contact": reply.pk, "channel": reply.channel}
    record(event, subject=question, team_id=question.owner_id, data=data, told_resident=True, by=by, at=at)
    return True


def outcome_on_record(contacts: Iterable[Contact]) -> str:
    """Return how a question ended that another system calls done, by what is on record in these contacts.

    Called back or answered needs words we said or wrote to somebody who was reached; without those all we know is that
    it was dealt with elsewhere.
    """
    given = [each for each in contacts if _is_answer(each)]
    if not given:
        return Outcome.HANDLED_ELSEWHERE
    called = all(each.direction == Contact.Direction.OUT and each.channel == Channel.PHONE for each in given)
    return Outcome.CALLBACK_KEPT if called else Outcome.ANSWERED


def _is_answer(contact: Contact) -> bool:
    if contact.has_succeeded is False:
        return False
    return bool(contact.reply) or (contact.direction == Contact.Direction.OUT and bool(contact.text))


def outcome_of(question: Question) -> str:
    """Return how a locked question ended that another system calls done: by what happened since it was last opened."""
    contacts = Contact.objects.filter(question=question)
    if question.times_reopened:
        reopened = Entry.objects.filter(subject_kind="question", subject_id=question.pk, event="question.reopened")
        since = reopened.order_by("-id").values_list("at", flat=True).first()
        contacts = contacts.filter(Q(registered_at__gte=since) if since else Q())
    return outcome_on_record(contacts)


def keeps_promise(question: Question, outcome: str, *, at: datetime) -> bool:
    """Say whether this outcome keeps the open promise of a locked question that another system calls done.

    A callback whose window has not begun is kept only by words since it was promised: no earlier call was this one.
    """
    if outcome not in ANSWERED_OUTCOMES:
        return False
    promise = open_promise_of(question)
    if promise.starts_at is None or promise.starts_at <= at:
        return True
    since = Contact.objects.filter(
        question=question, direction=Contact.Direction.OUT, registered_at__gte=promise.made_at
    )
    return any(_is_answer(each) for each in since)


def participant_joined(*, contact: Contact, by: Actor, at: datetime) -> bool:
    """Take note of who took part in the contact of a question that another system registered; he may come later.

    The question gets his name, and he the receipt that nobody could be sent before, with a code of its own. Returns
    whether a receipt was sent.
    """
    question = Contact.objects.select_related("question").get(pk=contact.pk).question
    if question is None:
        return False
    with one_transaction():
        question = locked(question)
        participant = first_participant_of(contact)
        first = first_contact_of(question)
        if participant is None or first != contact or not _came_from_a_system(question):
            return False
        _name_customer(question, by=by, at=at)
        return _send_receipt_that_waited(question, first, participant, at=at)


def _came_from_a_system(question: Question) -> bool:
    lines = Entry.objects.filter(subject_kind="question", subject_id=question.pk, event="question.registered")
    return lines.values_list("by_kind", flat=True).first() == Entry.ByKind.TOKEN


def _name_customer(question: Question, *, by: Actor, at: datetime) -> None:
    customer = customer_of(question)
    if (question.party, question.customer_name) != (customer.party, customer.name):
        question.party, question.customer_name = customer.party, customer.name
        question.save(update_fields=["party", "customer_name"])
        record("question.customer_named", subject=question, team_id=question.owner_id, by=by, at=at)


def _send_receipt_that_waited(question: Question, contact: Contact, participant: Participant, *, at: datetime) -> bool:
    participant.email = participant.email or customer_of(question).email
    is_late = question.is_settled or at > question.registered_at + RECEIPT_WITHIN
    if is_late or not participant.email or Delivery.objects.filter(key=letters.receipt_key(question)).exists():
        return False
    follow_code = make_follow_code()  # nobody was given the one it had
    question.follow_code_hash = hash_follow_code(follow_code, key=follow_code_key())
    question.save(update_fields=["follow_code_hash"])
    opened = Opened(question, contact, participant, follow_code)
    write(letters.receipt(opened=opened, promise=open_promise_of(question), at=at))
    return True
