"""Builders for tests: questions in every state, each made through the real operations."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aanspreekpunt.promises import operations
from aanspreekpunt.questions.intake import Asked, Customer

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee, Team

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=AMSTERDAM)
"""An ordinary Monday morning at ten."""

KAREL = Customer(first_name="Karel", infix="van", last_name="Deurne", phone="+31612345678", email="karel@example.org")


def make_asked(**fields: Any) -> Asked:
    """Make a question as it comes in by phone from Karel, unless `fields` say otherwise."""
    values: dict[str, Any] = {
        "subject": "Container niet geleegd",
        "text": "Mijn container is gisteren niet geleegd.",
        "channel": "phone",
        "customer": KAREL,
        **fields,
    }
    return Asked(**values)


def make_handed_over(*, to: Team, by: Employee, at: datetime = MONDAY, **fields: Any) -> operations.Registered:
    """Register a question by phone and hand it over to team `to`."""
    return operations.register_and_hand_over(
        asked=make_asked(**fields), to=to, asks="Bel de inwoner over de container", by=by, at=at
    )
