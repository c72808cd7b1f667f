"""A team is warned while it can still keep its promise, and sees what comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from aanspreekpunt.organisation.rules import in_utc
from aanspreekpunt.promises.rules.urgency import Urgency, remind_at, urgency, urgency_limits
from aanspreekpunt.promises.tests.calendars import (
    MORNINGS,
    NEVER,
    OFFICE,
    calendars,
    local,
    moments,
    on_the_wall,
    patient,
)

if TYPE_CHECKING:
    from aanspreekpunt.organisation.rules import Calendar

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("due_at", "band"),
    [
        ("Thu 2026-03-05 15:59", Urgency.OVERDUE),
        ("Thu 2026-03-05 16:00", Urgency.NOW),
        ("Thu 2026-03-05 17:00", Urgency.NOW),
        ("Fri 2026-03-06 09:30", Urgency.NOW),  # one hour today and one tomorrow
        ("Fri 2026-03-06 09:31", Urgency.SOON),
        ("Fri 2026-03-06 17:00", Urgency.SOON),
        ("Mon 2026-03-09 08:30", Urgency.LATER),
    ],
)
def test_urgency_counts_the_open_time_that_is_left(due_at: str, band: Urgency) -> None:
    assert urgency(due_at=local(due_at), at=local("2026-03-05 16:00"), calendar=OFFICE) is band


def test_soon_reaches_over_a_weekend_to_the_end_of_the_next_open_day() -> None:
    limits = urgency_limits(at=local("2026-04-03 12:00"), calendar=OFFICE)  # before Easter
    assert on_the_wall(limits.now_until) == "Fri 2026-04-03 14:00"
    assert on_the_wall(limits.soon_until) == "Tue 2026-04-07 17:00"


def test_the_limits_stay_in_order_for_a_team_with_short_days() -> None:
    limits = urgency_limits(at=local("2026-03-03 15:00"), calendar=MORNINGS)
    assert limits.overdue_before < limits.now_until < limits.soon_until


def test_a_team_that_never_opens_still_sees_what_is_overdue() -> None:
    at = local("2026-03-03 12:00").astimezone(UTC)
    bands = [urgency(due_at=at + n * HOUR, at=at, calendar=NEVER) for n in (-1, 0, 2, 3, 24, 25)]
    assert bands == [Urgency.OVERDUE, Urgency.NOW, Urgency.NOW, Urgency.SOON, Urgency.SOON, Urgency.LATER]


@patient
@given(moments(), calendars())
def test_the_limits_are_in_order(at: datetime, calendar: Calendar) -> None:
    limits = urgency_limits(at=at, calendar=calendar)
    assert in_utc(at) == limits.overdue_before < limits.now_until <= limits.soon_until


@pytest.mark.parametrize(
    ("made_at", "due_at", "remind"),
    [
        ("Mon 2026-03-02 08:30", "Tue 2026-03-03 17:00", "Tue 2026-03-03 12:45"),  # 17 hours: three quarters
        ("Mon 2026-03-02 09:00", "Mon 2026-03-02 13:00", "Mon 2026-03-02 12:00"),  # 4 hours: three quarters
        ("Mon 2026-03-02 09:00", "Mon 2026-03-02 12:00", "Mon 2026-03-02 11:00"),  # 3 hours: one hour before
        ("Mon 2026-03-02 09:00", "Mon 2026-03-02 11:00", "Mon 2026-03-02 10:00"),  # 2 hours: one hour before
        ("Mon 2026-03-02 09:00", "Mon 2026-03-02 10:00", "Mon 2026-03-02 09:30"),  # 1 hour: half of it
        ("Fri 2026-03-06 16:00", "Mon 2026-03-09 09:30", "Fri 2026-03-06 17:00"),  # 2 hours with a weekend in it
        ("Fri 2026-10-23 13:00", "Mon 2026-10-26 12:30", "Mon 2026-10-26 10:30"),  # 8 hours, the clocks go back
        ("Fri 2026-03-06 18:00", "Sat 2026-03-07 12:00", "Fri 2026-03-06 18:00"),  # no open time: at once
        ("Mon 2026-03-02 12:00", "Mon 2026-03-02 12:00", "Mon 2026-03-02 12:00"),
        ("Mon 2026-03-02 12:00", "Mon 2026-03-02 09:00", "Mon 2026-03-02 09:00"),  # never after it is due
    ],
)
def test_a_team_is_reminded(made_at: str, due_at: str, remind: str) -> None:
    assert on_the_wall(remind_at(made_at=local(made_at), due_at=local(due_at), calendar=OFFICE)) == remind


@patient
@given(moments(), moments(), calendars())
def test_a_reminder_comes_between_made_and_due_and_leaves_time_to_act(
    one: datetime, other: datetime, calendar: Calendar
) -> None:
    made_at, due_at = min(one, other), max(one, other)
    reminder = remind_at(made_at=made_at, due_at=due_at, calendar=calendar)
    assert made_at <= reminder <= due_at
    room, left = (calendar.open_time_between(at, due_at) for at in (made_at, reminder))
    assert left >= min(HOUR, room / 2)


def test_a_reminder_for_a_team_that_never_opens_is_not_lost() -> None:
    made_at = local("2026-03-02 12:00")
    assert remind_at(made_at=made_at, due_at=local("2026-03-03 12:00"), calendar=NEVER) == made_at
