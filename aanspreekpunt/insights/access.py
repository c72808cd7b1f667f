"""Who may see figures of which products, and who decides what the desk settles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from aanspreekpunt.organisation.models import Employee


def products_with_figures_for(employee: Employee) -> QuerySet[Product]:
    """Return the products whose figures `employee` may see; never confidential ones. An administrator sees them all."""
    rights = rights_of(employee)
    open_ones = Product.objects.filter(is_active=True, is_confidential=False)
    if rights.is_everywhere(Permission.SEE_FIGURES) or rights.is_everywhere(Permission.ADMINISTER):
        return open_ones
    teams = rights.team_ids_with(Permission.SEE_FIGURES) | rights.team_ids_with(Permission.ADMINISTER)
    return open_ones.filter(team_id__in=teams)


def may_decide(employee: Employee, product: Product) -> bool:
    """Say whether `employee` decides what the desk settles of this product."""
    return rights_of(employee).may(Permission.DECIDE_DESK_WORK, team_id=product.team_id)


def may_carry_out(employee: Employee, product: Product) -> bool:
    """Say whether `employee` may change the product as was decided."""
    return rights_of(employee).may(Permission.ADMINISTER, team_id=product.team_id)
