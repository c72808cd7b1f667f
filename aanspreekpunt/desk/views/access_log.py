"""Who looked at whose data, when and what for: for the privacy officer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_GET

from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.journal.access_log import accesses_before, accesses_to
from aanspreekpunt.journal.queries import looks_before
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.questions.queries import references_of

if TYPE_CHECKING:
    from django.http import HttpResponse

PAGE = 100


@require_GET
@staff_view(Permission.SEE_ACCESS_LOG)
def show_access_log(request: StaffRequest) -> HttpResponse:
    """Show a page of the access log, newest first."""
    before = request.GET.get("before", "")
    looks = list(looks_before(int(before) if before.isdecimal() else None, limit=PAGE + 1))
    references = references_of(look.subject_id for look in looks if look.subject_kind == "question")
    context = {
        "looks": [(look, references.get(look.subject_id, "")) for look in looks[:PAGE]],
        "next_before": looks[PAGE - 1].pk if len(looks) > PAGE else None,
        "is_first": not before,
    }
    return render(request, "desk/access_log/access_log.html", context)


@require_GET
@staff_view(Permission.SEE_ACCESS_LOG)
def show_system_log(request: StaffRequest) -> HttpResponse:
    """Show what other systems read and wrote, newest first; or all that was done with one thing, by its uuid."""
    before, thing = request.GET.get("before", ""), request.GET.get("thing", "").strip()
    context = {"thing": thing, "is_first": not before, "next_before": None}
    if thing:
        uuid = _uuid(thing)
        found = list(accesses_to(uuid, limit=PAGE)) if uuid else []
        return render(request, "desk/access_log/systems.html", {**context, "accesses": found, "is_none": uuid is None})
    found = list(accesses_before(int(before) if before.isdecimal() else None, limit=PAGE + 1))
    if len(found) > PAGE:
        context["next_before"] = found[PAGE - 1].pk
    return render(request, "desk/access_log/systems.html", {**context, "accesses": found[:PAGE]})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
