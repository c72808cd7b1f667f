"""When a question could have been answered at the desk, and when that is worth a decision. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_ANSWER = 600
"""Letters. What fits in a few sentences an agent can say, when the answer stands ready."""

LONGEST_WORK = timedelta(hours=1)
"""From taking it up to settling it: longer means somebody had to look into it."""

WEEKS = 13
"""A quarter is looked at."""

FEWEST = 5
"""With fewer in a quarter it is chance."""

LATER = timedelta(days=90)
"""After "later" it is proposed again when so much time has passed."""


@dataclass(frozen=True, slots=True)
class Week:
    """How the questions settled in one week went."""

    week_on: date
    settled: int
    at_first_contact: int
    handed_over: int
    answerable: int


@dataclass(frozen=True, slots=True)
class Average:
    """How it goes over some weeks: the share settled at first contact, and handovers each week."""

    weeks: int
    first_contact_percentage: int | None
    handed_over_each_week: float


def average(weeks: list[Week]) -> Average:
    """Return how these weeks went together."""
    settled = sum(week.settled for week in weeks)
    at_once = sum(week.at_first_contact for week in weeks)
    handed_over = sum(week.handed_over for week in weeks)
    share = at_once * 100 // settled if settled else None
    return Average(len(weeks), share, round(handed_over / len(weeks), 1) if weeks else 0.0)


def before_and_after(weeks: list[Week], *, moved_on: date) -> tuple[Average, Average]:
    """Return how it went before and after; the week in which it changed counts for neither."""
    monday = monday_of(moved_on)
    before = [week for week in weeks if week.week_on < monday]
    after = [week for week in weeks if week.week_on > monday]
    return average(before), average(after)


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())
