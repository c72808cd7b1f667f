"""Reading the organisation: the municipality, its contact centre, teams and their calendars."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from aanspreekpunt.common.remembering import forget, recall, remember
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.holidays import closed_dates
from aanspreekpunt.organisation.listed import TeamListed
from aanspreekpunt.organisation.models import Employee, Municipality, Team
from aanspreekpunt.organisation.permissions import GRANTS, Permission
from aanspreekpunt.organisation.rules import Calendar, OpeningHours

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

FIRST_YEAR, LAST_YEAR = 2020, 2060


class NotSetUp(LookupError):
    """This installation has no municipality or contact centre yet: run `aanspreekpunt setup`."""


def municipality() -> Municipality:
    """Return the municipality this installation works for; raises `NotSetUp`. Remembered for some seconds."""
    found: Municipality | None = recall("municipality")
    if found is None:
        found = Municipality.objects.first()
        if found is None:
            raise NotSetUp
        remember("municipality", found)
    return found


def contact_centre() -> Team:
    """Return the team that is the one point of contact; raises `NotSetUp`. Remembered for some seconds."""
    found: Team | None = recall("contact_centre")
    if found is None:
        found = Team.objects.filter(is_contact_centre=True, is_active=True).first()
        if found is None:
            raise NotSetUp
        remember("contact_centre", found)
    return found


def teams_with_a_mailbox() -> tuple[Team, ...]:
    """Return the teams that have a mailbox of their own. Remembered for some seconds, so nobody may change them."""
    found: tuple[Team, ...] | None = recall("teams_with_a_mailbox")
    if found is None:
        found = tuple(Team.objects.filter(is_active=True).exclude(mailbox=""))
        remember("teams_with_a_mailbox", found)
    return found


def forget_remembered() -> None:
    """Read municipality and contact centre afresh from now on in this process."""
    forget()


def calendar_of(team: Team | TeamListed) -> Calendar:
    """Return when `team` is open: its hours, less the municipality's holidays and both their closed days."""
    everyone = municipality()
    return _calendar(
        team.hours if isinstance(team, TeamListed) else json.dumps(team.hours, sort_keys=True),
        tuple(team.closed_days),
        tuple(everyone.closed_holidays),
        tuple(day["on"] for day in everyone.extra_closed_days),
    )


@lru_cache(maxsize=512)
def _calendar(hours: str, closed_days: tuple[date, ...], holidays: tuple[str, ...], extra: tuple[str, ...]) -> Calendar:
    closed = closed_dates(
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        names=holidays,
        extra=[*closed_days, *(date.fromisoformat(day) for day in extra)],
    )
    return Calendar(hours=OpeningHours.from_json(json.loads(hours)), closed_dates=closed)


def teams() -> QuerySet[Team]:
    """Return the teams that work now, by name."""
    return Team.objects.filter(is_active=True).order_by("name")


def is_open_now(team: Team, *, at: datetime) -> bool:
    """Say whether `team` is open at this moment."""
    return calendar_of(team).is_open(at)


def colleagues_of(team: Team) -> QuerySet[Employee]:
    """Return who answers questions of `team` as one of its own, by name; the same rule as `works_in`."""
    needed = {Permission.WORK_ON_QUESTIONS, Permission.SEE_QUESTIONS_OF_TEAM}
    roles = [role for role, granted in GRANTS.items() if needed <= granted]
    working = Employee.objects.filter(is_active=True, memberships__team=team, memberships__role__in=roles)
    return working.distinct().order_by("name")


def works_in(employee: Employee, team: Team) -> bool:
    """Say whether `employee` answers questions of `team` as one of its own."""
    rights = rights_of(employee)
    return team.pk in rights.team_ids and rights.may(Permission.WORK_ON_QUESTIONS, team_id=team.pk)


def is_staffed(team: Team) -> bool:
    """Say whether anybody works in `team`, so that its confidential questions are seen by someone. One query."""
    roles = [role for role, granted in GRANTS.items() if Permission.SEE_QUESTIONS_OF_TEAM in granted]
    return Employee.objects.filter(is_active=True, memberships__team=team, memberships__role__in=roles).exists()


def employees_named(text: str, *, limit: int = 10) -> QuerySet[Employee]:
    """Return employees whose name contains `text`, for mentioning them."""
    return Employee.objects.filter(is_active=True, name__icontains=text.strip()).order_by("name")[:limit]


def employees_with_teams(uuids: Iterable[str]) -> QuerySet[Employee]:
    """Return these employees as far as they work here now, each with the teams he is a member of. Two queries."""
    return Employee.objects.filter(is_active=True, uuid__in=list(uuids)).prefetch_related("memberships__team")


def supervisors_of(team: Team) -> QuerySet[Employee]:
    """Return who hears of a broken promise of `team`: its own supervisors, else who supervises everywhere.

    Where there is neither, it is the supervisors of the contact centre, so that somebody always hears it.
    """
    roles = [role for role, granted in GRANTS.items() if Permission.SUPERVISE in granted]
    supervisors = Employee.objects.filter(is_active=True, memberships__role__in=roles)
    own = supervisors.filter(memberships__role__in=roles, memberships__team=team)
    everywhere = supervisors.filter(memberships__role__in=roles, memberships__team__isnull=True)
    of_desk = supervisors.filter(memberships__role__in=roles, memberships__team__is_contact_centre=True)
    heard_by = next((some for some in (own, everywhere) if some.exists()), of_desk)
    return heard_by.distinct().order_by("name")
