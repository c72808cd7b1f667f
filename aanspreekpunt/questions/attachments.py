"""Files that came with a contact: stored under names of our own, known by their content, never shown inside a page."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.file_types import EXTENSIONS, content_type_of, may_be_dangerous
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.questions.models import Attachment
from aanspreekpunt.questions.scanner import reason_to_hold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile

    from aanspreekpunt.questions.models import Contact

LONGEST_NAME = 120
LONGEST_ENDING = 5
MOST_IN_A_ROUND = 200
KEPT_UNATTACHED = timedelta(hours=24)
_CHUNK = 64 * 1024
_UUID_TIME_SHIFT = 80


class NotAFileWeTake(Refusal):
    """The content of the file is of a kind we do not take."""

    message = _("We cannot take this kind of file. Choose a photo, a PDF or a Word document.")


class FileTooLarge(Refusal):
    """The file is larger than we take."""

    message = _("This file is too large. It may be %(most)s MB at most.")


class HasAVirus(Refusal):
    """The virus scanner knows something in the file."""

    message = _("There is a virus in this file, so we cannot take it. Have your device checked.")


def store_attachment(*, file: UploadedFile[Any], contact: Contact | None = None) -> Attachment:
    """Store a file and return its record; without `contact` it waits, for a day at most, until `attach` gives it one.

    The file is on disk before the record is written, so a record never points at nothing.
    """
    content = file.file
    if content is None or file.size is None or file.size > settings.UPLOAD_MEGABYTES * 1024 * 1024:
        raise FileTooLarge(most=settings.UPLOAD_MEGABYTES)
    content_type = content_type_of(content)
    if not content_type:
        raise NotAFileWeTake
    held_for = reason_to_hold(content)
    if held_for == Attachment.Held.VIRUS:
        raise HasAVirus
    uuid = new_uuid()
    attachment = Attachment(
        uuid=uuid,
        contact=contact,
        held_for=held_for,
        file_name=shown_name(file.name or "", content_type),
        content_type=content_type,
        size=file.size,
        sha256=_digest(content),
    )
    # The end of a UUID of version 7 is random, so files spread evenly over the directories.
    attachment.stored_as = default_storage.save(f"{uuid.hex[-2:]}/{uuid.hex}{EXTENSIONS[content_type]}", file)
    attachment.save(force_insert=True)
    return attachment


def store_received(*, name: str, content: bytes, content_id: str = "") -> Attachment:
    """Store a file that somebody sent along: whatever it is, because what was sent is not refused any more.

    What may be dangerous is kept but not handed out. It waits, for a day at most, until `attach` gives it a contact.
    """
    file = ContentFile(content)
    content_type = content_type_of(file)
    uuid = new_uuid()
    attachment = Attachment(
        uuid=uuid,
        file_name=shown_name(name, content_type) if content_type else received_name(name),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).digest(),
        content_id=content_id,
        held_for=reason_to_hold(file) or _danger_of(name, file, content_type=content_type),
    )
    path = f"{uuid.hex[-2:]}/{uuid.hex}{EXTENSIONS.get(content_type, '.bin')}"
    attachment.stored_as = default_storage.save(path, file)
    attachment.save(force_insert=True)
    return attachment


def _danger_of(name: str, file: IO[bytes], *, content_type: str) -> str:
    return Attachment.Held.DANGEROUS if not content_type and may_be_dangerous(name, file) else ""


class FilesAreGone(Refusal):
    """A file that should go along is not there any more, or belongs to something else by now."""

    message = _("A file you chose is no longer there. Choose it again.")


class TooMuchForAMail(Refusal):
    """The files together are more than mail servers take."""

    message = _("Together these files are too large for an e-mail. They may be %(most)s MB at most.")


class FileWaitsForTheScanner(Refusal):
    """A file that should go along was not looked at by the virus scanner yet."""

    message = _("The virus scanner has not looked at a file you chose yet. Try again in a few minutes.")


def enclose(*, contact: Contact, uuids: Iterable[UUID]) -> list[Attachment]:
    """Give stored files to what we write to a resident, to go along with it, and return them in the order given."""
    wanted = list(dict.fromkeys(uuids))
    files = Attachment.objects.select_for_update().filter(uuid__in=wanted, contact=None, register="")
    found = {each.uuid: each for each in files}
    check_enclosures(found.values())
    if len(found) != len(wanted) or attach(contact=contact, uuids=wanted) != len(wanted):
        raise FilesAreGone
    return [found[uuid] for uuid in wanted]


def check_enclosures(files: Iterable[Attachment]) -> None:
    """Refuse files that may not go along with a mail, or are too large for one together."""
    several = list(files)
    if any(not each.may_be_opened for each in several):
        raise FileWaitsForTheScanner
    if sum(each.size for each in several) > settings.MAIL_MEGABYTES * 1024 * 1024:
        raise TooMuchForAMail(most=settings.MAIL_MEGABYTES)


def copy_to(contact: Contact, attachment: Attachment) -> Attachment:
    """Store a file once more, for another contact: each is erased with its own."""
    uuid = new_uuid()
    with default_storage.open(attachment.stored_as) as file:
        path = f"{uuid.hex[-2:]}/{uuid.hex}{EXTENSIONS.get(attachment.content_type, '.bin')}"
        stored_as = default_storage.save(path, file)
    return Attachment.objects.create(
        uuid=uuid,
        contact=contact,
        file_name=attachment.file_name,
        content_type=attachment.content_type,
        size=attachment.size,
        sha256=attachment.sha256,
        stored_as=stored_as,
    )


def attach(*, contact: Contact, uuids: Iterable[UUID]) -> int:
    """Give stored files that belong to no contact yet to `contact`. Returns how many."""
    wanted = list(uuids)
    if not wanted:  # even a query that Django does not send takes it time to write
        return 0
    return Attachment.objects.filter(uuid__in=wanted, contact=None, register="").update(contact=contact)


def let_go(*, contact: Contact) -> list[UUID]:
    """Let the files of something that was never sent wait for another contact, as if they were just chosen."""
    files = Attachment.objects.filter(contact=contact, register="").exclude(stored_as="").order_by("id")
    uuids = list(files.values_list("uuid", flat=True))
    Attachment.objects.filter(uuid__in=uuids).update(contact=None)
    return uuids


def unattached(uuids: Iterable[UUID]) -> dict[UUID, Attachment]:
    """Return those of these files that still wait for a contact."""
    return {each.uuid: each for each in Attachment.objects.filter(uuid__in=list(uuids), contact=None)}


def remove_unattached(*, at: datetime) -> int:
    """Remove the files of people who never sent their form, a day after they chose them. Returns how many."""
    old = Attachment.objects.filter(contact=None, register="", uuid__lt=_first_uuid_of(at - KEPT_UNATTACHED))
    removed = 0
    for attachment in old.exclude(stored_as=""):
        default_storage.delete(attachment.stored_as)
        attachment.delete()
        removed += 1
    return removed


def remove_files_of(attachments: Iterable[Attachment]) -> None:
    """Remove these records, and what is stored here of them once that is certain."""
    for attachment in attachments:
        if attachment.stored_as:
            transaction.on_commit(partial(default_storage.delete, attachment.stored_as))
        attachment.delete()


def scan_what_waits() -> int:
    """Look again at files that wait for the virus scanner, until it is away. Returns how many it looked at."""
    done = 0
    for attachment in Attachment.objects.filter(held_for=Attachment.Held.UNSCANNED).order_by("id")[:MOST_IN_A_ROUND]:
        with default_storage.open(attachment.stored_as) as file:
            held_for = reason_to_hold(file)
            if held_for == Attachment.Held.UNSCANNED:
                break
            held_for = held_for or _danger_of(attachment.file_name, file, content_type=attachment.content_type)
        Attachment.objects.filter(pk=attachment.pk, held_for=Attachment.Held.UNSCANNED).update(held_for=held_for)
        done += 1
    return done


def download_of(attachment: Attachment) -> FileResponse:
    """Return the file to be saved, never to be shown inside a page; the caller has checked who may have it."""
    # Whatever stands in the file, a browser must not take it for a page of ours.
    return FileResponse(
        default_storage.open(attachment.stored_as),
        as_attachment=True,
        filename=attachment.file_name,
        content_type="application/octet-stream",
        headers={"Cache-Control": "private, no-store"},
    )


def shown_name(name: str, content_type: str) -> str:
    """Return the sender's name for a file without path or control characters, with the ending its content deserves."""
    base = "".join(char for char in name.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable()).strip(" .")
    stem = base.rsplit(".", 1)[0][:LONGEST_NAME].strip(" .")
    return f"{stem or 'bestand'}{EXTENSIONS[content_type]}"


def received_name(name: str) -> str:
    """Return the sender's name for a file of a kind we do not know, ending and all, without anything that misleads."""
    base = "".join(char for char in name.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable()).strip(" .")
    stem, dot, ending = base.rpartition(".")
    if not dot or not ending.isalnum() or len(ending) > LONGEST_ENDING:
        stem, ending = base, "bin"
    return f"{stem[:LONGEST_NAME].strip(' .') or 'bestand'}.{ending}"


def _digest(content: IO[bytes]) -> bytes:
    content.seek(0)
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.digest()


def _first_uuid_of(at: datetime) -> UUID:
    return UUID(int=int(at.timestamp() * 1000) << _UUID_TIME_SHIFT)
