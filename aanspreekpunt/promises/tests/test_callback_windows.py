"""When we ring back: in a window that someone can stay near the phone for."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.organisation.rules import WEEKDAYS, Calendar, local_date
from aanspreekpunt.promises.rules.deadlines import (
    CALLBACK_WINDOW,
    Norm,
    NormKind,
    TeamNeverOpens,
    Window,
    callback_window,
    callback_windows,
    deadline,
)
from aanspreekpunt.promises.tests.calendars import (
    LUNCH,
    MORNINGS,
    NEVER,
    OFFICE,
    calendars,
    local,
    moments,
    on_the_wall,
    patient,
    team,
)

HALF_HOUR = timedelta(minutes=30)
BRIEFLY = team({name: [["09:10", "09:25"]] for name in WEEKDAYS})
ODD_TIMES = team({name: [["09:10", "10:50"]] for name in WEEKDAYS})


def shown(window: Window) -> str:
    return f"{on_the_wall(window.starts_at)}-{on_the_wall(window.ends_at)[-5:]}"


@pytest.mark.parametrize(
    ("calendar", "start", "norm_hours", "window"),
    [
        (OFFICE, "Mon 2026-03-02 10:12", 16, "Tue 2026-03-03 14:30-16:30"),
        (OFFICE, "Mon 2026-03-02 08:30", 2, "Mon 2026-03-02 08:30-10:30"),
        (OFFICE, "Mon 2026-03-02 08:31", 2, "Mon 2026-03-02 10:30-12:30"),
        (OFFICE, "Mon 2026-03-02 15:00", 1, "Tue 2026-03-03 08:30-10:30"),
        (LUNCH, "Mon 2026-03-02 10:00", 8, "Tue 2026-03-03 08:30-10:30"),
        (MORNINGS, "Mon 2026-03-02 10:00", 6, "Tue 2026-03-03 09:00-11:00"),
        (OFFICE, "Thu 2026-04-02 16:00", 16, "Tue 2026-04-07 12:30-14:30"),
        (OFFICE, "Sat 2026-10-24 16:00", 8, "Mon 2026-10-26 14:30-16:30"),
    ],
)
def test_the_window_is_the_last_within_the_norm_or_else_the_first_there_is(
    calendar: Calendar, start: str, norm_hours: int, window: str
) -> None:
    norm = Norm(NormKind.WORKING_HOURS, norm_hours)
    assert shown(callback_window(start=local(start), norm=norm, calendar=calendar)) == window


def test_windows_to_choose_from_follow_each_other_within_hours() -> None:
    windows = callback_windows(start=local("2026-04-02 13:20"), calendar=LUNCH, count=4)
    assert list(map(shown, windows)) == [
        "Thu 2026-04-02 15:00-17:00",
        "Fri 2026-04-03 08:30-10:30",
        "Fri 2026-04-03 13:00-15:00",
        "Fri 2026-04-03 15:00-17:00",
    ]


def test_a_window_may_have_another_length() -> None:
    windows = callback_windows(start=local("2026-03-02 10:00"), calendar=MORNINGS, count=3, length=HALF_HOUR)
    assert list(map(shown, windows)) == [
        "Mon 2026-03-02 10:00-10:30",
        "Mon 2026-03-02 10:30-11:00",
        "Mon 2026-03-02 11:00-11:30",
    ]


def test_a_team_that_is_open_briefly_has_the_window_it_can_keep() -> None:
    start = local("2026-03-02 08:00")
    assert [shown(one) for one in callback_windows(start=start, calendar=ODD_TIMES, count=2)] == [
        "Mon 2026-03-02 09:30-10:30",
        "Tue 2026-03-03 09:30-10:30",
    ]
    assert [shown(one) for one in callback_windows(start=start, calendar=BRIEFLY, count=2)] == [
        "Mon 2026-03-02 09:10-09:25",
        "Tue 2026-03-03 09:10-09:25",
    ]


@pytest.mark.parametrize("minutes", [-30, 0, 15, 45])
def test_a_window_that_is_not_of_whole_half_hours_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="whole half hours"):
        callback_windows(start=local("2026-03-02 08:00"), calendar=OFFICE, count=1, length=timedelta(minutes=minutes))


def test_nobody_rings_back_from_a_team_that_never_opens() -> None:
    with pytest.raises(TeamNeverOpens):
        callback_windows(start=local("2026-03-02 08:00"), calendar=NEVER, count=1)


@patient
@given(moments(), calendars())
def test_windows_lie_within_hours_after_the_start_and_do_not_overlap(start: datetime, calendar: Calendar) -> None:
    windows = callback_windows(start=start, calendar=calendar, count=6)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(windows))
    for window in windows:
        length = window.ends_at - window.starts_at
        assert start <= window.starts_at < window.ends_at
        assert length <= CALLBACK_WINDOW
        assert calendar.open_time_between(window.starts_at, window.ends_at) == length
        is_whole = window.starts_at.minute % 30 == window.ends_at.minute % 30 == 0
        is_all_there_is = (window.starts_at, window.ends_at) in calendar.intervals_on(local_date(window.starts_at))
        assert is_whole or is_all_there_is


@patient
@given(moments(), st.integers(0, 40), calendars())
def test_the_window_ends_within_the_norm_unless_it_is_the_first(
    start: datetime, hours: int, calendar: Calendar
) -> None:
    norm = Norm(NormKind.WORKING_HOURS, hours)
    window = callback_window(start=start, norm=norm, calendar=calendar)
    (first,) = callback_windows(start=start, calendar=calendar, count=1)
    assert window == first or window.ends_at <= deadline(start=start, norm=norm, calendar=calendar)
