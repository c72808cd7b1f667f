"""The proof of each message about a question, to print or to save."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aanspreekpunt.desk.access import StaffRequest, staff_view, visible_question
from aanspreekpunt.desk.looks import PROOF, note_opened
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.promises.proof import proof_of

if TYPE_CHECKING:
    from aanspreekpunt.questions.models import Question

_RUNS_IN_A_SHEET: Final = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_proof(request: StaffRequest, reference: str) -> HttpResponse:
    """Show all that is on record of the messages about a question."""
    question = _looked_at(request, reference)
    context = {"question": question, "lines": proof_of(question), "made_at": timezone.now()}
    return render(request, "desk/questions/proof.html", context)


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def download_proof(request: StaffRequest, reference: str) -> HttpResponse:
    """Give the same as a sheet, its moments as a machine writes them."""
    question = _looked_at(request, reference)
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow([_("When"), _("What"), _("Message"), _("Where"), _("Result"), _("Identity"), _("Record")])
    for line in proof_of(question):
        told = (line.what, line.message, line.where, line.result, line.identity, line.record)
        writer.writerow([timezone.localtime(line.at).isoformat(), *map(_harmless, told)])
    response = HttpResponse("\ufeff" + sheet.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{question.reference}.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _looked_at(request: StaffRequest, reference: str) -> Question:
    question = visible_question(request, reference)
    note_opened(question, purpose=PROOF, by=request.user, at=timezone.now())
    return question


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_RUNS_IN_A_SHEET) else cell
