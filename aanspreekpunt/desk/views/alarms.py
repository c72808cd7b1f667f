"""Alarms about mail, for a screen that asks whether they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.alarms import shown_alarms
from aanspreekpunt.desk.versions import if_changed
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from django.http import HttpResponse

SAME = 204


@require_GET
@staff_view(Permission.SEE_ALARMS)
def show_alarms(request: StaffRequest) -> HttpResponse:
    """Give the alarms there are now; 204 when the screen shows them already."""
    shown = shown_alarms(request.rights, at=timezone.now())
    answer = if_changed(request, shown.version)
    if answer.status_code != SAME:
        answer.content = render(request, "desk/partials/alarm_lines.html", {"alarms": shown}).content
    return answer
