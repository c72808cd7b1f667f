"""Teams with different hours, for tests of what can be promised."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from aanspreekpunt.organisation.holidays import HOLIDAY_NAMES, closed_dates
from aanspreekpunt.organisation.rules import LOCAL_TIME, WEEKDAYS, Calendar, OpeningHours, Span, local_date

_WORKWEEK = WEEKDAYS[:5]
_KEPT = [name for name in HOLIDAY_NAMES if name != "Goede vrijdag" and not name.startswith("Bevrijdingsdag")]
_HOLIDAYS = closed_dates(first_year=2024, last_year=2030, names=_KEPT)


# A busy machine is no reason to fail.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def team(hours: dict[str, list[list[str]]], *extra_closed: str) -> Calendar:
    return Calendar(OpeningHours.from_json(hours), _HOLIDAYS.union(map(date.fromisoformat, extra_closed)))


OFFICE = team({name: [["08:30", "17:00"]] for name in _WORKWEEK})
LUNCH = team({name: [["08:30", "12:00"], ["13:00", "17:00"]] for name in _WORKWEEK})
MORNINGS = team({name: [["09:00", "12:00"]] for name in _WORKWEEK})
THURSDAY_EVENING = team({name: [["08:30", "20:00" if name == "thu" else "17:00"]] for name in _WORKWEEK})
CHRISTMAS_EVE_OFF = team({name: [["08:30", "17:00"]] for name in _WORKWEEK}, "2026-12-24", "2026-12-28")
AROUND_THE_CLOCK = Calendar(OpeningHours.from_json({name: [["00:00", "24:00"]] for name in WEEKDAYS}))
NEVER = Calendar(OpeningHours.from_json({}))


def local(text: str, fold: int = 0) -> datetime:
    """Read a moment as it stands on a Dutch wall: "2026-04-02 15:12", with or without the weekday before it."""
    return datetime.fromisoformat(text.split(" ", 1)[1] if text[0].isalpha() else text).replace(
        tzinfo=LOCAL_TIME, fold=fold
    )


def on_the_wall(moment: datetime) -> str:
    """Write a moment as it stands on a Dutch wall, with the weekday."""
    return moment.astimezone(LOCAL_TIME).strftime("%a %Y-%m-%d %H:%M")


def is_within_hours(calendar: Calendar, moment: datetime) -> bool:
    """Tell whether a moment lies in open hours, or exactly at their end."""
    day = local_date(moment)
    intervals = calendar.intervals_on(day - timedelta(days=1)) + calendar.intervals_on(day)
    return any(opens_at <= moment <= closes_at for opens_at, closes_at in intervals)


# Quarters of an hour, but none within the hour that comes twice: there a wall clock alone does not say when it is.
_QUARTERS = [minute for minute in range(0, 24 * 60 + 1, 15) if not 120 < minute < 180]


@st.composite
def _days(draw: st.DrawFn) -> tuple[Span, ...]:
    times = sorted(draw(st.lists(st.sampled_from(_QUARTERS), unique=True, max_size=6)))
    return tuple(zip(times[::2], times[1::2], strict=False))


def calendars() -> st.SearchStrategy[Calendar]:
    """Make calendars of any hours, also at night and in short pieces, with closed dates in 2026."""
    weeks = st.tuples(*[_days()] * 7).filter(lambda days: sum(map(bool, days)) >= 2)
    closed = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40)
    return st.builds(Calendar, weeks.map(OpeningHours), closed)


def moments() -> st.SearchStrategy[datetime]:
    """Make moments of 2026 to the minute, more of them around the change of the clocks."""
    minutes = st.integers(0, 300 * 24 * 60)
    around = st.integers(0, 4 * 24 * 60)
    starts = [
        minutes.map(lambda n: local("2026-01-01 00:00") + timedelta(minutes=n)),
        around.map(lambda n: local("2026-03-27 00:00") + timedelta(minutes=n)),
        around.map(lambda n: local("2026-10-23 00:00") + timedelta(minutes=n)),
    ]
    return st.one_of(starts)
