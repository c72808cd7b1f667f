"""What the agent reads aloud after registering: the number, the code, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.fernet import InvalidToken

from aanspreekpunt.common.follow_codes import format_follow_code
from aanspreekpunt.common.sealing import unseal
from aanspreekpunt.desk.conversing import sentences
from aanspreekpunt.desk.conversing.registering import INTAKE_ACCOUNT, RECEIPT, intake_id
from aanspreekpunt.questions.queries import contact_delivered_as

if TYPE_CHECKING:
    from uuid import UUID

    from aanspreekpunt.desk.conversing.fields import Fields
    from aanspreekpunt.organisation.models import Employee


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of one question of a conversation. `follow_code` is empty once the conversation ended."""

    number: int
    reference: str
    shown_reference: str
    follow_code: str
    subject: str
    promise: str
    outcome: str
    outcome_note: str
    team_name: str
    mailed_to: str


def receipt_for(*, conversation: UUID, number: int, fields: Fields | None, employee: Employee) -> Receipt | None:
    """Return what was registered as this question of the conversation, for the employee who did so."""
    contact = contact_delivered_as(intake_account=INTAKE_ACCOUNT, intake_id=intake_id(conversation, number))
    if contact is None or contact.question is None or contact.by_employee_id != employee.pk:
        return None
    question = contact.question
    promise = question.promises.select_related("team").order_by("id").first()
    participant = contact.participants.first()
    return Receipt(
        number=number,
        reference=question.reference,
        shown_reference=question.shown_reference,
        follow_code=_code(fields, number),
        subject=question.subject,
        promise=sentences.promised(promise) if promise else "",
        outcome=question.get_outcome_display() if question.outcome else "",
        outcome_note=question.outcome_note,
        team_name=question.owner.shown_name,
        mailed_to=participant.email if participant else "",
    )


def _code(fields: Fields | None, number: int) -> str:
    sealed = fields.receipts.get(str(number), "") if fields else ""
    try:
        return format_follow_code(unseal(sealed.encode(), purpose=RECEIPT)) if sealed else ""
    except InvalidToken:
        return ""
