"""The screen on which an employee starts: what he comes to do, most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.utils import timezone

from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.conversing.screen import running_conversations_of
from aanspreekpunt.desk.editing.start_screen import answers_beside, start_of_editor
from aanspreekpunt.desk.filters import own_channels_of, own_team_ids, queue_team_ids
from aanspreekpunt.desk.rows import limits_of, rows_of
from aanspreekpunt.desk.versions import version_of_lists
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import teams
from aanspreekpunt.questions.queries import unseen_mentions_of
from aanspreekpunt.queues.queries import Filter, questions_held_by, questions_waiting_for

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

SHOWN = 25
NEXT_SHOWN = 5


@staff_view()
def show_home(request: StaffRequest) -> HttpResponse:
    """Show what this employee comes to do; who has one thing to do here goes straight to it."""
    rights = request.rights
    if rights.may(Permission.WORK_ON_QUESTIONS):
        template = "desk/home/agent.html" if rights.may(Permission.REGISTER_CONTACT) else "desk/home/department.html"
        now = timezone.now()
        return render(request, template, _work_of(request, now) | answers_beside(request.user))
    if rights.may(Permission.EDIT_ANSWERS):
        return render(request, "desk/home/editor.html", start_of_editor(request.user, now=timezone.now()))
    for permission, elsewhere in (
        (Permission.SEE_ACCESS_LOG, "desk:access-log"),
        (Permission.SEE_FIGURES, "desk:figures"),
    ):
        if rights.may(permission):
            return redirect(elsewhere)
    return render(request, "desk/home/other.html")


def _work_of(request: StaffRequest, now: datetime) -> dict[str, Any]:
    own, team_ids = own_team_ids(request.rights), queue_team_ids(request)
    version = version_of_lists(request, team_ids or own, now=now)
    limits = limits_of(teams(), now=now)
    held = questions_held_by(request.user.pk, limit=SHOWN)
    is_desk = request.rights.may(Permission.REGISTER_CONTACT)
    waiting = questions_waiting_for(
        team_ids,
        own_team_ids=own,
        show=Filter(channels=own_channels_of(request.user), only_unheld=True, without_resting=True),
        limit=NEXT_SHOWN if is_desk else SHOWN,
    )
    return {
        "held": rows_of(held, limits=limits, reader=request.user, now=now),
        "rows": rows_of(waiting, limits=limits, reader=request.user, now=now),
        "mentions": list(unseen_mentions_of(request.user, limit=SHOWN)),
        "tabs": running_conversations_of(request.user) if is_desk else [],
        "version": version,
        "supervises": request.rights.may(Permission.SUPERVISE),
    }
