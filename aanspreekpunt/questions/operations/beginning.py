"""A question as it begins: of what somebody asks us, or of a contact that another system registered."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from django.conf import settings

from aanspreekpunt.common.follow_codes import hash_follow_code, make_follow_code
from aanspreekpunt.common.references import make_reference
from aanspreekpunt.common.writing import ids_of
from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.intake import Asked, Customer, Opened
from aanspreekpunt.questions.models import Participant, Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.questions.models import Contact

SUBJECT_LENGTH = 200
REFERENCES = "question_reference_seq"
NUMBERS_OF_A_QUESTION = (ids_of(Question), REFERENCES)
"""The sequences of which a question takes a number each."""


def follow_code_key() -> bytes:
    """Return the key with which follow codes are hashed."""
    key: str = settings.FOLLOW_CODE_KEY
    return key.encode()


def open_question_of(
    *,
    contact: Contact,
    participant: Participant | None,
    owner: Team,
    due_at: datetime | None,
    outcome: str = "",
    hops: int = 0,
    numbers: Sequence[int],
    at: datetime,
) -> Opened:
    """Return the new question that a contact turns out to be which another system registered; see `open_question`.

    The contact and who took part are there already, so that only the question is to be written. Of `numbers`, those
    after the two of the question itself are for rows of the caller. No query.
    """
    question_id, sequence, *reserved = numbers
    who = participant or Participant(contact=contact)
    question, follow_code = new_question(
        question_id,
        sequence,
        asked=Asked(
            subject=contact.subject or shorten(contact.text, SUBJECT_LENGTH, placeholder=" …"),
            text=contact.text,
            channel=contact.channel,
            customer=Customer(
                party=who.party,
                initials=who.initials,
                first_name=who.first_name,
                infix=who.infix,
                last_name=who.last_name,
                organisation_name=who.organisation_name,
            ),
            language=contact.language,
            is_confidential=contact.is_confidential,
        ),
        owner=owner,
        due_at=due_at,
        outcome=outcome,
        hops=hops,
        at=at,
    )
    return Opened(question, contact, who, follow_code, reserved=tuple(reserved), is_of_new_contact=False)


def new_question(
    question_id: int,
    sequence: int,
    *,
    asked: Asked,
    owner: Team,
    due_at: datetime | None,
    outcome: str,
    outcome_note: str = "",
    hops: int,
    at: datetime,
) -> tuple[Question, str]:
    """Return a new question, not written yet, and the code to follow it with, of which it only keeps the hash."""
    follow_code, customer = make_follow_code(), asked.customer
    question = Question(
        id=question_id,
        reference=make_reference(year=at.year, sequence=sequence),
        follow_code_hash=hash_follow_code(follow_code, key=follow_code_key()),
        kind=asked.kind,
        product=asked.product,
        role=asked.role,
        subject=asked.subject[:SUBJECT_LENGTH],
        party=customer.party,
        customer_name=customer.name,
        channel=asked.channel,
        language=asked.language,
        is_confidential=asked.must_stay_in_team,
        form_data=asked.form_data,
        state=State.SETTLED if outcome else State.WAITING,
        owner=owner,
        outcome=outcome,
        outcome_note=outcome_note,
        hops=hops,
        due_at=None if outcome else due_at,
        registered_at=at,
        settled_at=at if outcome else None,
    )
    return question, follow_code
