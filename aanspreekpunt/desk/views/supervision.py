"""What is about to go wrong, and how promises are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.filters import own_team_ids
from aanspreekpunt.desk.rows import Row, limits_of, rows_of
from aanspreekpunt.desk.versions import version_of_lists
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import teams
from aanspreekpunt.promises.queries import Kept, kept_promises, second_hops
from aanspreekpunt.promises.rules.urgency import Urgency
from aanspreekpunt.queues.queries import (
    Filter,
    QueueCount,
    counts_of,
    held_per_employee,
    questions_open_longest,
    questions_waiting_for,
)
from aanspreekpunt.suggestions.figures import bands, came_true
from aanspreekpunt.suggestions.models import Target
from aanspreekpunt.suggestions.queries import model_in_use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from aanspreekpunt.organisation.models import Team

AT_RISK_SHOWN = 60
LONGEST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class TeamShown:
    """A team with what is open there and how it keeps its promises."""

    team: Team
    count: QueueCount | None
    kept: Kept | None


@require_GET
@staff_view(Permission.SUPERVISE)
def show_supervision(request: StaffRequest) -> HttpResponse:
    """Show the promises that broke or are about to, what was passed on twice, and who has how much in hand."""
    now, own = timezone.now(), own_team_ids(request.rights)
    all_teams = list(teams())
    supervised = _teams_with(request, Permission.SUPERVISE, all_teams)
    team_ids = [team.pk for team in supervised]
    version = version_of_lists(request, team_ids, now=now)
    limits = limits_of(all_teams, now=now)
    urgent = questions_waiting_for(
        team_ids,
        own_team_ids=own,
        show=Filter(due_until=max((each.soon_until for each in limits.values()), default=now), without_resting=True),
        limit=AT_RISK_SHOWN,
    )
    rows = rows_of(urgent, limits=limits, reader=request.user, now=now)
    longest = questions_open_longest(team_ids, own_team_ids=own, limit=LONGEST_SHOWN)
    counts = {count.team_id: count for count in counts_of(team_ids, own_team_ids=own, at=now)}
    kept = {each.team_id: each for each in kept_promises(team_ids, at=now)}
    return render(
        request,
        "desk/supervision/supervision.html",
        {
            "broken": _in_band(rows, Urgency.OVERDUE),
            "at_risk": _in_band(rows, Urgency.NOW, Urgency.SOON),
            "hops": second_hops(team_ids, visible_to=request.user),
            "longest": rows_of(longest, limits=limits, reader=request.user, now=now),
            "teams": [TeamShown(team, counts.get(team.pk), kept.get(team.pk)) for team in supervised],
            "people": held_per_employee(team_ids, own_team_ids=own, at=now),
            "version": version,
        },
    )


@require_GET
@staff_view(Permission.SEE_FIGURES)
def show_figures(request: StaffRequest) -> HttpResponse:
    """Show how each team kept its promises in the past week, and how often what was suggested came true."""
    shown = _teams_with(request, Permission.SEE_FIGURES, list(teams()))
    now = timezone.now()
    kept = {each.team_id: each for each in kept_promises([team.pk for team in shown], at=now)}
    products = _products_of(request, shown)
    context = {
        "teams": [TeamShown(team, None, kept.get(team.pk)) for team in shown],
        "suggested": [(products[each.product_key], each) for each in came_true(product_keys=products, at=now)],
        "bands": bands(product_keys=products, at=now),
        "learned": model_in_use(Target.PRODUCT),
    }
    return render(request, "desk/supervision/figures.html", context)


def _products_of(request: StaffRequest, shown: Sequence[Team]) -> dict[str, str]:
    """Return the names of the products these teams answer, by key; a confidential one only for its own team."""
    found = Product.objects.filter(team__in=[team.pk for team in shown])
    own = own_team_ids(request.rights)
    return {each.key: each.shown_name for each in found if not each.is_confidential or each.team_id in own}


def _teams_with(request: StaffRequest, permission: Permission, all_teams: Sequence[Team]) -> list[Team]:
    if request.rights.is_everywhere(permission):
        return list(all_teams)
    ids = request.rights.team_ids_with(permission)
    return [team for team in all_teams if team.pk in ids]


def _in_band(rows: Sequence[Row], *bands: str) -> list[Row]:
    return [row for row in rows if row.urgency in bands]
