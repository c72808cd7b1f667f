"""Answers that come in from a file and leave in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aanspreekpunt.catalogue.queries import upl_names
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import POLL_HEADER, StaffRequest, staff_view
from aanspreekpunt.desk.editing.exchanging import SHAPES, TITLES, UNDER_WAY, ExportForm, ImportForm, go_on
from aanspreekpunt.knowledge.exchange.shapes import CONTENT_TYPES, FILE_NAMES, Shape, write_answers
from aanspreekpunt.knowledge.models import AnswerImport
from aanspreekpunt.knowledge.operations.imports import import_of, imports_of, may_import, throw_import_away
from aanspreekpunt.knowledge.queries.exporting import answers_to_exchange, surroundings
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from django.http.response import HttpResponseBase

UNPROCESSABLE = 422
SECONDS_UNTIL_WORKER_IS_MISSED = 120


@staff_view(Permission.EDIT_ANSWERS)
def import_answers(request: StaffRequest) -> HttpResponse:
    """Choose a file with answers, or take it and have it tried."""
    _refuse_others(request)
    form = ImportForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("desk:import", form.begin(at=timezone.now()).uuid)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "imports": imports_of(request.user)}
    return render(request, "desk/exchange/import.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@staff_view(Permission.EDIT_ANSWERS)
def show_import(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show what a file would bring, or brought, or how far it is; bring it in or throw it away as the button says."""
    found = _own_import(request, uuid)
    if request.method == "POST":
        return _act(request, found)
    now = timezone.now()
    waited = (now - found.moved_at).total_seconds()
    context = {
        "found": found,
        "title": TITLES.get(AnswerImport.State(found.state), UNDER_WAY),
        "shape": SHAPES[Shape(found.shape)],
        "is_worker_missed": not found.times_begun and waited > SECONDS_UNTIL_WORKER_IS_MISSED,
    }
    if not request.headers.get(POLL_HEADER):
        return render(request, "desk/exchange/one_import.html", context)
    response = render(request, "desk/exchange/progress.html", context)
    if not found.is_under_way:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@staff_view(Permission.EDIT_ANSWERS)
def download_report(request: StaffRequest, uuid: UUID) -> FileResponse:
    """Hand out what became of each row, as a sheet."""
    found = _own_import(request, uuid)
    if not found.report_as or not default_storage.exists(found.report_as):
        raise Http404
    return FileResponse(
        default_storage.open(found.report_as),
        as_attachment=True,
        filename=_("import-report.csv"),
        content_type="text/csv; charset=utf-8",
    )


@staff_view(Permission.EDIT_ANSWERS)
def export_answers(request: StaffRequest) -> HttpResponseBase:
    """Say what an export will hold and lose, or hand it out piece by piece."""
    _refuse_others(request)
    given = request.POST if request.method == "POST" else request.GET
    form = ExportForm(given if "shape" in given else None)
    is_valid = form.is_valid()
    if request.method == "POST" and is_valid:
        now = timezone.now()
        form.note(by=request.user, at=now)
        rows = answers_to_exchange(with_internal=form.cleaned_data["internal"])
        return StreamingHttpResponse(
            write_answers(rows, shape=form.chosen, given=surroundings(upl=upl_names(), at=now)),
            content_type=CONTENT_TYPES[form.chosen],
            headers={"Content-Disposition": f'attachment; filename="{FILE_NAMES[form.chosen]}"'},
        )
    context = {"form": form, "foretold": form.foretell() if is_valid else None}
    status = UNPROCESSABLE if form.is_bound and not is_valid else 200
    return render(request, "desk/exchange/export.html", context, status=status)


def _act(request: StaffRequest, found: AnswerImport) -> HttpResponse:
    command = request.POST.get("do", "")
    try:
        if command == "bring-in":
            go_on(found, by=request.user, at=timezone.now())
        elif command == "throw-away":
            throw_import_away(found=found)
            messages.success(request, _("The file is thrown away."))
            return redirect("desk:import-answers")
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:import", found.uuid)


def _refuse_others(request: StaffRequest) -> None:
    """Raise Http404 for whoever may not approve answers everywhere: a file can be about all of them."""
    if not may_import(request.user):
        raise Http404


def _own_import(request: StaffRequest, uuid: UUID) -> AnswerImport:
    _refuse_others(request)
    found = import_of(request.user, uuid)
    if found is None:
        raise Http404
    return found
