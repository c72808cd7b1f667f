"""Registers that were copied: how far that is, what became of it, and what was refused."""

from __future__ import annotations

import csv
import shlex
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanspreekpunt.desk.access import StaffRequest, refuse_unless_everywhere, staff_view
from aanspreekpunt.imports.queries import refusals_after, run_of, runs_before
from aanspreekpunt.imports.report import refusals_of
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from aanspreekpunt.imports.models import ImportRun
    from aanspreekpunt.imports.queries import Standing

RUNS, REFUSALS = 25, 100
HIGHEST: Final = 2**63 - 1
_RUNS_IN_A_SHEET: Final = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@staff_view(Permission.ADMINISTER)
def show_imports(request: StaffRequest) -> HttpResponse:
    """Show which registers were copied, the newest run first."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    before = _number(request.GET.get("before", ""))
    found = runs_before(before, limit=RUNS + 1)
    context = {
        "standings": found[:RUNS],
        "next_before": found[RUNS - 1].run.pk if len(found) > RUNS else None,
        "is_first": before is None,
        "command": _command("https://openklant.example.nl"),
    }
    return render(request, "desk/imports/list.html", context)


@require_safe
@staff_view(Permission.ADMINISTER)
def show_import(request: StaffRequest, number: int) -> HttpResponse:
    """Show one run: how far each list is, what to do next, and a page of what was refused."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    standing = _standing(number)
    chosen, after = _chosen(standing, request.GET.get("list", "")), _number(request.GET.get("after", ""))
    found = refusals_after(standing.run, after, path=chosen, limit=REFUSALS + 1)
    context = {
        "standing": standing,
        "run": standing.run,
        "command": _command(standing.run.source.address),
        "chosen": chosen,
        "refusals": found[:REFUSALS],
        "next_after": found[REFUSALS - 1].pk if len(found) > REFUSALS else None,
        "is_first": after is None,
    }
    return render(request, "desk/imports/import.html", context)


@require_safe
@staff_view(Permission.ADMINISTER)
def download_refusals(request: StaffRequest, number: int) -> StreamingHttpResponse:
    """Hand out every refusal of a run as a sheet, a few rows at a time."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    run = _standing(number).run
    name = _("refused-%(number)d.csv") % {"number": run.pk}
    titles = [_("List"), "uuid", _("Field"), _("Code"), _("Result")]
    results = {True: _("stayed out"), False: _("came in without it")}  # said now: it is sent when no language is chosen
    response = StreamingHttpResponse(_sheet(run, titles, results), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class _Echo:
    """Where a CSV writer writes to when each row leaves at once."""

    def write(self, row: str) -> str:
        return row


def _sheet(run: ImportRun, titles: list[str], results: dict[bool, str]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + _row(writer, titles)
    for each in refusals_of(run):
        told = (each["path"], each["uuid"], each["field"], each["code"], results[each["is_whole"]])
        yield _row(writer, list(map(_harmless, told)))


def _row(writer: Any, cells: list[str]) -> str:
    return str(writer.writerow(cells))


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_RUNS_IN_A_SHEET) else cell


def _command(address: str) -> str:
    """Return the command that copies a register, or goes on with it. It holds no token: that comes from a file."""
    words = ["aanspreekpunt", "import", "klantinteracties", "--from", address, "--token-file", "token.txt"]
    if address.startswith("http://"):
        words.append("--insecure-http")
    return shlex.join(words)


def _standing(number: int) -> Standing:
    standing = run_of(number) if number <= HIGHEST else None
    if standing is None:
        raise Http404
    return standing


def _chosen(standing: Standing, path: str) -> str:
    return path if any(line.path == path for line in standing.lines) else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(HIGHEST)) else None
