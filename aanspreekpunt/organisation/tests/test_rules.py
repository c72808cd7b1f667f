"""When a team is open, on ordinary days and on odd ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.organisation.rules import (
    LOCAL_TIME,
    WEEKDAYS,
    Calendar,
    NotOpeningHours,
    OpeningHours,
    TeamNeverOpens,
    in_utc,
    local_date,
)

if TYPE_CHECKING:
    from collections.abc import Callable

OFFICE = {name: [["08:30", "17:00"]] for name in WEEKDAYS[:5]}
ROUND_THE_CLOCK = {name: [["00:00", "24:00"]] for name in WEEKDAYS}
EVERY_NIGHT = {name: [["01:30", "02:30"], ["02:45", "04:00"]] for name in WEEKDAYS}

CLOCKS_FORWARD = date(2026, 3, 29)  # 02:00 becomes 03:00
CLOCKS_BACK = date(2026, 10, 25)  # 03:00 becomes 02:00


def calendar(hours: object, *closed: str) -> Calendar:
    return Calendar(OpeningHours.from_json(hours), frozenset(map(date.fromisoformat, closed)))


def local(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_TIME, fold=fold)


def on_the_wall(*moments: datetime) -> list[str]:
    return [moment.astimezone(LOCAL_TIME).strftime("%H:%M %Z") for moment in moments]


def hours_on(hours: object, day: date) -> list[list[str]]:
    return [on_the_wall(*interval) for interval in calendar(hours).intervals_on(day)]


# Reading hours


def test_hours_are_read_day_by_day_and_a_day_left_out_is_closed() -> None:
    hours = OpeningHours.from_json({"mon": [["08:30", "12:00"], ["13:00", "24:00"]], "sun": []})
    assert hours.days == (((510, 720), (780, 1440)), (), (), (), (), (), ())


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (None, "opening hours are days with times"),
        ([["08:30", "17:00"]], "opening hours are days with times"),
        ({"maandag": []}, "unknown day maandag: the days are mon, tue, wed, thu, fri, sat, sun"),
        ({1: [], "mon": []}, "unknown day 1"),
        ({"mon": "08:30-17:00"}, "mon: expected a list"),
        ({"mon": None}, "mon: expected a list"),
        ({"tue": ["08:30", "17:00"]}, "tue: expected an opening and a closing time"),
        ({"tue": [["08:30"]]}, "tue: expected an opening and a closing time"),
        ({"tue": [["08:30", "12:00", "17:00"]]}, "tue: expected an opening and a closing time"),
        ({"wed": [["8:30", "17:00"]]}, "wed: a time is text such as \"08:30\", not '8:30'"),
        ({"wed": [[510, "17:00"]]}, 'wed: a time is text such as "08:30", not 510'),
        ({"wed": [["08:30", "24:30"]]}, "wed: a time is text"),
        ({"wed": [["08:30", "17:60"]]}, "wed: a time is text"),
        ({"wed": [["08:30", "17:00\n"]]}, "wed: a time is text"),
        ({"thu": [["17:00", "08:30"]]}, "thu: the closing time 08:30 is not after the opening time 17:00"),
        ({"thu": [["24:00", "24:00"]]}, "thu: the closing time 24:00 is not after the opening time 24:00"),
        ({"fri": [["08:30", "12:30"], ["12:00", "17:00"]]}, "fri: 12:00 is not after the closing time 12:30 before it"),
        ({"fri": [["08:30", "12:00"], ["12:00", "17:00"]]}, "fri: 12:00 is not after the closing time 12:00 before it"),
        ({"fri": [["13:00", "17:00"], ["08:30", "12:00"]]}, "fri: 08:30 is not after the closing time 17:00 before it"),
    ],
)
def test_hours_that_cannot_be_right_are_refused_with_the_day_and_the_reason(data: object, complaint: str) -> None:
    with pytest.raises(NotOpeningHours) as caught:
        OpeningHours.from_json(data)
    assert complaint in str(caught.value)


def test_equal_calendars_are_one_key_of_a_cache() -> None:
    assert len({calendar(OFFICE, "2026-12-24"), calendar(OFFICE, "2026-12-24")}) == 1


# Open or closed


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-04-02 08:29:59", False),
        ("2026-04-02 08:30", True),
        ("2026-04-02 16:59:59", True),
        ("2026-04-02 17:00", False),
        ("2026-04-04 12:00", False),  # a Saturday
        ("2026-04-06 12:00", False),  # Easter Monday, closed
    ],
)
def test_a_team_is_open_from_opening_up_to_closing(at: str, *, is_open: bool) -> None:
    assert calendar(OFFICE, "2026-04-06").is_open(local(at)) is is_open


def test_moments_come_in_utc() -> None:
    winter, summer = (calendar(OFFICE).intervals_on(date(2026, month, 1))[0][0] for month in (1, 7))
    assert winter == datetime(2026, 1, 1, 7, 30, tzinfo=UTC)
    assert summer == datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    assert winter.tzinfo is UTC


def test_a_closed_date_has_no_hours_and_no_closing_time() -> None:
    closed = calendar(OFFICE, "2026-04-06")
    assert closed.intervals_on(date(2026, 4, 6)) == ()
    assert closed.last_closing_of(date(2026, 4, 6)) is None
    assert closed.last_closing_of(date(2026, 4, 7)) == local("2026-04-07 17:00")


def test_open_dates_skip_weekends_and_closed_dates() -> None:
    dates = islice(calendar(OFFICE, "2026-04-03", "2026-04-06").open_dates_from(date(2026, 4, 2)), 3)
    assert list(dates) == [date(2026, 4, 2), date(2026, 4, 7), date(2026, 4, 8)]


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-04-02 07:00", "2026-04-02 08:30"),
        ("2026-04-02 11:11:11", "2026-04-02 11:11:11"),
        ("2026-04-02 17:00", "2026-04-07 08:30"),
        ("2026-04-05 00:00", "2026-04-07 08:30"),
    ],
)
def test_the_next_opening_is_now_when_the_team_is_open(at: str, opening: str) -> None:
    assert calendar(OFFICE, "2026-04-03", "2026-04-06").next_opening(local(at)) == local(opening)


@pytest.mark.parametrize("closed", [{}, {"sun": [["02:10", "02:50"]]}])
def test_a_team_that_does_not_open_in_400_days_never_opens(closed: object) -> None:
    only = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(401))
    never = Calendar(OpeningHours.from_json(closed), only)
    with pytest.raises(TeamNeverOpens):
        never.next_opening(local("2026-01-01 12:00"))


def test_a_team_that_opens_after_a_long_closure_still_opens() -> None:
    shut = frozenset(date(2026, 1, 5) + timedelta(days=n) for n in range(395))
    assert Calendar(OpeningHours.from_json(OFFICE), shut).next_opening(local("2026-01-05 12:00")) == local(
        "2027-02-04 08:30"
    )


# The clocks


def test_a_day_is_an_hour_shorter_or_longer_when_the_clocks_change() -> None:
    lengths = {
        day: sum(((end - start) for start, end in calendar(ROUND_THE_CLOCK).intervals_on(day)), timedelta(0))
        for day in (CLOCKS_FORWARD, CLOCKS_BACK, date(2026, 7, 1))
    }
    assert [length / timedelta(hours=1) for length in lengths.values()] == [23, 25, 24]


def test_a_time_that_is_skipped_is_the_moment_of_skipping() -> None:
    assert hours_on(EVERY_NIGHT, CLOCKS_FORWARD) == [["01:30 CET", "03:00 CEST"], ["03:00 CEST", "04:00 CEST"]]
    assert hours_on({"sun": [["02:10", "02:50"]]}, CLOCKS_FORWARD) == []


def test_a_time_that_comes_twice_is_its_first_coming() -> None:
    assert hours_on(EVERY_NIGHT, CLOCKS_BACK) == [["01:30 CEST", "02:30 CEST"], ["02:45 CEST", "04:00 CET"]]


def test_a_team_is_open_through_both_of_an_hour_that_comes_twice() -> None:
    for fold in (0, 1):
        assert calendar(ROUND_THE_CLOCK).is_open(local("2026-10-25 02:30", fold=fold))


# Counting open time


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-04-02 08:30", "2026-04-02 17:00", 8.5),
        ("2026-04-02 16:00", "2026-04-07 09:30", 2),
        ("2026-04-02 10:00", "2026-04-02 10:00", 0),
        ("2026-04-02 12:00", "2026-04-02 10:00", 0),
        ("2026-04-08 12:00", "2026-04-02 10:00", 0),
        ("2026-04-03 00:00", "2026-04-06 23:59", 0),
    ],
)
def test_open_time_between_two_moments_leaves_out_the_rest(start: str, end: str, hours: float) -> None:
    easter = calendar(OFFICE, "2026-04-03", "2026-04-06")
    assert easter.open_time_between(local(start), local(end)) == timedelta(hours=hours)


def test_round_the_clock_open_time_is_time_itself_even_when_the_clocks_change() -> None:
    for before, after in (("2026-03-28 12:00", "2026-03-29 12:00"), ("2026-10-24 12:00", "2026-10-25 12:00")):
        start, end = in_utc(local(before)), in_utc(local(after))
        assert calendar(ROUND_THE_CLOCK).open_time_between(start, end) == end - start
        assert calendar(ROUND_THE_CLOCK).after_open_time(start, end - start) == end


@settings(deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(LOCAL_TIME)),  # noqa: DTZ001 - given above
    st.timedeltas(timedelta(minutes=1), timedelta(hours=60)),
)
def test_counting_open_time_there_and_back_gives_the_same(start: datetime, duration: timedelta) -> None:
    team = calendar({"mon": [["09:00", "12:00"], ["12:30", "17:00"]], "thu": [["18:00", "24:00"]], **EVERY_NIGHT})
    assert team.open_time_between(start, team.after_open_time(start, duration)) == duration


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_hours_of_a_day_come_in_order_and_do_not_overlap(day: date) -> None:
    moments = [moment for interval in calendar(EVERY_NIGHT).intervals_on(day) for moment in interval]
    assert all(earlier <= later for earlier, later in pairwise(moments))


# Moments


@pytest.mark.parametrize("function", [in_utc, local_date])
def test_a_time_without_a_time_zone_is_refused(function: Callable[[datetime], object]) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        function(datetime(2026, 1, 1))  # noqa: DTZ001 - what is tested


def test_the_date_is_the_one_in_the_netherlands() -> None:
    assert local_date(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
