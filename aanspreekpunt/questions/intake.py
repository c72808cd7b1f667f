"""What is known when something is asked: who, what, how. The shape in which every face hands a question in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aanspreekpunt.catalogue.models import Product, QuestionKind
from aanspreekpunt.common.ids import new_uuid

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model

    from aanspreekpunt.parties.models import Party
    from aanspreekpunt.questions.models import Contact, Participant, Question


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Who asks, as far as he made himself known. All empty: anonymous, which is a right.

    `phone` is E.164, `email` lower case, `postcode` without a space; faces normalise before they call.
    """

    party: Party | None = None
    initials: str = ""
    first_name: str = ""
    infix: str = ""
    last_name: str = ""
    organisation_name: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    house_number: int | None = None
    house_number_addition: str = ""
    postcode: str = ""
    city: str = ""
    role: str = "customer"

    @property
    def name(self) -> str:
        """The name as one says it; empty for who stayed anonymous."""
        person = " ".join(part for part in (self.first_name or self.initials, self.infix, self.last_name) if part)
        return person or self.organisation_name or (self.party.full_name if self.party else "")


ANONYMOUS = Customer()


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """What somebody sent us that we could not take in, for him to be told of."""

    is_too_large: bool = False
    """Whether only the beginning of the message is here."""
    most_megabytes: int = 0
    """How large a message may be; 0 when that is not known."""
    files: tuple[str, ...] = ()
    """The names of files that we do not open."""


NOTHING_LEFT_OUT = LeftOut()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as it came in.

    `conversation` is shared by all questions of one call. `intake_account` and `intake_id` identify the delivery (a
    draft, a form, later a mail), so that handing the same one in twice gives one question.
    """

    subject: str
    text: str
    channel: str
    product: Product | None = None
    kind: str = QuestionKind.QUESTION
    customer: Customer = ANONYMOUS
    language: str = "nl"
    is_confidential: bool = False
    form_data: dict[str, Any] = field(default_factory=dict)
    conversation: UUID = field(default_factory=new_uuid)
    intake_account: str = ""
    intake_id: str = ""
    is_quiet: bool = False
    """Whether no receipt is sent: to who might answer it by himself, for ever."""
    left_out: LeftOut = NOTHING_LEFT_OUT

    @property
    def role(self) -> str:
        """The role the municipality plays in this question."""
        return self.product.role if self.product else Product.Role.SERVES

    @property
    def must_stay_in_team(self) -> bool:
        """Whether only the team that owns the question may see it."""
        return self.is_confidential or bool(self.product and self.product.is_confidential)


@dataclass(frozen=True)
class Opened:
    """A question just opened, its rows not written yet.

    `follow_code` exists only here and in the receipt; the register keeps its hash.
    """

    question: Question
    contact: Contact
    participant: Participant
    follow_code: str
    reserved: tuple[int, ...] = ()
    """numbers taken along for rows of whoever opened it"""
    is_of_new_contact: bool = True
    """whether the contact is written together with the question"""
    more: tuple[Model, ...] = ()
    """what else the contact comes with: the addresses given in it, and who dealt with it"""

    @property
    def rows(self) -> tuple[Model, ...]:
        """What is to be written, in the order in which one refers to the other."""
        told = (self.contact, self.participant, *self.more) if self.is_of_new_contact else ()
        return self.question, *told
