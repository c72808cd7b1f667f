"""Telling a screen cheaply whether it is out of date: a version in a header, 204 when nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from aanspreekpunt.journal.queries import version_of, version_of_teams
from aanspreekpunt.promises.models import Task

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from aanspreekpunt.desk.access import StaffRequest
    from aanspreekpunt.questions.models import Question

MINUTES_A_TIME_STAYS_TRUE = 5
"""A list says "3 hours left", so it is shown anew now and then even when nothing happened."""


def version_of_lists(request: StaffRequest, team_ids: Iterable[int], *, now: datetime) -> str:
    """Return a text that changes when something happens to questions of these teams, or time passes. One query.

    Asked before the lists are read: what happens in between then makes the screen ask again, instead of never.
    """
    spell = int(now.timestamp()) // (60 * MINUTES_A_TIME_STAYS_TRUE)
    return f"{version_of_teams(sorted(team_ids))}-{spell}-{request.user.language}"


def version_of_question(found: QuerySet[Question]) -> str:
    """Return a text that changes when something happens to the question that is found, or to its tasks. One query."""
    return version_of(found, Task.objects.filter(question__in=found.values("pk")))


def if_changed(request: StaffRequest, version: str) -> HttpResponse:
    """Answer 204 when the screen still shows `version`, else 200 with the new version in a header."""
    is_same = request.GET.get("v") == version
    return HttpResponse(status=204 if is_same else 200, headers={"X-Version": version})
