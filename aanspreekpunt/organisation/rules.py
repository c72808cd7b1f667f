"""When a team is open: weekly hours in Dutch local time, less the dates on which it is closed.

Hours are read in local time and counted in UTC. Every moment that leaves this module is in UTC, because Python compares
and subtracts two moments of one time zone by the clock on the wall, which is an hour off when the clocks change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCAL_TIME = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_CLOSURE_DAYS = 400  # more than a year: a team that has not opened by then never will

Span = tuple[int, int]  # from one minute to another, counted from midnight on the wall clock; 1440 ends the day
Interval = tuple[datetime, datetime]  # from opening up to, not including, closing

_ONE_DAY = timedelta(days=1)
_CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")


class NotOpeningHours(ValueError):
    """The text given as opening hours cannot be read; the message says which day and why."""


class TeamNeverOpens(Exception):
    """No open moment was found within 400 days, so nothing can be promised on behalf of this team."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of an ordinary week, Monday first; each day has spans in order that do not touch."""

    days: tuple[tuple[Span, ...], ...]

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read {"mon": [["08:30", "17:00"]], …}; a day left out is closed. Raises `NotOpeningHours`."""
        if not isinstance(data, dict):
            raise NotOpeningHours(
                f'opening hours are days with times, such as {{"mon": [["08:30", "17:00"]]}}, not {data!r}'
            )
        unknown = [str(name) for name in data if name not in WEEKDAYS]
        if unknown:
            raise NotOpeningHours(f"unknown day {', '.join(unknown)}: the days are {', '.join(WEEKDAYS)}")
        return cls(tuple(_read_day(name, data.get(name, [])) for name in WEEKDAYS))

    def spans_on(self, day: date) -> tuple[Span, ...]:
        return self.days[day.weekday()]


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one team is open: the hours of its week, less the dates on which it is closed."""

    hours: OpeningHours
    closed_dates: frozenset[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        """Tell whether the team is open; at the very moment of closing it no longer is."""
        return any(opens_at <= at < closes_at for opens_at, closes_at in self.intervals_on(local_date(at)))

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return when the team is open on a date, in order; nothing when it is closed."""
        return () if day in self.closed_dates else _intervals(day, self.hours.spans_on(day))

    def last_closing_of(self, day: date) -> datetime | None:
        """Return when the team closes for the day, or nothing when it is closed that date."""
        intervals = self.intervals_on(day)
        return intervals[-1][1] if intervals else None

    def open_dates_from(self, day: date) -> Iterator[date]:
        """Yield this date and later ones as far as the team is open on them; raises `TeamNeverOpens`."""
        days_closed = 0
        while days_closed < LONGEST_CLOSURE_DAYS:
            days_closed += 1
            if self.intervals_on(day):
                days_closed = 0
                yield day
            day += _ONE_DAY
        raise TeamNeverOpens

    def intervals_from(self, at: datetime) -> Iterator[Interval]:
        """Yield the open time from this moment on, piece by piece; raises `TeamNeverOpens`."""
        at_utc = in_utc(at)
        for day in self.open_dates_from(local_date(at)):
            for opens_at, closes_at in self.intervals_on(day):
                if closes_at > at_utc:
                    yield max(opens_at, at_utc), closes_at

    def next_opening(self, at: datetime) -> datetime:
        """Return the first moment from `at` on that the team is open, which may be `at`; raises `TeamNeverOpens`."""
        return next(self.intervals_from(at))[0]

    def after_open_time(self, start: datetime, duration: timedelta) -> datetime:
        """Return the moment when the team has been open for `duration` since `start`; raises `TeamNeverOpens`."""
        intervals = self.intervals_from(start)
        opens_at, closes_at = next(intervals)
        while duration > closes_at - opens_at:
            duration -= closes_at - opens_at
            opens_at, closes_at = next(intervals)
        return opens_at + duration

    def open_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Return how long the team is open between two moments; nothing when `end` is not after `start`."""
        start_utc, end_utc = in_utc(start), in_utc(end)
        total, day, last_day = timedelta(0), local_date(start), local_date(end)
        while day <= last_day:
            for opens_at, closes_at in self.intervals_on(day):
                total += max(min(closes_at, end_utc) - max(opens_at, start_utc), timedelta(0))
            day += _ONE_DAY
        return total


def in_utc(at: datetime) -> datetime:
    """Return the same moment in UTC; refuses a time without a time zone, which is no moment at all."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(UTC)


def local_date(at: datetime) -> date:
    """Return the date in the Netherlands at this moment."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(LOCAL_TIME).date()


@lru_cache(maxsize=2**14)  # teams share hours, and the same few weeks are asked for again and again
def _intervals(day: date, spans: tuple[Span, ...]) -> tuple[Interval, ...]:
    moments = ((_moment(day, start), _moment(day, end)) for start, end in spans)
    # When the clocks go forward, a span within the hour that is skipped has no length left.
    return tuple((opens_at, closes_at) for opens_at, closes_at in moments if opens_at < closes_at)


def _moment(day: date, minute: int) -> datetime:
    """Return the moment, in UTC, of a minute on the wall clock.

    A time that comes twice, as the clocks go back, is its first coming. A time that is skipped, as they go forward, is
    the moment of skipping, which shows as the next whole hour.
    """
    wall = datetime(day.year, day.month, day.day, tzinfo=LOCAL_TIME) + timedelta(minutes=minute)
    moment = wall.astimezone(UTC)
    if moment.astimezone(LOCAL_TIME).hour == wall.hour:
        return moment
    return (wall.replace(minute=0) + timedelta(hours=1)).astimezone(UTC)


def _read_day(name: str, data: object) -> tuple[Span, ...]:
    if not isinstance(data, list | tuple):
        raise NotOpeningHours(f'{name}: expected a list such as [["08:30", "17:00"]], not {data!r}')
    spans = [_read_span(name, pair) for pair in data]
    for (_, closes), (opens, _) in pairwise(spans):
        if opens <= closes:
            raise NotOpeningHours(f"{name}: {_clock(opens)} is not after the closing time {_clock(closes)} before it")
    return tuple(spans)


def _read_span(name: str, pair: object) -> Span:
    if not isinstance(pair, list | tuple) or len(pair) != 2:  # noqa: PLR2004 - a pair is two
        raise NotOpeningHours(
            f'{name}: expected an opening and a closing time such as ["08:30", "17:00"], not {pair!r}'
        )
    opens, closes = (_read_time(name, text) for text in pair)
    if opens >= closes:
        raise NotOpeningHours(
            f"{name}: the closing time {_clock(closes)} is not after the opening time {_clock(opens)}"
        )
    return opens, closes


def _read_time(name: str, text: object) -> int:
    if not isinstance(text, str) or not _CLOCK_TIME.fullmatch(text):
        raise NotOpeningHours(f'{name}: a time is text such as "08:30", not {text!r}')
    return int(text[:2]) * 60 + int(text[3:])


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
