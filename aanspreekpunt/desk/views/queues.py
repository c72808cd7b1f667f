"""The queue: what waits for my teams, most urgent first; as a page, as data, and the question whether it changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from aanspreekpunt.catalogue.listed import teams_and_products_listed
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.filters import (
    OPEN_STATES,
    QueueChoice,
    own_channels_of,
    own_team_ids,
    queue_team_ids,
    teams_to_choose,
)
from aanspreekpunt.desk.rows import limits_of, rows_of, shown_count
from aanspreekpunt.desk.versions import if_changed, version_of_lists
from aanspreekpunt.organisation.listed import teams_listed
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.queues.queries import (
    Place,
    QueueCount,
    counts_of,
    questions_held_by,
    questions_waiting_for,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.utils.safestring import SafeString

    from aanspreekpunt.catalogue.listed import ProductListed
    from aanspreekpunt.organisation.listed import TeamListed
    from aanspreekpunt.queues.queries import QueueRow

PAGE = 30
"""More rows than anyone reads at once cost time to draw; the next page is one click away."""

HELD_SHOWN = 10
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class TeamCount:
    """A team with how much waits there, as shown; "1000+" when there is more than was counted."""

    team: TeamListed
    open: str
    overdue: str


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_queue(request: StaffRequest) -> HttpResponse:
    """Show a page of the queue with its filters, and what one has in hand."""
    now = timezone.now()
    choice = QueueChoice.read(request.GET, own_channels=own_channels_of(request.user))
    all_teams, products = teams_and_products_listed()
    choices = teams_to_choose(request, all_teams)
    shown = choice.teams_among(choices) if choice.team else _own_or_all(request, choices)
    own = own_team_ids(request.rights)
    team_ids = [team.pk for team in shown]
    version = version_of_lists(request, team_ids, now=now)
    questions = questions_waiting_for(
        team_ids,
        own_team_ids=own,
        show=choice.filter_for(request.user.pk, products),
        after=choice.place,
        limit=PAGE + 1,
    )
    held = questions_held_by(request.user.pk, limit=HELD_SHOWN)
    owners = {question.owner_id for question in [*questions, *held]}
    limits = limits_of((team for team in all_teams if team.pk in owners), now=now)
    return render(
        request,
        "desk/queues/queue.html",
        {
            "rows": rows_of(questions[:PAGE], limits=limits, reader=request.user, now=now),
            "next_page": _next_page(choice, questions),
            "held": rows_of(held, limits=limits, reader=request.user, now=now),
            "counts": _counts(shown, own, now=now),
            "choice": choice,
            "filters": drawn_filters(choice.on_first_page, tuple(choices), products, get_language()),
            "version": version,
        },
    )


@lru_cache(maxsize=2**8)  # the longest part of the page, and the same for a whole team until the catalogue changes
def drawn_filters(
    choice: QueueChoice,
    teams: tuple[TeamListed, ...],
    products: tuple[ProductListed, ...],
    _language: str | None,
) -> SafeString:
    """Draw the filters of the queue with what was chosen of them."""
    context = {"choice": choice, "teams": teams, "products": products, "states": OPEN_STATES, "channels": list(Channel)}
    return render_to_string("desk/queues/filters.html", context)


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_queue_data(request: StaffRequest) -> HttpResponse:
    """Give the first page of the queue of one's own teams as JSON."""
    questions = questions_waiting_for(queue_team_ids(request), own_team_ids=own_team_ids(request.rights))
    return HttpResponse(_encode({"questions": questions}), content_type="application/json")


@require_GET
@staff_view(Permission.SUPERVISE)
def show_supervision_news(request: StaffRequest) -> HttpResponse:
    """Say whether anything happened in the teams one supervises since version `v`."""
    rights = request.rights
    if rights.is_everywhere(Permission.SUPERVISE):
        team_ids = [team.pk for team in teams_listed()]
    else:
        team_ids = list(rights.team_ids_with(Permission.SUPERVISE))
    return if_changed(request, version_of_lists(request, team_ids, now=timezone.now()))


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_queue_news(request: StaffRequest) -> HttpResponse:
    """Say whether anything happened on the lists of these teams since version `v`."""
    chosen = request.GET.get("team", "")
    if chosen:
        team_ids = [team.pk for team in teams_to_choose(request, teams_listed()) if team.key == chosen]
    else:
        team_ids = list(queue_team_ids(request) or own_team_ids(request.rights))
    return if_changed(request, version_of_lists(request, team_ids, now=timezone.now()))


def _own_or_all(request: StaffRequest, choices: list[TeamListed]) -> list[TeamListed]:
    own = queue_team_ids(request)
    return [team for team in choices if team.pk in own] or choices


def _next_page(choice: QueueChoice, questions: Sequence[QueueRow]) -> str:
    if len(questions) <= PAGE:
        return ""
    last = questions[PAGE - 1]
    return choice.address_of_next(Place(last.due_at, last.id))


def _counts(shown: Sequence[TeamListed], own: frozenset[int], *, now: datetime) -> list[TeamCount]:
    by_team = {count.team_id: count for count in counts_of([team.pk for team in shown], own_team_ids=own, at=now)}
    return [TeamCount(team, *_shown_counts(by_team[team.pk])) for team in shown if team.pk in by_team]


def _shown_counts(count: QueueCount) -> tuple[str, str]:
    return shown_count(count.open), shown_count(count.overdue)
