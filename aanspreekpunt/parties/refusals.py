"""What is not kept about a person, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable


class NameNeeded(Refusal):
    """Somebody without any name cannot be remembered."""

    message = _("Enter a name to remember this person by. Without a name the contact stays anonymous.")


class NotAnIdentifier(Refusal):
    """The number cannot be right: its length or its check digit is wrong."""

    message = _("This number cannot be right. Please check each digit.")


class IdentifierInUse(Refusal):
    """Another person or organisation has this number."""

    message = _("This number belongs to another person or organisation already.")


class KindInUse(Refusal):
    """The party has another number of this kind."""

    message = _("This person or organisation has another number of this kind already.")


class ParentNeeded(Refusal):
    """The number of an establishment stands on its own, or under something that is no trade register number."""

    message = _("The number of an establishment belongs under the number of its company in the trade register.")


class PartOfItself(Refusal):
    """A number is meant to stand under itself."""

    message = _("A number cannot stand under itself.")


class IdentifierHasParts(Refusal):
    """Other numbers stand under this one."""

    message = _("Other numbers stand under this one. Take those away first.")


class NumberInUse(Refusal):
    """Another party goes by this number."""

    message = _("Another person or organisation goes by this number already.")


class AddressNotLinked(Refusal):
    """The address preferred is none of the party."""

    message = _("The preferred address has to be one of the addresses of this person or organisation.")


class AccountNotLinked(Refusal):
    """The bank account preferred is none of the party."""

    message = _("The preferred bank account has to be one of this person or organisation.")


class NotAnOrganisation(Refusal):
    """Somebody is meant to work for a party that is no organisation."""

    message = _("Somebody can only work for an organisation.")


class PreferredByNobody(Refusal):
    """An address is meant to be the preferred one, but belongs to no party."""

    message = _("Only an address that belongs to a person or organisation can be the preferred one.")


class ReferenceInUse(Refusal):
    """The party has another address of this kind under the same reference."""

    message = _("This person or organisation has another address of this kind under that reference.")


class RepresentsItself(Refusal):
    """A party is meant to speak for itself."""

    message = _("A person or organisation cannot represent itself.")


class RepresentedAlready(Refusal):
    """It is known already that the one speaks for the other."""

    message = _("It is known already that the one represents the other.")


class SeveralRefusals(Refusal):
    """More than one thing is wrong; `reasons` says what."""

    def __init__(self, reasons: Iterable[Refusal]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)

    def __str__(self) -> str:
        return " ".join(str(each) for each in self.reasons)
