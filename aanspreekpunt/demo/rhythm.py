"""When people come with a question: by weekday and hour, quiet on holidays, and in the evening only in writing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from aanspreekpunt.organisation.rules import LOCAL_TIME, local_date

if TYPE_CHECKING:
    from random import Random

    from aanspreekpunt.organisation.rules import Calendar

_BY_WEEKDAY = (1.35, 1.15, 1.0, 1.1, 0.85, 0.1, 0.06)
_ON_A_CLOSED_DAY = 0.08
_BY_HOUR = (
    0,
    0,
    0,
    0,
    0,
    0,
    0.03,
    0.1,
    0.8,
    1.4,
    1.5,
    1.3,
    0.7,
    1.05,
    1.15,
    1.0,
    0.75,
    0.3,
    0.14,
    0.16,
    0.15,
    0.1,
    0.04,
    0,
)
_HOURS = range(24)


def moments(*, count: int, first: date, at: datetime, calendar: Calendar, chance: Random) -> list[datetime]:
    """Return `count` moments from day `first` until `at`, in order, as they would be at a desk with this calendar."""
    last = local_date(at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weights = [_weight(day, calendar) for day in days]
    drawn: list[datetime] = []
    while len(drawn) < count:
        drawn += _some(days, weights, count - len(drawn), at, chance)
    return sorted(drawn)


def _weight(day: date, calendar: Calendar) -> float:
    weekday = _BY_WEEKDAY[day.weekday()]
    return weekday if calendar.intervals_on(day) else min(weekday, _ON_A_CLOSED_DAY)


def _some(days: list[date], weights: list[float], count: int, at: datetime, chance: Random) -> list[datetime]:
    on = chance.choices(days, weights, k=count)
    hours = chance.choices(_HOURS, _BY_HOUR, k=count)
    some = (_moment(day, hour, chance) for day, hour in zip(on, hours, strict=True))
    return [moment for moment in some if moment <= at]


def _moment(day: date, hour: int, chance: Random) -> datetime:
    wall = datetime.combine(day, time(hour), tzinfo=LOCAL_TIME)
    return wall.astimezone(UTC) + timedelta(seconds=chance.randrange(3600))
