"""Opening a question, adding contacts to it, and changing its state. Promises and handovers stand a floor higher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.writing import ids_of, next_numbers, write
from aanspreekpunt.organisation.actors import keep_actor
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.parties.models import DigitalAddress
from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.intake import ANONYMOUS, Customer, Opened
from aanspreekpunt.questions.models import (
    Contact,
    ContactActor,
    Participant,
    Question,
    SubjectLink,
)
from aanspreekpunt.questions.operations.beginning import REFERENCES, SUBJECT_LENGTH, new_question
from aanspreekpunt.questions.refusals import NotPossibleNow, QuestionIsClosed
from aanspreekpunt.questions.rules import may_change, state_after

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.questions.intake import Asked


def open_question(
    *,
    asked: Asked,
    owner: Team,
    due_at: datetime | None,
    outcome: str = "",
    outcome_note: str = "",
    reply: str = "",
    hops: int = 0,
    reserve: Iterable[str] = (),
    by: Actor,
    at: datetime,
) -> Opened:
    """Return a new question with its first contact and participant; waiting with `due_at`, or settled with `outcome`.

    They have their ids but are not written: the caller (a floor higher) does so together with the promise and the
    journal lines. The database refuses to commit an open question without a promise. Of each sequence in `reserve` the
    caller gets a number for rows of his own. One query.
    """
    question_id, contact_id, participant_id, sequence, *reserved = next_numbers(
        ids_of(Question), ids_of(Contact), ids_of(Participant), REFERENCES, *reserve
    )
    question, follow_code = new_question(
        question_id,
        sequence,
        asked=asked,
        owner=owner,
        due_at=due_at,
        outcome=outcome,
        outcome_note=outcome_note,
        hops=hops,
        at=at,
    )
    contact, participant = _new_contact(
        contact_id,
        participant_id,
        question=question,
        channel=asked.channel,
        text=asked.text,
        reply=reply,
        subject=asked.subject,
        customer=asked.customer,
        conversation=asked.conversation,
        intake_account=asked.intake_account,
        intake_id=asked.intake_id,
        by=by,
        at=at,
    )
    more = (*addresses_given(participant), *dealt_with_by(by, contact))
    return Opened(question, contact, participant, follow_code, more=more, reserved=tuple(reserved))


def write_contact(
    *,
    question: Question,
    channel: str,
    text: str,
    direction: str = Contact.Direction.IN,
    reply: str = "",
    subject: str = "",
    customer: Customer = ANONYMOUS,
    conversation: UUID | None = None,
    intake_account: str = "",
    intake_id: str = "",
    has_succeeded: bool | None = None,
    answers: Contact | None = None,
    by: Actor,
    at: datetime,
) -> tuple[Contact, Participant]:
    """Write one exchange about `question`, with the customer's part in it. `answers` is the contact it replies to."""
    contact_id, participant_id = next_numbers(ids_of(Contact), ids_of(Participant))
    contact, participant = _new_contact(
        contact_id,
        participant_id,
        question=question,
        channel=channel,
        text=text,
        direction=direction,
        reply=reply,
        subject=subject,
        customer=customer,
        conversation=conversation,
        intake_account=intake_account,
        intake_id=intake_id,
        has_succeeded=has_succeeded,
        by=by,
        at=at,
    )
    links = [SubjectLink(contact=contact, was_contact=answers)] if answers is not None else []
    write([contact, participant, *addresses_given(participant), *dealt_with_by(by, contact), *links])
    return contact, participant


def addresses_given(participant: Participant) -> list[DigitalAddress]:
    """Return the unwritten rows of the phone number and e-mail address somebody gave in a contact, for finding them."""
    given = ((DigitalAddress.Kind.PHONE, participant.phone), (DigitalAddress.Kind.EMAIL, participant.email))
    return [
        DigitalAddress(participant_id=participant.pk, kind=kind, address=address, as_given=address)
        for kind, address in given
        if address
    ]


def dealt_with_by(by: Actor, contact: Contact) -> tuple[ContactActor, ...]:
    """Return the unwritten row that says which employee dealt with `contact`, for other systems; none for others.

    No query, unless another system removed the actor of this employee, which is made anew.
    """
    if not isinstance(by, Employee):
        return ()
    actor_id = by.register_actor_id or keep_actor(of=by).pk
    return (ContactActor(contact=contact, actor_id=actor_id),)


def _new_contact(
    contact_id: int,
    participant_id: int,
    *,
    question: Question,
    channel: str,
    text: str,
    direction: str = Contact.Direction.IN,
    reply: str = "",
    subject: str = "",
    customer: Customer = ANONYMOUS,
    conversation: UUID | None = None,
    intake_account: str = "",
    intake_id: str = "",
    has_succeeded: bool | None = None,
    by: Actor,
    at: datetime,
) -> tuple[Contact, Participant]:
    contact = Contact(
        id=contact_id,
        question=question,
        conversation=conversation or new_uuid(),
        channel=channel,
        direction=direction,
        subject=(subject or question.subject)[:SUBJECT_LENGTH],
        text=text,
        reply=reply,
        language=question.language,
        is_confidential=question.is_confidential,
        has_succeeded=has_succeeded,
        by_employee_id=by.actor_id if by.actor_kind == "employee" else None,
        by_team_id=question.owner_id if direction == Contact.Direction.OUT else None,
        intake_account=intake_account,
        intake_id=intake_id,
        occurred_at=at,
        registered_at=at,
    )
    participant = Participant(
        id=participant_id,
        contact=contact,
        party=customer.party or question.party,
        role=customer.role,
        is_initiator=direction == Contact.Direction.IN,
        initials=customer.initials,
        first_name=customer.first_name,
        infix=customer.infix,
        last_name=customer.last_name,
        organisation_name=customer.organisation_name,
        phone=customer.phone,
        email=customer.email,
        street=customer.street,
        house_number=customer.house_number,
        house_number_addition=customer.house_number_addition,
        postcode=customer.postcode,
        city=customer.city,
    )
    return contact, participant


def change_state(question: Question, verb: str, *, holder: Employee | None = None) -> None:
    """Set the state that `verb` leads to, by the table in `rules`; the caller has the row locked and saves it."""
    if not may_change(question.state, verb):
        raise QuestionIsClosed if question.is_settled else NotPossibleNow
    question.state = state_after(verb, is_held=holder is not None)
    question.holder = holder if question.state in {State.IN_HAND, State.AWAITING_RESIDENT} else None


def locked(question: Question) -> Question:
    """Return `question` read afresh with its row locked until the end of the transaction. Two queries.

    Reading it together with its owner and holder in the query that locks would show those of before the wait: when a
    colleague took the question meanwhile, PostgreSQL joins its new row to the old ones.
    """
    Question.objects.select_for_update(no_key=True).only("pk").get(pk=question.pk)
    return Question.objects.select_related("owner", "holder", "product").get(pk=question.pk)


def locked_together(*questions: Question) -> list[Question]:
    """Return these questions locked, taken in one fixed order so that two who cross wait instead of blocking."""
    found = {each.pk: locked(each) for each in sorted(questions, key=lambda one: one.pk)}
    return [found[each.pk] for each in questions]
