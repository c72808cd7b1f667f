"""Colleagues among what a search finds: what they do, where they work and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.common.phone_numbers import telephone_href
from aanspreekpunt.organisation.queries import employees_with_teams

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.search.results import Result


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of them, as a list shows him."""

    work: str
    """His function and teams."""
    phone: str
    phone_href: str
    email: str


def colleagues_in(results: Iterable[Result]) -> dict[str, Colleague]:
    """Return the colleagues among these results by their key. Two queries at most."""
    keys = [each.key for each in results if each.kind == "person"]
    return {str(each.uuid): _shown(each) for each in employees_with_teams(keys)} if keys else {}


def _shown(employee: Employee) -> Colleague:
    teams = {each.team.shown_name for each in employee.memberships.all() if each.team is not None}
    return Colleague(
        work=" · ".join(filter(None, [employee.function, *sorted(teams)])),
        phone=employee.phone,
        phone_href=telephone_href(employee.phone),
        email=employee.email,
    )
