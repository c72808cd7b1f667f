"""By when: from the start of a question and the norm of its product to a moment at which the team is there.

Every moment returned is in UTC, never before the start, and within the team's open hours or exactly at their end.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from aanspreekpunt.organisation.rules import (
    LONGEST_CLOSURE_DAYS,
    Calendar,
    Interval,
    TeamNeverOpens,
    in_utc,
    local_date,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "CALLBACK_WINDOW",
    "Norm",
    "NormKind",
    "TeamNeverOpens",
    "Window",
    "callback_window",
    "callback_windows",
    "deadline",
    "fit_within_hours",
]

CALLBACK_WINDOW = timedelta(hours=2)  # short enough to stay near the phone, long enough for the team to keep
_ONE_DAY = timedelta(days=1)
_HALF_HOUR = timedelta(minutes=30)
_SOME_HALF_HOUR = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # half hours of Dutch time are half hours of UTC


class NormKind(StrEnum):
    """The ways in which a term is counted."""

    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    FIXED_DATE = "fixed_date"


@dataclass(frozen=True, slots=True)
class Norm:
    """How long an answer may take: an amount of hours or days, or until one fixed date."""

    kind: NormKind
    amount: int = 0
    date: dt.date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", NormKind(self.kind))  # its text, as the database keeps it, will do too
        if (self.kind is NormKind.FIXED_DATE) is (self.date is None):
            raise ValueError(f"a fixed date needs a date and other norms have none, not {self}")
        if self.amount < 0:
            raise ValueError(f"the amount of a norm is at least 0, not {self.amount}")


@dataclass(frozen=True, slots=True)
class Window:
    """The time within which we ring back: from and until, both in UTC."""

    starts_at: datetime
    ends_at: datetime


def deadline(*, start: datetime, norm: Norm, calendar: Calendar) -> datetime:
    """Return the moment by which a question that came in at `start` must be answered; raises `TeamNeverOpens`.

    Working hours are counted while the team is open. For days, the day of receipt is day 0 and the team has until it
    closes; working days are days on which it is open. Calendar days that end on a closed day run on to the next open
    day, as terms in Dutch law do (Algemene termijnenwet, article 1). A fixed date on which the team is closed becomes
    the last open day before it, because the resident counts on that date, or the next one when that is already past.
    """
    received_on = local_date(start)
    if norm.date is not None:
        return _closing_by(norm.date, start, calendar)
    if norm.kind is NormKind.WORKING_HOURS:
        return calendar.after_open_time(start, timedelta(hours=norm.amount))
    if norm.kind is NormKind.CALENDAR_DAYS:
        return _closing_from(received_on + norm.amount * _ONE_DAY, start, calendar)
    if norm.amount == 0:
        return _closing_from(received_on, start, calendar)
    later_days = calendar.open_dates_from(received_on + _ONE_DAY)
    return _closing_from(next(islice(later_days, norm.amount - 1, None)), start, calendar)


def fit_within_hours(*, due: datetime, calendar: Calendar, not_before: datetime) -> datetime:
    """Return `due` when the team is there at that moment, and otherwise the nearest moment to promise instead.

    That is when the team last closed before it, because a promise may be kept early but not late; if that is before
    `not_before`, it is the end of the first open day from then on. Raises `TeamNeverOpens`.
    """
    wanted, earliest = max(in_utc(due), in_utc(not_before)), in_utc(not_before)
    for day in _dates_back(local_date(wanted), local_date(earliest)):
        for opens_at, closes_at in reversed(calendar.intervals_on(day)):
            if opens_at <= wanted and min(closes_at, wanted) >= earliest:
                return min(closes_at, wanted)
    return _closing_from(local_date(wanted), earliest, calendar)


def callback_window(*, start: datetime, norm: Norm, calendar: Calendar, length: timedelta = CALLBACK_WINDOW) -> Window:
    """Return the last window that ends within the norm, or the first possible one when none does.

    Raises `TeamNeverOpens`.
    """
    due = deadline(start=start, norm=norm, calendar=calendar)
    windows = _windows_from(start, calendar, length)
    window = next(windows)
    for later in takewhile(lambda candidate: candidate.ends_at <= due, windows):
        window = later
    return window


def callback_windows(
    *, start: datetime, calendar: Calendar, count: int, length: timedelta = CALLBACK_WINDOW
) -> tuple[Window, ...]:
    """Return the first `count` windows after `start` to choose from; raises `TeamNeverOpens`."""
    return tuple(islice(_windows_from(start, calendar, length), count))


def _closing_from(day: dt.date, start: datetime, calendar: Calendar) -> datetime:
    """Return the first closing time on or after a day that is not before `start`."""
    return next(closing for closing in _closings_from(day, calendar) if closing >= start)


def _closings_from(day: dt.date, calendar: Calendar) -> Iterator[datetime]:
    for open_date in calendar.open_dates_from(day):
        yield calendar.intervals_on(open_date)[-1][1]


def _closing_by(day: dt.date, start: datetime, calendar: Calendar) -> datetime:
    """Return the last closing time on or before a day that is not before `start`, or else the first after `start`."""
    for candidate in _dates_back(day, local_date(start)):
        closing = calendar.last_closing_of(candidate)
        if closing is not None:
            return closing if closing >= start else _closing_from(candidate, start, calendar)
    return _closing_from(local_date(start), start, calendar)


def _dates_back(day: dt.date, first: dt.date) -> Iterator[dt.date]:
    # One day further than the first, because a team that closes at midnight does so on the date after.
    days = min((day - first).days + 2, LONGEST_CLOSURE_DAYS)
    return (day - n * _ONE_DAY for n in range(days))


def _windows_from(start: datetime, calendar: Calendar, length: timedelta) -> Iterator[Window]:
    """Yield windows from the opening of each interval, as many as fit in it, that begin after `start`."""
    if length < _HALF_HOUR or length % _HALF_HOUR:
        raise ValueError(f"a window is one or more whole half hours, not {length}")
    start_utc = in_utc(start)
    for day in calendar.open_dates_from(local_date(start)):
        for interval in calendar.intervals_on(day):
            yield from (window for window in _windows_in(interval, length) if window.starts_at >= start_utc)


def _windows_in(interval: Interval, length: timedelta) -> Iterator[Window]:
    first, last = _half_hour_up(interval[0]), _half_hour_down(interval[1])
    if last <= first:  # a team that is open too briefly for half hours still rings back while it is open
        first, last = interval
    step = min(length, last - first)
    while first + step <= last:
        yield Window(first, first + step)
        first += step


def _half_hour_down(at: datetime) -> datetime:
    return at - (at - _SOME_HALF_HOUR) % _HALF_HOUR


def _half_hour_up(at: datetime) -> datetime:
    return at + (_SOME_HALF_HOUR - at) % _HALF_HOUR
