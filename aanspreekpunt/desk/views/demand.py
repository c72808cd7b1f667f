"""What people searched and did not find, and how the answers did that were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.editing.demand import LOOKED_BACK, SEARCHED_WITHIN, usage_for
from aanspreekpunt.desk.editing.doors import refuse_all_but_editors
from aanspreekpunt.knowledge.queries.demand import searches_without_answer

if TYPE_CHECKING:
    from django.http import HttpResponse

SEARCHES_SHOWN = 50


@require_GET
@staff_view()
def show_demand(request: StaffRequest) -> HttpResponse:
    """Show where an answer is missing and where one disappoints, each with the way to write it."""
    refuse_all_but_editors(request)
    now = timezone.now()
    context = {
        "searches": searches_without_answer(since=timezone.localdate(now - SEARCHED_WITHIN), limit=SEARCHES_SHOWN),
        "usage": usage_for(request.user, now=now),
        "days": LOOKED_BACK.days,
        "search_days": SEARCHED_WITHIN.days,
    }
    return render(request, "desk/answers/demand.html", context)
