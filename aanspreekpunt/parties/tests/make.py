"""Builders for tests: people as the desk comes to know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.parties.operations import remember_party

if TYPE_CHECKING:
    from aanspreekpunt.parties.models import Party

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@dataclass(frozen=True)
class Somebody:
    """Somebody as he introduces himself."""

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


KAREL = Somebody(
    first_name="Karel",
    infix="van",
    last_name="Deurne",
    phone="+31612345678",
    email="karel@example.org",
    street="Kerkstraat",
    house_number=12,
    house_number_addition="A",
    postcode="1234AB",
    city="Voorbeeldstad",
)


def make_party(**fields: Any) -> Party:
    """Remember Karel, or somebody with `fields` instead."""
    return remember_party(customer=Somebody(**fields) if fields else KAREL, by=SYSTEM, at=MONDAY)
