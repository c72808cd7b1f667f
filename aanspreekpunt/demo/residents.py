"""Made-up residents: people with a name, an address and a telephone that some share, and a few who call very often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.common.folding import fold
from aanspreekpunt.demo.voices import people

if TYPE_CHECKING:
    from random import Random

_HAS_EMAIL, _HAS_ADDRESS, _IS_ORGANISATION, _SHARES_A_PHONE = 0.6, 0.5, 0.06, 0.08
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"


@dataclass(frozen=True, slots=True)
class Resident:
    """Someone who may come with a question; the same fields as a `Customer` of a question."""

    first_name: str
    infix: str
    last_name: str
    organisation_name: str
    phone: str
    email: str
    street: str
    house_number: int | None
    postcode: str
    city: str

    @property
    def name(self) -> str:
        """The name as one says it."""
        person = " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)
        return person or self.organisation_name


class Residents:
    """Makes residents one after the other; the same `chance` makes the same ones."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._phone = ""

    def another(self) -> Resident:
        """Make one more."""
        chance, names = self._chance, people()
        first_name = chance.choice(names.first_names)
        infix, last_name = chance.choice(names.surnames)
        organisation = chance.choice(names.organisations) if chance.random() < _IS_ORGANISATION else ""
        street, number, postcode, city = self._address()
        return Resident(
            first_name=first_name,
            infix=infix,
            last_name=last_name,
            organisation_name=organisation,
            phone=self._number(),
            email=self._mailbox(first_name, infix, last_name),
            street=street,
            house_number=number,
            postcode=postcode,
            city=city,
        )

    def _number(self) -> str:
        if not self._phone or self._chance.random() >= _SHARES_A_PHONE:  # otherwise someone of the same house
            self._phone = f"+316{self._chance.randrange(10_000_000, 99_999_999)}"
        return self._phone

    def _mailbox(self, first_name: str, infix: str, last_name: str) -> str:
        if self._chance.random() >= _HAS_EMAIL:
            return ""
        name = fold(f"{first_name} {infix} {last_name}").replace(" ", ".").replace("'", "")
        return f"{name}{self._chance.randrange(1000)}@inwoner.example"

    def _address(self) -> tuple[str, int | None, str, str]:
        chance, names = self._chance, people()
        if chance.random() >= _HAS_ADDRESS:
            return "", None, "", ""
        number = chance.randrange(len(names.streets))
        street = names.streets[number]
        letters = _LETTERS[number % len(_LETTERS)] + _LETTERS[number // len(_LETTERS) + 7]
        return street.name, chance.randrange(1, 220), street.postcode + letters, street.place
