"""The municipality that the lives play in: its teams, who works there, its products, and by when each answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.demo.voices import ORDINARY, voice_of
from aanspreekpunt.organisation.models import Employee, Membership, Team
from aanspreekpunt.organisation.queries import calendar_of, contact_centre, municipality
from aanspreekpunt.organisation.rules import local_date
from aanspreekpunt.promises.operations.making import callback_norm_of, norm_of
from aanspreekpunt.promises.rules.deadlines import Norm, callback_window, deadline
from aanspreekpunt.promises.rules.urgency import remind_at

if TYPE_CHECKING:
    from collections.abc import Collection
    from random import Random

_NOON = time(12, tzinfo=UTC)
_POPULAR = frozenset(
    {"paspoort", "afval-ophalen", "grofvuil", "melding-openbare-ruimte", "belasting-betalen", "verhuizing"}
)
_CROWD, _FEW = 5, 0.12
"""How often people come for what many come for, and for another body, for each thing written down that they ask it."""


@dataclass(frozen=True, slots=True)
class Due:
    """What was promised: by when, when to remind of it, and the norm it comes from."""

    at: datetime
    remind_at: datetime
    norm: Norm


class Town:
    """Everything about the organisation that a life needs, read once."""

    def __init__(self) -> None:
        self.desk = contact_centre()
        self.name = municipality().name
        self.teams = {team.pk: team for team in Team.objects.filter(is_active=True).order_by("key")}
        products = Product.objects.filter(is_active=True).order_by("key")
        # Nobody asks about other bodies without words of their own: they would crowd out the rest.
        self.products = [each for each in products if not each.refer_to or voice_of(each.key) is not ORDINARY]
        self.weights = [_weight(product) for product in self.products]

    @cached_property
    def staff(self) -> dict[int, list[Employee]]:
        """Who works in each team; a team without anyone is helped by the desk."""
        rows = Membership.objects.filter(team__isnull=False, employee__is_active=True).select_related("employee")
        staff: dict[int, list[Employee]] = {}
        for row in rows.order_by("employee__email"):
            staff.setdefault(row.team_id or 0, []).append(row.employee)
        return {team_id: staff.get(team_id) or staff[self.desk.pk] for team_id in self.teams}

    def is_confidential(self, product_keys: Collection[str]) -> bool:
        """Say whether only their own team may know about questions on one of these products."""
        return any(product.is_confidential for product in self.products if product.key in product_keys)

    def someone_of(self, team_id: int, chance: Random) -> Employee:
        """Return a colleague of that team."""
        return chance.choice(self.staff[team_id])

    def answer_due(self, product: Product, made_at: datetime) -> Due:
        """Return by when a question about `product` that came in at `made_at` is answered by its team."""
        return _not_before(made_at, _answer_due(self.teams[product.team_id], norm_of(product), local_date(made_at)))

    def callback_due(self, product: Product, made_at: datetime) -> Due:
        """Return by when somebody is called back about `product`."""
        norm = callback_norm_of(product)
        return _not_before(made_at, _callback_due(self.teams[product.team_id], norm, local_date(made_at)))


def _weight(product: Product) -> float:
    if product.refer_to:
        return _FEW * len(voice_of(product.key).questions)
    return _CROWD if product.key in _POPULAR else 1


@cache
def _answer_due(team: Team, norm: Norm, day: date) -> Due:
    """Count from noon: computed anew for each question, the calendars would take more time than all the rest."""
    calendar, noon = calendar_of(team), datetime.combine(day, _NOON)
    due = deadline(start=noon, norm=norm, calendar=calendar)
    return Due(due, remind_at(made_at=noon, due_at=due, calendar=calendar), norm)


@cache
def _callback_due(team: Team, norm: Norm, day: date) -> Due:
    calendar, noon = calendar_of(team), datetime.combine(day, _NOON)
    due = callback_window(start=noon, norm=norm, calendar=calendar).ends_at
    return Due(due, remind_at(made_at=noon, due_at=due, calendar=calendar), norm)


def _not_before(made_at: datetime, due: Due) -> Due:
    if due.at > made_at:
        return due
    return Due(made_at + timedelta(hours=12), made_at + timedelta(hours=9), due.norm)
