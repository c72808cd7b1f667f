"""Files: judged by content, kept under our own names, only ever downloaded."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aanspreekpunt.common.file_types import content_type_of, may_be_dangerous
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.questions.attachments import (
    FileTooLarge,
    NotAFileWeTake,
    attach,
    download_of,
    remove_unattached,
    store_attachment,
)
from aanspreekpunt.questions.models import Attachment, Contact

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("own_directory")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def zipped(*parts: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts:
            archive.writestr(name, text)
    return buffer.getvalue()


def make_contact() -> Contact:
    now = datetime.now(tz=UTC)
    return Contact.objects.create(
        conversation=new_uuid(), channel="web_form", direction="in", occurred_at=now, registered_at=now
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe1 exif", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"%PDF-1.7", "application/pdf"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        (
            zipped(("[Content_Types].xml", "x"), ("word/document.xml", "x")),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            zipped(("mimetype", "application/vnd.oasis.opendocument.text")),
            "application/vnd.oasis.opendocument.text",
        ),
        (zipped(("[Content_Types].xml", "x"), ("word/document.xml", "x"), ("word/vbaProject.bin", "x")), ""),
        (zipped(("mimetype", "application/vnd.oasis.opendocument.texx")), ""),
        (zipped(("evil.exe", "x")), ""),
        (b"PK\x03\x04 broken", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", ""),
        (b"MZ", ""),
        (b"", ""),
    ],
)
def test_a_file_is_what_it_contains(content: bytes, kind: str) -> None:
    assert content_type_of(io.BytesIO(content)) == kind


@pytest.mark.django_db
def test_a_file_is_stored_under_a_name_of_our_own(tmp_path: Path) -> None:
    stored = store_attachment(file=SimpleUploadedFile("../../etc/Mijn bank\r\n.exe", PNG))
    assert stored.file_name == "Mijn bank.png"
    assert "bank" not in stored.stored_as
    assert (tmp_path / stored.stored_as).read_bytes() == PNG
    assert stored.size == len(PNG)
    assert len(stored.sha256) == 32


@pytest.mark.django_db
def test_a_file_is_only_ever_downloaded() -> None:
    response = download_of(store_attachment(file=SimpleUploadedFile("a.html", PNG)))
    assert response["Content-Disposition"] == 'attachment; filename="a.png"'
    assert response["Content-Type"] == "application/octet-stream"
    response.close()


@pytest.mark.django_db
def test_files_of_a_kind_or_size_we_do_not_take_are_refused(settings: Any) -> None:
    with pytest.raises(NotAFileWeTake):
        store_attachment(file=SimpleUploadedFile("a.png", b"<html>"))
    settings.UPLOAD_MEGABYTES = 0
    with pytest.raises(FileTooLarge):
        store_attachment(file=SimpleUploadedFile("a.png", PNG))
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_files_of_a_form_nobody_sent_are_removed_after_a_day(tmp_path: Path) -> None:
    contact = make_contact()
    sent = store_attachment(file=SimpleUploadedFile("a.png", PNG))
    never_sent = store_attachment(file=SimpleUploadedFile("b.png", PNG))
    assert attach(contact=contact, uuids=[sent.uuid]) == 1
    now = datetime.now(tz=UTC)
    assert remove_unattached(at=now) == 0
    assert remove_unattached(at=now + timedelta(hours=25)) == 1
    assert not (tmp_path / never_sent.stored_as).exists()
    assert (tmp_path / sent.stored_as).exists()


@pytest.mark.django_db
def test_a_file_that_belongs_to_a_contact_is_not_given_to_another() -> None:
    first, second = make_contact(), make_contact()
    stored = store_attachment(file=SimpleUploadedFile("a.png", PNG), contact=first)
    assert attach(contact=second, uuids=[stored.uuid]) == 0


@pytest.mark.parametrize(
    ("name", "content", "is_dangerous"),
    [
        ("lijst.xlsx", zipped(("[Content_Types].xml", ""), ("xl/workbook.xml", "")), False),
        ("lijst.xlsm", zipped(("[Content_Types].xml", ""), ("xl/workbook.xml", "")), True),
        ("lijst.xlsx", zipped(("[Content_Types].xml", ""), ("xl/vbaProject.bin", "")), True),
        ("lijst.xlsx", zipped(("[Content_Types].xml", ""), ("factuur.exe", "")), True),
        ("fotos.zip", zipped(("een.jpg", ""), ("twee.jpg", "")), False),
        ("fotos.zip", zipped(("een.jpg", ""), ("twee.jpg.lnk", "")), True),
        ("foto.jpg", b"MZ" + bytes(40), True),
        ("pagina.txt", b"\xef\xbb\xbf <HTML>", True),
        ("foto\u202egpj.txt", b"", True),
        ("brief.txt", b"Beste gemeente", False),
    ],
)
def test_what_may_run_something_is_dangerous_whatever_it_calls_itself(
    *, name: str, content: bytes, is_dangerous: bool
) -> None:
    assert may_be_dangerous(name, io.BytesIO(content)) is is_dangerous
