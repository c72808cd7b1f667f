"""Who may look people up: whoever may have a resident on the line or at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee


def may_look_up_parties(employee: Employee) -> bool:
    """Say whether `employee` may search people and organisations."""
    return rights_of(employee).may(Permission.REGISTER_CONTACT)
