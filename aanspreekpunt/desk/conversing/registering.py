"""From what was typed to a registered question, once, however often it is handed in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.phone_numbers import normalise_phone_number
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.common.sealing import seal
from aanspreekpunt.desk.conversing.people import introduced
from aanspreekpunt.knowledge.operations.uses import note_given
from aanspreekpunt.organisation.queries import contact_centre, teams
from aanspreekpunt.parties.operations import remember_party
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.rules.deadlines import Window
from aanspreekpunt.questions.attachments import attach
from aanspreekpunt.questions.intake import Asked
from aanspreekpunt.questions.operations import save_draft
from aanspreekpunt.suggestions.operations import note_suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.desk.conversing.fields import Fields
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.promises.operations import Registered
    from aanspreekpunt.questions.intake import Customer

INTAKE_ACCOUNT = "desk"
RECEIPT = "receipt"
"""What a follow code is sealed for while the conversation lasts."""


class NothingAsked(Refusal):
    """There is no question yet."""

    message = _("Write down what is asked.")


class NothingChosen(Refusal):
    """Nobody said what happens with the question."""

    message = _("Choose what happens with this question: answer it, hand it over, call back, refer, or keep it.")


class NotADate(Refusal):
    """The date cannot be read."""

    message = _("This is not a date. Write day, month and year, for example 4-3-2026.")


class NoWindowChosen(Refusal):
    """No time for the callback was chosen."""

    message = _("Choose when we call back.")


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One question of a conversation, read and ready to be registered."""

    uuid: UUID
    fields: Fields
    customer: Customer
    product: Product | None
    form_data: dict[str, Any]
    searched: dict[str, str] = field(default_factory=dict)
    """By key of an answer the known words of the search that led to it."""

    @property
    def intake_id(self) -> str:
        return intake_id(self.uuid, self.fields.number)


def intake_id(conversation: UUID, number: int) -> str:
    """Return the identity of one question of a conversation, by which it is registered only once."""
    return f"{conversation}:{number}"


@transaction.atomic
def register(*, conversation: Conversation, by: Employee, at: datetime) -> Registered:
    """Register the question as the agent chose, and keep its follow code, sealed, until the conversation ends.

    All in one transaction, so that whoever hands the same in again finds question and code.
    """
    fields = conversation.fields
    register_as = _WAYS.get(fields.choice)
    if not fields.text.strip() and not fields.subject.strip():
        raise NothingAsked
    if register_as is None:
        raise NothingChosen
    customer = conversation.customer
    if fields.remember and not fields.anonymous:
        customer = replace(customer, party=remember_party(customer=customer, by=by, at=at))
    registered = register_as(fields, _asked(conversation, customer), by, at)
    if fields.files:
        attach(contact=registered.question.contacts.get(), uuids=[UUID(each) for each, _name in fields.files.values()])
    note_suggestion(question=registered.question, story=fields.story, at=at)
    if fields.given and fields.choice == "answer":
        question = registered.question
        note_given(
            article_keys=fields.given.split(),
            question_id=question.pk,
            is_confidential=question.is_confidential,
            searched=conversation.searched,
            person=_told_apart(conversation, customer),
            at=at,
        )
    following = introduced(fields).for_next_question(receipt=seal(registered.follow_code, purpose=RECEIPT).decode())
    party_id = customer.party.pk if customer.party else None
    save_draft(conversation=conversation.uuid, fields=following.having(party=party_id).as_draft(), by=by, at=at)
    return registered


def _told_apart(conversation: Conversation, customer: Customer) -> str:
    """Return what tells this person from others: who he is when that is known, else this conversation."""
    return f"party:{customer.party.pk}" if customer.party else f"conversation:{conversation.uuid}"


def team_chosen(fields: Fields, product: Product | None) -> Team:
    """Return the team that was chosen, or else the one that answers the product, or else the contact centre."""
    if fields.team:
        team = teams().filter(key=fields.team).first()
        if team is not None:
            return team
    return product.team if product else contact_centre()


def read_date(text: str) -> date | None:
    """Read the date agreed on; raises `NotADate`."""
    if not text.strip():
        return None
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date has no time zone
        except ValueError:
            continue
    raise NotADate


def write_window(window: Window) -> str:
    """Return a window as the value of a choice."""
    return f"{window.starts_at.isoformat()}/{window.ends_at.isoformat()}"


def read_window(text: str) -> Window:
    """Read what `write_window` wrote; raises `NoWindowChosen`."""
    starts_at, _slash, ends_at = text.partition("/")
    try:
        window = Window(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at))
    except ValueError:
        raise NoWindowChosen from None
    if window.starts_at.tzinfo is None or window.ends_at.tzinfo is None:
        raise NoWindowChosen
    return window


def _asked(conversation: Conversation, customer: Customer) -> Asked:
    fields, product = conversation.fields, conversation.product
    return Asked(
        subject=fields.shown_subject,
        text=fields.text.strip() or fields.subject.strip(),
        channel=fields.channel,
        product=product,
        kind=fields.kind or (product.kind if product else "question"),
        customer=customer,
        language=fields.language,
        is_confidential=fields.confidential,
        form_data=conversation.form_data,
        conversation=conversation.uuid,
        intake_account=INTAKE_ACCOUNT,
        intake_id=conversation.intake_id,
    )


def _answer(fields: Fields, asked: Asked, by: Employee, at: datetime) -> Registered:
    return operations.answer_at_once(asked=asked, answer=fields.answer, by=by, at=at)


def _hand_over(fields: Fields, asked: Asked, by: Employee, at: datetime) -> Registered:
    return operations.register_and_hand_over(
        asked=asked,
        to=team_chosen(fields, asked.product),
        asks=fields.asks,
        note=fields.note,
        due_on=read_date(fields.due_on),
        by=by,
        at=at,
    )


def _call_back(fields: Fields, asked: Asked, by: Employee, at: datetime) -> Registered:
    typed = fields.callback_phone.strip()
    return operations.register_and_promise_callback(
        asked=asked,
        to=team_chosen(fields, asked.product),
        window=read_window(fields.window),
        phone=normalise_phone_number(typed) if typed else asked.customer.phone,
        asks=fields.asks,
        note=fields.note,
        by=by,
        at=at,
    )


def _refer(fields: Fields, asked: Asked, by: Employee, at: datetime) -> Registered:
    return operations.refer_elsewhere(
        asked=asked, to_body=fields.refer_to.strip(), answer=fields.refer_text, by=by, at=at
    )


def _case(fields: Fields, asked: Asked, by: Employee, at: datetime) -> Registered:
    return operations.register_case(asked=asked, case_number=fields.case_number, answer=fields.answer, by=by, at=at)


def _keep(_fields: Fields, asked: Asked, by: Employee, at: datetime) -> Registered:
    return operations.keep_at_desk(asked=asked, by=by, at=at)


_WAYS: dict[str, Callable[[Fields, Asked, Employee, datetime], Registered]] = {
    "answer": _answer,
    "hand_over": _hand_over,
    "call_back": _call_back,
    "refer": _refer,
    "case": _case,
    "keep": _keep,
}
