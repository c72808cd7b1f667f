"""What the form of a new answer begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanspreekpunt.desk.editing.form import LONGEST_QUESTION
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.models import Proposal
    from aanspreekpunt.organisation.models import Employee


def own_teams_of(editor: Employee) -> list[str]:
    """Return the keys of the teams for which somebody edits; none when he edits everywhere."""
    rights = rights_of(editor)
    held = rights.team_ids_with(Permission.EDIT_ANSWERS)
    if not held or rights.is_everywhere(Permission.EDIT_ANSWERS):
        return []
    return list(Team.objects.filter(pk__in=held, is_active=True).order_by("key").values_list("key", flat=True))


def begun_from(proposal: Proposal | None, *, searched: str, by: Employee) -> dict[str, Any]:
    """Return what a new answer begins with: a proposal, or words people searched for."""
    begun: dict[str, Any] = {"team_keys": own_teams_of(by)}
    if proposal is None:
        return begun | {"question": searched.replace("\x00", "").strip()[:LONGEST_QUESTION]}
    products = [proposal.product_key] if proposal.product_key else []
    return begun | {
        "proposal": proposal.pk,
        "question": proposal.question,
        "answer": proposal.text,
        "product_keys": products,
    }
