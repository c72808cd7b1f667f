"""How near a promise is to being broken, and when to warn of it, counted in the time the team has left to keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aanspreekpunt.organisation.rules import Calendar, TeamNeverOpens, in_utc, local_date

_NOW = timedelta(hours=2)
_ONE_DAY = timedelta(days=1)
_WARNING = timedelta(hours=1)


class Urgency(StrEnum):
    """The bands in which a list of promises is shown, most urgent first."""

    OVERDUE = "overdue"
    NOW = "now"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class UrgencyLimits:
    """Where the bands of one team begin and end at one moment, so that a query can sort by them as well."""

    overdue_before: datetime
    now_until: datetime
    soon_until: datetime

    def urgency_of(self, due_at: datetime) -> Urgency:
        if due_at < self.overdue_before:
            return Urgency.OVERDUE
        if due_at <= self.now_until:
            return Urgency.NOW
        return Urgency.SOON if due_at <= self.soon_until else Urgency.LATER


def urgency_limits(*, at: datetime, calendar: Calendar) -> UrgencyLimits:
    """Return the limits at this moment: now is within two open hours, soon is before the end of the next open day.

    A team that never opens still has promises made before; for those, hours and days are counted by the clock.
    """
    at_utc = in_utc(at)
    try:
        now_until = calendar.after_open_time(at_utc, _NOW)
        next_day = next(calendar.open_dates_from(local_date(at) + _ONE_DAY))
    except TeamNeverOpens:
        return UrgencyLimits(at_utc, at_utc + _NOW, at_utc + _ONE_DAY)
    return UrgencyLimits(at_utc, now_until, max(now_until, calendar.intervals_on(next_day)[-1][1]))


def urgency(*, due_at: datetime, at: datetime, calendar: Calendar) -> Urgency:
    """Return how urgent a promise is that falls due at `due_at`; a promise is overdue once that moment has passed."""
    return urgency_limits(at=at, calendar=calendar).urgency_of(due_at)


def remind_at(*, made_at: datetime, due_at: datetime, calendar: Calendar) -> datetime:
    """Return when to remind the team of a promise: three quarters into the open time between made and due.

    The team is left at least one open hour, or half of the open time when that is less than two hours in all. Without
    any open time to count, it is reminded as soon as the promise is made. Never after `due_at`.
    """
    room = calendar.open_time_between(made_at, due_at)
    if not room:
        return min(in_utc(made_at), in_utc(due_at))
    return calendar.after_open_time(made_at, max(room / 2, min(room * 3 / 4, room - _WARNING)))
