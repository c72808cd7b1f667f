"""What one needs to look around in the demo: with whose name to log in, and which question to follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aanspreekpunt.common.follow_codes import format_follow_code, hash_follow_code
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.models import Membership, Role
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.operations import follow_code_key
from aanspreekpunt.tokens.keys import hash_of
from aanspreekpunt.tokens.queries import token_named

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee

PASSWORD: Final = "kopje-koffie-erbij"  # noqa: S105 - of made-up people, and shown to whoever starts the demo
API_KEY: Final = "apt_demoDitIsEenSleutelOmMeeRondTeKijken0000000000"
API_TOKEN: Final = "Demo"  # noqa: S105 - a name
FOLLOW_CODE: Final = "VRAAGD3M0HMK"
FILLED: Final = "demo.filled"
"""The line in the journal that says the demo was filled."""


@dataclass(frozen=True, slots=True)
class Login:
    """With whose e-mail address and password one can look around, and what he does here."""

    role: str
    name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A question one can follow as a resident does."""

    reference: str
    follow_code: str


def logins() -> list[Login]:
    """Return for each role somebody to log in as; nothing when the demo was not filled."""
    if not is_filled():
        return []
    held = Membership.objects.filter(employee__is_active=True).select_related("employee", "team").order_by("id")
    first: dict[str, Employee] = {}
    for membership in held:
        first.setdefault(membership.role, membership.employee)
    return [Login(str(role.label), first[role].name, first[role].email, PASSWORD) for role in Role if role in first]


def followed_question() -> Followed | None:
    """Return the question whose follow code is known, to try the portal with."""
    known = hash_follow_code(FOLLOW_CODE, key=follow_code_key())
    filled = Entry.objects.filter(event=FILLED, subject_kind="municipality").order_by("id").first()
    question = Question.objects.filter(pk=filled.data["followed"], follow_code_hash=known).first() if filled else None
    return Followed(question.shown_reference, format_follow_code(FOLLOW_CODE)) if question else None


def is_filled() -> bool:
    """Say whether the demo was filled before."""
    return Entry.objects.filter(subject_kind="municipality", event=FILLED).exists()


def key_to_try() -> str:
    """Return the key with which one can try the standard API; nothing when the demo made none, or it was revoked."""
    token = token_named(API_TOKEN)
    return API_KEY if token is not None and token.key_hash == hash_of(API_KEY) else ""
