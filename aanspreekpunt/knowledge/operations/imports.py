"""Bringing in answers on the screen: a file is kept, tried, and done when its owner says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.access import may_approve
from aanspreekpunt.knowledge.models import AnswerImport
from aanspreekpunt.knowledge.refusals import (
    FileOfAnswersTooLarge,
    ImportCannotGoOn,
    NeedsASecondReader,
    NotYourAnswer,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from aanspreekpunt.knowledge.exchange.shapes import Shape
    from aanspreekpunt.organisation.models import Employee

FOLDER = "imports"
KEPT = timedelta(hours=24)
LONGEST_NAME = 120


def may_import(employee: Employee) -> bool:
    """Say whether he may bring in answers: whoever approves them everywhere, because a file can be about all."""
    return may_approve(employee)


def begin_import(
    *, file: UploadedFile[Any], shape: Shape, is_published: bool, owner: Employee | None, by: Employee, at: datetime
) -> AnswerImport:
    """Keep a file to be tried, for a day. A job tries it; see `run_import`.

    Refuses `NotYourAnswer`, `FileOfAnswersTooLarge`, and to publish where somebody else has to read first
    (`NeedsASecondReader`). The file is on disk before the record is written, so a record never points at nothing.
    """
    if not may_import(by):
        raise NotYourAnswer
    if file.size is None or file.size > settings.ANSWERS_FILE_MEGABYTES * 1024 * 1024:
        raise FileOfAnswersTooLarge(most=settings.ANSWERS_FILE_MEGABYTES)
    if is_published and settings.ANSWERS_NEED_SECOND_READER:
        raise NeedsASecondReader
    uuid = new_uuid()
    stored_as = default_storage.save(f"{FOLDER}/{uuid.hex}.in", file)
    return AnswerImport.objects.create(
        uuid=uuid,
        employee=by,
        owner=owner,
        file_name=_shown_name(file.name or ""),
        stored_as=stored_as,
        size=file.size,
        shape=shape,
        is_published=is_published,
        begun_at=at,
        moved_at=at,
    )


@transaction.atomic
def do_import(*, found: AnswerImport, by: Employee, at: datetime) -> AnswerImport:
    """Have a file that was tried brought in; a job does it. Refuses `ImportCannotGoOn` when it is under way or done.

    One that broke off is done again: what came in before counts as unchanged.
    """
    if not may_import(by):
        raise NotYourAnswer
    found = AnswerImport.objects.select_for_update().get(pk=found.pk)
    was_tried = found.state == AnswerImport.State.TRIED and found.brings_something
    was_broken_off = found.stopped_by == AnswerImport.Reason.BROKEN and found.rows_in_file
    if not was_tried and not was_broken_off:
        raise ImportCannotGoOn
    found.rows_in_file = found.rows_in_file or found.rows_read
    found.state, found.stopped_by = AnswerImport.State.DOING, ""
    found.rows_read, found.times_begun, found.moved_at = 0, 0, at
    found.save()
    about = {"shape": found.shape, "published": found.is_published, "rows": found.rows_in_file}
    record("answers.import_begun", subject=found, data=about, by=by, at=at)
    return found


def import_of(employee: Employee, uuid: UUID) -> AnswerImport | None:
    """Return his own import with this id; that of somebody else is absent."""
    return AnswerImport.objects.filter(employee=employee, uuid=uuid).select_related("owner").first()


def imports_of(employee: Employee, *, limit: int = 10) -> list[AnswerImport]:
    """Return his imports of the last day, newest first."""
    return list(AnswerImport.objects.filter(employee=employee).order_by("-begun_at")[:limit])


def throw_import_away(*, found: AnswerImport) -> None:
    """Forget a file and its report; refuses `ImportCannotGoOn` while answers come in."""
    with transaction.atomic():
        found = AnswerImport.objects.select_for_update().get(pk=found.pk)
        if found.state == AnswerImport.State.DOING:
            raise ImportCannotGoOn
        found.delete()
    remove_files(found)


def remove_old_imports(*, at: datetime) -> int:
    """Remove imports, with their files, a day after they began, and files without a record. Returns how many."""
    old = AnswerImport.objects.filter(begun_at__lt=at - KEPT).exclude(
        state=AnswerImport.State.DOING, moved_at__gte=at - KEPT
    )
    removed = 0
    for found in old:
        found.delete()
        remove_files(found)
        removed += 1
    return removed + _remove_strays(at=at)


def remove_files(found: AnswerImport) -> None:
    """Remove the file of an import and its report, if they are there."""
    for name in filter(None, (found.stored_as, found.report_as)):
        default_storage.delete(name)


def _remove_strays(*, at: datetime) -> int:
    """Remove files that a crash left without a record."""
    if not default_storage.exists(FOLDER):
        return 0
    paths = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    known = {path for row in AnswerImport.objects.values_list("stored_as", "report_as") for path in row}
    strays = [path for path in paths - known if default_storage.get_modified_time(path) < at - KEPT]
    for path in strays:
        default_storage.delete(path)
    return len(strays)


def _shown_name(name: str) -> str:
    base = "".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    return base.strip()[-LONGEST_NAME:] or "?"
