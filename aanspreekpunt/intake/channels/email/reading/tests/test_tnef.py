"""What Outlook packs in a winmail.dat."""

from __future__ import annotations

import base64
import struct

import pytest

from aanspreekpunt.intake.channels.email.reading import tnef
from aanspreekpunt.intake.channels.email.reading.tests.make import multipart, read


def attribute(name: int, data: bytes, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + struct.pack("<H", sum(data) % 65536)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def text16(number: int, text: str) -> bytes:
    data = f"{text}\x00".encode("utf-16-le")
    return struct.pack("<HHII", 0x1F, number, 1, len(data)) + padded(data)


def binary(number: int, data: bytes, kind: int = 0x102) -> bytes:
    return struct.pack("<HHII", kind, number, 1, len(data)) + padded(data)


def properties(*written: bytes) -> bytes:
    return struct.pack("<I", len(written)) + b"".join(written)


NAMED = (
    struct.pack("<HH", 0x1E, 0x8001)
    + bytes(16)
    + struct.pack("<II", 1, 6)
    + padded(b"x\x00y\x00\x00\x00")
    + struct.pack("<II", 1, 2)
    + padded(b"a\x00")
)
NUMBERED = struct.pack("<HH", 0x03, 0x8002) + bytes(16) + struct.pack("<II", 0, 5) + struct.pack("<I", 7)
MANY = struct.pack("<HHI", 0x1003, 0x6001, 3) + bytes(12)
STREAM = (
    tnef.SIGNATURE
    + b"\x01\x00"
    + attribute(tnef.CODE_PAGE, struct.pack("<II", 1252, 0))
    + attribute(tnef.BODY, "Geïnd\x00".encode("cp1252"))
    + attribute(
        tnef.PROPERTIES,
        properties(
            NAMED,
            NUMBERED,
            MANY,
            struct.pack("<HHi", 3, tnef.P_CODE_PAGE, 65001),
            binary(tnef.P_HTML, "<p>Geïnd".encode()),
        ),
    )
    + attribute(tnef.BEGIN_FILE, bytes(14), 2)
    + attribute(tnef.FILE_TITLE, b"KORT~1.DOC\x00", 2)
    + attribute(tnef.FILE_DATA, b"inhoud", 2)
    + attribute(
        tnef.FILE_PROPERTIES,
        properties(text16(tnef.P_LONG_NAME, "Lange naam één.doc"), text16(tnef.P_TYPE, "application/msword")),
        2,
    )
    + attribute(tnef.BEGIN_FILE, bytes(14), 2)
    + attribute(tnef.FILE_TITLE, b"plaat.png\x00", 2)
    + attribute(
        tnef.FILE_PROPERTIES,
        properties(binary(tnef.P_DATA, bytes(16) + b"plaat", 0x0D), text16(tnef.P_CONTENT_ID, "a@b")),
        2,
    )
)


def packed(kind: str) -> str:
    encoded = base64.encodebytes(STREAM).decode()
    return f"Content-Type: {kind}; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"


def test_files_text_and_html_are_taken_out() -> None:
    found = tnef.unpack(STREAM)
    assert (found.text, found.html) == ("Geïnd", "<p>Geïnd")
    assert [(file.name, file.content_type, file.content, file.content_id, file.is_inline) for file in found.files] == [
        ("Lange naam één.doc", "application/msword", b"inhoud", "", False),
        ("plaat.png", "application/octet-stream", b"plaat", "a@b", True),
    ]


@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/vnd.ms-tnef", "application/octet-stream"])
def test_a_mail_with_winmail_dat(kind: str) -> None:
    header, body = multipart("mixed", "\r\nDag", packed(kind))
    mail = read(header, body=body)
    assert mail.text == "Dag"
    assert [file.name for file in mail.files] == ["Lange naam één.doc", "plaat.png"]


def test_its_text_counts_when_the_mail_has_none() -> None:
    header, body = multipart("mixed", packed("application/ms-tnef"))
    mail = read(header, body=body)
    assert (mail.text, mail.html) == ("Geïnd", "<p>Geïnd")


def test_what_holds_nothing_stays_a_file() -> None:
    header, body = multipart(
        "mixed",
        "\r\nDag",
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n" + tnef.SIGNATURE + b"\x00\x00",
    )
    assert [file.name for file in read(header, body=body).files] == ["winmail.dat"]


def test_cut_off_anywhere_it_gives_what_it_can() -> None:
    for at in range(len(STREAM)):
        tnef.unpack(STREAM[:at])
    assert len(tnef.unpack(STREAM[:-20]).files) == 2


def test_any_byte_may_be_wrong() -> None:
    for at in range(6, len(STREAM)):
        for value in (0x00, 0xFF):
            tnef.unpack(STREAM[:at] + bytes([value]) + STREAM[at + 1 :])


def test_endless_counts_end() -> None:
    endless = struct.pack("<IHHI", 2**32 - 1, 0x101F, 1, 2**32 - 1) + bytes(1000)
    tnef.unpack(tnef.SIGNATURE + b"\x00\x00" + attribute(tnef.PROPERTIES, endless))
    tnef.unpack(tnef.SIGNATURE + b"\x00\x00" + attribute(tnef.BEGIN_FILE, b"", 2) * 100_000)
