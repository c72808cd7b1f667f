"""What kind of file something is, by its content: a short list of kinds we take, and nothing else."""

from __future__ import annotations

import zipfile
from typing import IO, Final

# A library that guesses would name any zip a document; an allow-list needs a yes or a no.
_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument.text"
_HEAD = 32

EXTENSIONS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/pdf": ".pdf",
    _WORD: ".docx",
    _OPEN_DOCUMENT: ".odt",
}
"""The kinds we take, and the ending each gets."""

ACCEPTED: Final = ",".join(EXTENSIONS.values())
"""The same for the `accept` of a file field, so that people choose well at once."""


def content_type_of(file: IO[bytes]) -> str:
    """Return the kind of `file` by its content, or nothing when we do not take it. Leaves it at its beginning."""
    file.seek(0)
    head = file.read(_HEAD)
    found = _by_beginning(head)
    if not found and head.startswith(b"PK\x03\x04"):
        found = _in_zip(file)
    file.seek(0)
    return found


def _by_beginning(head: bytes) -> str:
    for beginning, content_type in _BEGINNINGS:
        if head.startswith(beginning):
            return content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "image/heic" if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS else ""


def _in_zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            # A document that carries a program is not a document we take.
            if {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names:
                return _WORD
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(_OPEN_DOCUMENT):
                return _OPEN_DOCUMENT if archive.read("mimetype") == _OPEN_DOCUMENT.encode() else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return ""
    return ""
