"""What kind of file something is, by its content: a short list of kinds we take, and nothing else."""

from __future__ import annotations

import re
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
_RUNS_BY_ITSELF: Final = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
_SPEAKS_TO_A_BROWSER: Final = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")
_DANGEROUS_ENDINGS: Final = frozenset(
    re.findall(
        r"[\w-]+",
        """
        ade adp app appx apk bat chm cmd com cpl deb dll dmg docm dotm exe gadget hta htm html img ins iso isp jar
        js jse lnk mde msc msi msix msp mst one pif potm ppam ppsm pptm ps1 ps2 psc1 psc2 py pyw rdp reg rpm scf scr
        sct settingcontent-ms sh shb shtml svg sys url vb vbe vbs vhd vhdx wsc wsf wsh xht xhtml xlam xll xlsm xltm
        xml xps
        """,
    )
)
_LOOKED_INTO: Final = 500
"""So many names in an archive are looked at; one with more is not a holiday picture."""

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


def may_be_dangerous(name: str, file: IO[bytes]) -> bool:
    """Tell whether opening `file` may run something: by its content, its name, and the names in an archive.

    Made to be careful: what it holds back can still be released by somebody who knows what it is.
    """
    file.seek(0)
    head = file.read(_HEAD)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_RUNS_BY_ITSELF) or text.startswith(_SPEAKS_TO_A_BROWSER) or _has_dangerous_ending(name):
        file.seek(0)
        return True
    is_dangerous = head.startswith(b"PK\x03\x04") and _holds_danger(file)
    file.seek(0)
    return is_dangerous


def _has_dangerous_ending(name: str) -> bool:
    # A mark that turns the direction of writing hides the true ending.
    if any(mark in name for mark in "\u202a\u202b\u202d\u202e\u2066\u2067"):
        return True
    return name.strip(" .\x00").rpartition(".")[2].lower() in _DANGEROUS_ENDINGS


def _holds_danger(file: IO[bytes]) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return True  # the library tells in all these ways that it cannot look inside
    if any(each.endswith("vbaProject.bin") for each in names) or len(names) > _LOOKED_INTO:
        return True
    # An office document is a zip full of XML, as it should be; but any zip can say that it is one.
    is_document = "[Content_Types].xml" in names or "mimetype" in names
    looked_at = [each for each in names if not (is_document and each.endswith(".xml"))]
    return any(_has_dangerous_ending(each) for each in looked_at)
