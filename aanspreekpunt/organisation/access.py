"""What an employee may do, and in which teams."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aanspreekpunt.organisation.permissions import GRANTS, Permission

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee


@dataclass(frozen=True)
class Rights:
    """The roles of one employee: pairs of role and team id, where None means everywhere."""

    held: tuple[tuple[str, int | None], ...] = ()

    @cached_property
    def team_ids(self) -> frozenset[int]:
        """The teams whose questions are his own: the only ones whose confidential questions he sees."""
        return self.team_ids_with(Permission.SEE_QUESTIONS_OF_TEAM)

    def may(self, permission: Permission, *, team_id: int | None = None) -> bool:
        """Say whether `permission` is held in that team, or, without a team, anywhere at all."""
        return any(
            permission in GRANTS[role] and (held_in is None or team_id is None or held_in == team_id)
            for role, held_in in self.held
        )

    def is_everywhere(self, permission: Permission) -> bool:
        """Say whether `permission` is held without being bound to a team."""
        return any(permission in GRANTS[role] and held_in is None for role, held_in in self.held)

    def team_ids_with(self, permission: Permission) -> frozenset[int]:
        """Return the teams in which `permission` is held by name (see `is_everywhere` for the unbound case)."""
        return frozenset(held_in for role, held_in in self.held if held_in is not None and permission in GRANTS[role])


def rights_of(employee: Employee) -> Rights:
    """Return what `employee` may do: nothing once he left. Costs a query unless he came in through `LoginBackend`."""
    if not employee.is_active:
        return Rights()
    known: Rights | None = getattr(employee, "known_rights", None)
    if known is None:
        known = Rights(tuple(employee.memberships.values_list("role", "team_id")))
        employee.known_rights = known  # type: ignore[attr-defined]  # kept for the length of one request
    return known
