"""What is settled about a question of the bulk load before its rows are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.demo.residents import Resident
    from aanspreekpunt.demo.town import Due
    from aanspreekpunt.organisation.models import Employee


@dataclass(frozen=True, slots=True)
class Known:
    """A resident and, when remembered, the id of his party."""

    resident: Resident
    party_id: int | None


@dataclass(slots=True)
class Case:
    """What is settled about one question before its rows are written."""

    id: int
    reference: str
    contact_id: int
    who: Known | None
    product: Product
    text: str
    channel: str
    at: datetime
    is_open: bool
    agent: Employee
    owner_id: int
    due: Due | None = None
    promise: str = "answer"
    worker: Employee | None = None
    ended_at: datetime | None = None
    reply: str = ""

    @property
    def email(self) -> str:
        """Where letters about it go."""
        return self.who.resident.email if self.who else ""

    @property
    def told(self) -> str:
        """What he says: what many others say as well, and where that is if he has told where he lives."""
        who = self.who.resident if self.who else None
        return f"{self.text} ({who.street} {who.house_number}, {who.postcode})" if who and who.street else self.text
