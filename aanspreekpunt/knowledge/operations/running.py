"""The work of an import, done by a job: row by row, with its place noted for who waits for it."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.exchange.shapes import Shape
from aanspreekpunt.knowledge.import_findings import Findings
from aanspreekpunt.knowledge.models import AnswerImport
from aanspreekpunt.knowledge.operations.importing import Wish, import_answers
from aanspreekpunt.knowledge.operations.imports import FOLDER, may_import

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aanspreekpunt.knowledge.operations.importing import Known

State, Reason = AnswerImport.State, AnswerImport.Reason
ROWS_BETWEEN_NOTES = 25
MOST_ROWS = 50_000
MOST_REFUSED = 10_000
"""Refused rows after which nobody reads on: another kind of file was chosen, and the report would only grow."""


class _Stop(Exception):
    """The file is not read any further."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _IsGone(Exception):
    """Somebody threw the import away meanwhile."""


def run_import(*, pk: int, known: Known, clock: Callable[[], datetime]) -> None:
    """Try or do the import with this id, from its first row; says nothing when there is nothing to do.

    One that was broken off begins again: each row comes in by itself, so what came in stays and nothing comes in twice.
    """
    found = _begun(pk)
    if found is None:
        return
    with translation.override(found.employee.language), tempfile.TemporaryFile() as report:
        findings = Findings(report)
        try:
            _read_all(found, findings, known, at=clock())
        except _IsGone:
            return
        except _Stop as stop:
            _end(found, findings, report, reason=stop.reason, at=clock())
        except FileNotFoundError:
            _end(found, findings, report, reason=Reason.FILE_GONE, at=clock())
        except Exception:
            _end(found, findings, report, reason=Reason.BROKEN, at=clock())
            raise
        else:
            _end(found, findings, report, reason="", at=clock())


def _begun(pk: int) -> AnswerImport | None:
    """Note that the work begins, perhaps again."""
    with transaction.atomic():
        found = AnswerImport.objects.select_for_update(of=("self",)).select_related("employee", "owner")
        one = found.filter(pk=pk, state__in=[State.TRYING, State.DOING]).first()
        if one is not None:
            one.times_begun += 1
            one.rows_read = 0
            one.save(update_fields=["times_begun", "rows_read"])
    return one


def _read_all(found: AnswerImport, findings: Findings, known: Known, *, at: datetime) -> None:
    if not may_import(found.employee):
        raise _Stop(Reason.NO_RIGHT)
    owner = found.owner if found.owner and found.owner.is_active else None
    wish = Wish(is_published=found.is_published, is_only_tried=found.state == State.TRYING, owner=owner)
    # Not the employee himself but his name: he did not write these texts, so a corrected file may replace them later.
    by = PlainActor(found.employee.actor_kind, found.employee.pk, found.employee.actor_name)
    with default_storage.open(found.stored_as) as opened:
        file = cast("BinaryIO", opened.file)
        for row in import_answers(file=file, shape=Shape(found.shape), known=known, wish=wish, by=by, at=at):
            findings.add(row)
            if findings.rows % ROWS_BETWEEN_NOTES == 0:
                _note_place(found, findings)


def _note_place(found: AnswerImport, findings: Findings) -> None:
    if not AnswerImport.objects.filter(pk=found.pk).update(rows_read=findings.rows):
        raise _IsGone
    if found.state == State.TRYING and findings.rows >= MOST_ROWS:
        raise _Stop(Reason.TOO_MANY_ROWS)
    if findings.counts["refused"] >= MOST_REFUSED:
        raise _Stop(Reason.TOO_MANY_REFUSED)


def _end(found: AnswerImport, findings: Findings, report: IO[bytes], *, reason: str, at: datetime) -> None:
    """Keep what was found, and note in the journal who brought in how much."""
    before, was_doing = found.report_as, found.state == State.DOING
    report.seek(0)
    found.report_as = default_storage.save(f"{FOLDER}/{found.uuid.hex}.csv", File(report))
    found.counts, found.findings = dict(findings.counts), findings.as_kept()
    found.rows_read, found.stopped_by, found.moved_at = findings.rows, reason, at
    found.state = State.STOPPED if reason else State.DONE if was_doing else State.TRIED
    columns = ("report_as", "counts", "findings", "rows_read", "stopped_by", "moved_at", "state")
    with transaction.atomic():
        kept = AnswerImport.objects.filter(pk=found.pk).update(**{name: getattr(found, name) for name in columns})
        if kept and was_doing:
            about = {**found.counts, "shape": found.shape, "published": found.is_published, "stopped_by": reason}
            record("answers.imported", subject=found, data=about, by=found.employee, at=at)
    gone = before if kept else found.report_as
    if gone:
        default_storage.delete(gone)
