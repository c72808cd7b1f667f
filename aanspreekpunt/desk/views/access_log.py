"""Who looked at whose data, when and what for: for the privacy officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from aanspreekpunt.desk.access import StaffRequest, staff_view
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
