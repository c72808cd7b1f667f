"""What can be promised before it is: by when a team answers, and the windows in which it can ring back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.promises.operations.making import callback_norm_of, due_for, hours_of
from aanspreekpunt.promises.rules.deadlines import Window, callback_window, callback_windows

if TYPE_CHECKING:
    from datetime import date, datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.models import Team

WINDOWS = 8
"""How many windows to choose from: about two working days."""


@dataclass(frozen=True, slots=True)
class CallbackProposal:
    """The windows a resident can choose from, and the one the norm of the product leads to."""

    windows: tuple[Window, ...]
    by_norm: Window


def proposed_due(*, product: Product | None, team: Team, on: date | None = None, at: datetime) -> datetime:
    """Return by when `team` would answer, by the norm of `product` or on the date `on`; raises as `due_for` does."""
    return due_for(product=product, team=team, on=on, at=at)


def proposed_windows(*, product: Product | None, team: Team, count: int = WINDOWS, at: datetime) -> CallbackProposal:
    """Return when `team` could ring back, soonest first; raises `TeamIsNotAtWork`."""
    with hours_of(team) as calendar:
        windows = callback_windows(start=at, calendar=calendar, count=count)
        by_norm = callback_window(start=at, norm=callback_norm_of(product), calendar=calendar)
    return CallbackProposal(windows, by_norm if by_norm in windows else windows[-1])
