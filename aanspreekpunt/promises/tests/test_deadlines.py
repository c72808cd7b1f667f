"""By when a question is answered, as staff would work it out with a calendar on the table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aanspreekpunt.organisation.rules import LOCAL_TIME, Calendar, OpeningHours
from aanspreekpunt.promises.rules.deadlines import Norm, NormKind, TeamNeverOpens, deadline, fit_within_hours
from aanspreekpunt.promises.tests.calendars import (
    AROUND_THE_CLOCK,
    CHRISTMAS_EVE_OFF,
    LUNCH,
    MORNINGS,
    NEVER,
    OFFICE,
    THURSDAY_EVENING,
    calendars,
    is_within_hours,
    local,
    moments,
    on_the_wall,
    patient,
)


def hours(amount: int) -> Norm:
    return Norm(NormKind.WORKING_HOURS, amount)


def days(amount: int) -> Norm:
    return Norm(NormKind.WORKING_DAYS, amount)


def calendar_days(amount: int) -> Norm:
    return Norm(NormKind.CALENDAR_DAYS, amount)


def fixed(day: str) -> Norm:
    return Norm(NormKind.FIXED_DATE, date=date.fromisoformat(day))


# Each row: what it shows, the team, when the question comes in, the norm, when the answer is due.
WORKING_HOURS = [
    ("within a day", OFFICE, "Tue 2026-03-03 09:00", hours(4), "Tue 2026-03-03 13:00"),
    ("exactly until closing", OFFICE, "Tue 2026-03-03 09:00", hours(8), "Tue 2026-03-03 17:00"),
    ("over the night", OFFICE, "Tue 2026-03-03 16:00", hours(4), "Wed 2026-03-04 11:30"),
    ("over a weekend", OFFICE, "Fri 2026-03-06 16:00", hours(4), "Mon 2026-03-09 11:30"),
    ("several days", OFFICE, "Mon 2026-03-02 08:30", hours(17), "Tue 2026-03-03 17:00"),
    ("before opening", OFFICE, "Tue 2026-03-03 06:00", hours(1), "Tue 2026-03-03 09:30"),
    ("at opening", OFFICE, "Tue 2026-03-03 08:30", hours(1), "Tue 2026-03-03 09:30"),
    ("at closing", OFFICE, "Tue 2026-03-03 17:00", hours(1), "Wed 2026-03-04 09:30"),
    ("after closing", OFFICE, "Tue 2026-03-03 21:00", hours(1), "Wed 2026-03-04 09:30"),
    ("in the weekend", OFFICE, "Sun 2026-03-08 12:00", hours(1), "Mon 2026-03-09 09:30"),
    ("over lunch", LUNCH, "Tue 2026-03-03 11:30", hours(1), "Tue 2026-03-03 13:30"),
    ("until lunch", LUNCH, "Tue 2026-03-03 11:00", hours(1), "Tue 2026-03-03 12:00"),
    ("during lunch", LUNCH, "Tue 2026-03-03 12:20", hours(1), "Tue 2026-03-03 14:00"),
    ("mornings only", MORNINGS, "Tue 2026-03-03 11:00", hours(5), "Thu 2026-03-05 10:00"),
    ("Thursday evening", THURSDAY_EVENING, "Thu 2026-03-05 16:00", hours(4), "Thu 2026-03-05 20:00"),
    ("after Thursday evening", THURSDAY_EVENING, "Thu 2026-03-05 19:00", hours(2), "Fri 2026-03-06 09:30"),
    ("over Easter Monday", OFFICE, "Fri 2026-04-03 16:00", hours(2), "Tue 2026-04-07 09:30"),
    ("over Christmas", OFFICE, "Thu 2026-12-24 16:00", hours(2), "Mon 2026-12-28 09:30"),
    ("over Christmas and closed days", CHRISTMAS_EVE_OFF, "Wed 2026-12-23 16:00", hours(2), "Tue 2026-12-29 09:30"),
    ("over New Year", OFFICE, "Thu 2026-12-31 16:00", hours(2), "Mon 2027-01-04 09:30"),
    ("over the spring change", OFFICE, "Fri 2026-03-27 16:00", hours(2), "Mon 2026-03-30 09:30"),
    ("over the autumn change", OFFICE, "Fri 2026-10-23 16:00", hours(2), "Mon 2026-10-26 09:30"),
    ("during the spring change", AROUND_THE_CLOCK, "Sat 2026-03-28 23:00", hours(6), "Sun 2026-03-29 06:00"),
    ("during the autumn change", AROUND_THE_CLOCK, "Sat 2026-10-24 23:00", hours(6), "Sun 2026-10-25 04:00"),
    ("nothing, when open", OFFICE, "Tue 2026-03-03 10:00", hours(0), "Tue 2026-03-03 10:00"),
    ("nothing, when closed", OFFICE, "Tue 2026-03-03 18:00", hours(0), "Wed 2026-03-04 08:30"),
    ("nothing, at closing", OFFICE, "Tue 2026-03-03 17:00", hours(0), "Wed 2026-03-04 08:30"),
]

WORKING_DAYS = [
    ("the next day", OFFICE, "Tue 2026-03-03 09:00", days(1), "Wed 2026-03-04 17:00"),
    ("received late in the day", OFFICE, "Tue 2026-03-03 16:59", days(1), "Wed 2026-03-04 17:00"),
    ("received in the evening", OFFICE, "Tue 2026-03-03 23:59", days(1), "Wed 2026-03-04 17:00"),
    ("received before opening", OFFICE, "Wed 2026-03-04 00:00", days(1), "Thu 2026-03-05 17:00"),
    ("over a weekend", OFFICE, "Thu 2026-03-05 12:00", days(3), "Tue 2026-03-10 17:00"),
    ("received in the weekend", OFFICE, "Sat 2026-03-07 12:00", days(1), "Mon 2026-03-09 17:00"),
    ("two weeks", OFFICE, "Mon 2026-03-02 09:00", days(10), "Mon 2026-03-16 17:00"),
    ("over Easter Monday", OFFICE, "Thu 2026-04-02 12:00", days(2), "Tue 2026-04-07 17:00"),
    ("over King's Day on Monday", OFFICE, "Fri 2026-04-24 12:00", days(1), "Tue 2026-04-28 17:00"),
    ("over King's Day moved to Saturday", OFFICE, "Fri 2025-04-25 12:00", days(1), "Mon 2025-04-28 17:00"),
    ("over Ascension Day", OFFICE, "Wed 2026-05-13 12:00", days(2), "Mon 2026-05-18 17:00"),
    ("over Whitsun", OFFICE, "Fri 2026-05-22 12:00", days(1), "Tue 2026-05-26 17:00"),
    ("over Christmas", OFFICE, "Wed 2026-12-23 12:00", days(2), "Mon 2026-12-28 17:00"),
    ("over Christmas and closed days", CHRISTMAS_EVE_OFF, "Wed 2026-12-23 12:00", days(1), "Tue 2026-12-29 17:00"),
    ("into the new year", OFFICE, "Wed 2026-12-30 12:00", days(3), "Tue 2027-01-05 17:00"),
    ("over a leap day", OFFICE, "Mon 2028-02-28 12:00", days(2), "Wed 2028-03-01 17:00"),
    ("on a leap day", OFFICE, "Mon 2028-02-28 12:00", days(1), "Tue 2028-02-29 17:00"),
    ("mornings only", MORNINGS, "Tue 2026-03-03 15:00", days(2), "Thu 2026-03-05 12:00"),
    ("until Thursday evening", THURSDAY_EVENING, "Tue 2026-03-03 15:00", days(2), "Thu 2026-03-05 20:00"),
    ("over the spring change", OFFICE, "Fri 2026-03-27 12:00", days(1), "Mon 2026-03-30 17:00"),
    ("over the autumn change", OFFICE, "Fri 2026-10-23 12:00", days(1), "Mon 2026-10-26 17:00"),
    ("nothing", OFFICE, "Tue 2026-03-03 09:00", days(0), "Tue 2026-03-03 17:00"),
    ("nothing, at closing", OFFICE, "Tue 2026-03-03 17:00", days(0), "Tue 2026-03-03 17:00"),
    ("nothing, after closing", OFFICE, "Tue 2026-03-03 17:01", days(0), "Wed 2026-03-04 17:00"),
    ("nothing, on a Sunday", OFFICE, "Sun 2026-03-08 09:00", days(0), "Mon 2026-03-09 17:00"),
    ("until midnight", AROUND_THE_CLOCK, "Tue 2026-03-03 09:00", days(1), "Thu 2026-03-05 00:00"),
]

CALENDAR_DAYS = [
    ("a week", OFFICE, "Tue 2026-03-03 09:00", calendar_days(7), "Tue 2026-03-10 17:00"),
    ("to a Saturday", OFFICE, "Tue 2026-03-03 09:00", calendar_days(4), "Mon 2026-03-09 17:00"),
    ("to a Sunday before a holiday", OFFICE, "Sun 2026-03-29 09:00", calendar_days(7), "Tue 2026-04-07 17:00"),
    ("to King's Day", OFFICE, "Mon 2026-04-20 09:00", calendar_days(7), "Tue 2026-04-28 17:00"),
    ("to Christmas", OFFICE, "Fri 2026-12-18 09:00", calendar_days(7), "Mon 2026-12-28 17:00"),
    ("six weeks into the new year", OFFICE, "Fri 2026-11-20 09:00", calendar_days(42), "Mon 2027-01-04 17:00"),
    ("to a leap day", OFFICE, "Sat 2028-02-26 09:00", calendar_days(3), "Tue 2028-02-29 17:00"),
    ("a year with a leap day", OFFICE, "Wed 2027-09-01 09:00", calendar_days(366), "Fri 2028-09-01 17:00"),
    ("late in the evening", OFFICE, "Tue 2026-03-03 23:30", calendar_days(1), "Wed 2026-03-04 17:00"),
    ("nothing", OFFICE, "Tue 2026-03-03 09:00", calendar_days(0), "Tue 2026-03-03 17:00"),
    ("nothing, after closing", OFFICE, "Fri 2026-03-06 18:00", calendar_days(0), "Mon 2026-03-09 17:00"),
    ("mornings only", MORNINGS, "Tue 2026-03-03 09:00", calendar_days(2), "Thu 2026-03-05 12:00"),
]

FIXED_DATE = [
    ("an open day", OFFICE, "Tue 2026-03-03 09:00", fixed("2026-03-12"), "Thu 2026-03-12 17:00"),
    (
        "a Thursday with an evening",
        THURSDAY_EVENING,
        "Tue 2026-03-03 09:00",
        fixed("2026-03-12"),
        "Thu 2026-03-12 20:00",
    ),
    ("a Sunday", OFFICE, "Tue 2026-03-03 09:00", fixed("2026-03-08"), "Fri 2026-03-06 17:00"),
    ("Easter Monday", OFFICE, "Tue 2026-03-03 09:00", fixed("2026-04-06"), "Fri 2026-04-03 17:00"),
    ("second Christmas Day", CHRISTMAS_EVE_OFF, "Tue 2026-03-03 09:00", fixed("2026-12-26"), "Wed 2026-12-23 17:00"),
    ("today", OFFICE, "Tue 2026-03-03 09:00", fixed("2026-03-03"), "Tue 2026-03-03 17:00"),
    ("today, at closing", OFFICE, "Tue 2026-03-03 17:00", fixed("2026-03-03"), "Tue 2026-03-03 17:00"),
    ("today, after closing", OFFICE, "Tue 2026-03-03 17:30", fixed("2026-03-03"), "Wed 2026-03-04 17:00"),
    ("Sunday, asked on Friday evening", OFFICE, "Fri 2026-03-06 17:30", fixed("2026-03-08"), "Mon 2026-03-09 17:00"),
    ("Sunday, asked on Saturday", OFFICE, "Sat 2026-03-07 12:00", fixed("2026-03-08"), "Mon 2026-03-09 17:00"),
    ("a date in the past", OFFICE, "Tue 2026-03-03 09:00", fixed("2026-02-10"), "Tue 2026-03-03 17:00"),
    ("the last day of the year", OFFICE, "Tue 2026-03-03 09:00", fixed("2026-12-31"), "Thu 2026-12-31 17:00"),
    ("New Year's Day", OFFICE, "Tue 2026-03-03 09:00", fixed("2027-01-01"), "Thu 2026-12-31 17:00"),
    ("a leap day", OFFICE, "Tue 2026-03-03 09:00", fixed("2028-02-29"), "Tue 2028-02-29 17:00"),
]

ALL = WORKING_HOURS + WORKING_DAYS + CALENDAR_DAYS + FIXED_DATE


@pytest.mark.parametrize(
    ("calendar", "start", "norm", "due"), [row[1:] for row in ALL], ids=[f"{row[3].kind}: {row[0]}" for row in ALL]
)
def test_an_answer_is_due(calendar: Calendar, start: str, norm: Norm, due: str) -> None:
    assert start == on_the_wall(local(start))
    assert on_the_wall(deadline(start=local(start), norm=norm, calendar=calendar)) == due


def test_seconds_count_and_the_answer_comes_in_utc() -> None:
    due = deadline(start=local("2026-07-01 16:59:30"), norm=hours(1), calendar=OFFICE)
    assert due == datetime(2026, 7, 2, 7, 29, 30, tzinfo=UTC)
    assert due.tzinfo is UTC


def test_the_zone_in_which_the_start_is_written_does_not_matter() -> None:
    start = local("2026-03-03 00:30")
    assert deadline(start=start.astimezone(UTC), norm=days(1), calendar=OFFICE) == local("2026-03-04 17:00")


@pytest.mark.parametrize("norm", [hours(0), hours(1), days(0), days(1), calendar_days(3), fixed("2026-03-03")])
def test_nothing_is_promised_for_a_team_that_never_opens(norm: Norm) -> None:
    with pytest.raises(TeamNeverOpens):
        deadline(start=local("2026-03-03 09:00"), norm=norm, calendar=NEVER)


def test_a_far_date_is_not_searched_back_for_ever() -> None:
    team = Calendar(OFFICE.hours, frozenset(date(2030, 1, 1) + timedelta(days=n) for n in range(1000)))
    due = deadline(start=local("2029-12-03 09:00"), norm=fixed("2032-06-01"), calendar=team)
    assert due == local("2029-12-03 17:00")


def test_a_norm_reads_its_kind_from_text() -> None:
    assert Norm("working_days", 3) == days(3)  # type: ignore[arg-type] # as it comes from the database


@pytest.mark.parametrize(
    ("kind", "amount", "day"),
    [
        (NormKind.WORKING_DAYS, -1, None),
        (NormKind.WORKING_DAYS, 3, date(2026, 1, 1)),
        (NormKind.FIXED_DATE, 0, None),
        ("fortnights", 1, None),
    ],
)
def test_a_norm_that_makes_no_sense_is_refused(kind: NormKind, amount: int, day: date | None) -> None:
    with pytest.raises(ValueError, match=r"norm|date|fortnights"):
        Norm(kind, amount, day)


# What holds for every team, start and norm

amounts = st.integers(0, 40)
counted = st.sampled_from([NormKind.WORKING_HOURS, NormKind.WORKING_DAYS, NormKind.CALENDAR_DAYS])
norms = st.one_of(
    st.builds(Norm, counted, amounts),
    st.dates(date(2025, 11, 1), date(2027, 3, 1)).map(lambda day: Norm(NormKind.FIXED_DATE, date=day)),
)


@patient
@given(moments(), norms, calendars())
def test_a_deadline_is_never_before_the_start_and_always_within_hours(
    start: datetime, norm: Norm, calendar: Calendar
) -> None:
    due = deadline(start=start, norm=norm, calendar=calendar)
    assert due >= start
    assert is_within_hours(calendar, due)


@patient
@given(moments(), st.timedeltas(timedelta(0), timedelta(days=10)), norms, calendars())
def test_who_asks_later_is_not_answered_sooner(
    start: datetime, later: timedelta, norm: Norm, calendar: Calendar
) -> None:
    start = start.astimezone(UTC)
    due, due_later = (deadline(start=at, norm=norm, calendar=calendar) for at in (start, start + later))
    assert due <= due_later


@patient
@given(moments(), counted, amounts, st.integers(0, 5), calendars())
def test_a_longer_norm_does_not_end_sooner(
    start: datetime, kind: NormKind, amount: int, more: int, calendar: Calendar
) -> None:
    short, long = (deadline(start=start, norm=Norm(kind, n), calendar=calendar) for n in (amount, amount + more))
    assert short <= long


def minute_by_minute(start: datetime, amount: int, calendar: Calendar) -> datetime:
    """Count working hours the slow way: look at the clock every minute and ask whether the team is there."""
    at, minutes = start.astimezone(UTC), amount * 60
    while minutes or (amount == 0 and not is_open_on_the_wall(at, calendar)):
        minutes -= is_open_on_the_wall(at, calendar) and minutes > 0
        at += timedelta(minutes=1)
    return at


def is_open_on_the_wall(at: datetime, calendar: Calendar) -> bool:
    wall = at.astimezone(LOCAL_TIME)
    minute = wall.hour * 60 + wall.minute
    spans = calendar.hours.days[wall.weekday()]
    return wall.date() not in calendar.closed_dates and any(start <= minute < end for start, end in spans)


@settings(patient, max_examples=60)
@given(moments(), st.integers(0, 9), calendars())
def test_working_hours_equal_a_count_minute_by_minute(start: datetime, amount: int, calendar: Calendar) -> None:
    assume(sum(end - begin for spans in calendar.hours.days for begin, end in spans) >= 600)
    assert deadline(start=start, norm=hours(amount), calendar=calendar) == minute_by_minute(start, amount, calendar)


# A moment someone chose, brought within hours


@pytest.mark.parametrize(
    ("due", "not_before", "fitted"),
    [
        ("Tue 2026-03-03 10:00", "Mon 2026-03-02 10:00", "Tue 2026-03-03 10:00"),
        ("Tue 2026-03-03 17:00", "Mon 2026-03-02 10:00", "Tue 2026-03-03 17:00"),
        ("Tue 2026-03-03 18:00", "Mon 2026-03-02 10:00", "Tue 2026-03-03 17:00"),
        ("Tue 2026-03-03 12:30", "Mon 2026-03-02 10:00", "Tue 2026-03-03 12:00"),
        ("Tue 2026-03-03 07:00", "Mon 2026-03-02 10:00", "Mon 2026-03-02 17:00"),
        ("Sun 2026-03-08 12:00", "Mon 2026-03-02 10:00", "Fri 2026-03-06 17:00"),
        ("Sun 2026-03-08 12:00", "Sat 2026-03-07 10:00", "Mon 2026-03-09 17:00"),
        ("Fri 2026-03-06 19:00", "Fri 2026-03-06 18:00", "Mon 2026-03-09 17:00"),
        ("Tue 2026-03-03 12:30", "Tue 2026-03-03 12:15", "Tue 2026-03-03 17:00"),
        ("Tue 2026-03-03 10:00", "Wed 2026-03-04 11:00", "Wed 2026-03-04 11:00"),
    ],
)
def test_a_chosen_moment_moves_to_when_the_team_is_there(due: str, not_before: str, fitted: str) -> None:
    moment = fit_within_hours(due=local(due), calendar=LUNCH, not_before=local(not_before))
    assert on_the_wall(moment) == fitted


@patient
@given(moments(), moments(), calendars())
def test_a_fitted_moment_is_within_hours_and_not_too_early(due: datetime, early: datetime, calendar: Calendar) -> None:
    fitted = fit_within_hours(due=due, calendar=calendar, not_before=early)
    assert fitted >= early
    assert is_within_hours(calendar, fitted)
    if due >= early and is_within_hours(calendar, due):
        assert fitted == due


def test_a_moment_at_midnight_fits_a_team_that_closes_then() -> None:
    late = Calendar(OpeningHours.from_json({"wed": [["20:00", "24:00"]]}))
    midnight = local("2026-03-05 00:00")
    assert fit_within_hours(due=midnight, calendar=late, not_before=midnight) == midnight
    assert deadline(start=midnight, norm=fixed("2026-03-04"), calendar=late) == midnight


def test_no_moment_fits_a_team_that_never_opens() -> None:
    at = local("2026-03-03 09:00")
    with pytest.raises(TeamNeverOpens):
        fit_within_hours(due=at, calendar=NEVER, not_before=at)
