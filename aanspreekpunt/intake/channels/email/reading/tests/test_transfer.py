"""Undoing base64, quoted-printable and uuencode, whole and broken."""

from __future__ import annotations

import base64
import binascii

import pytest

from aanspreekpunt.intake.channels.email.reading import transfer
from aanspreekpunt.intake.channels.email.reading.tests.make import multipart, read

DATA = bytes(range(256)) * 4
ENCODED = base64.encodebytes(DATA)


def uu(data: bytes, name: str = "brief.doc") -> bytes:
    lines = b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    return f"begin 644 {name}\n".encode() + lines + b"`\nend\n"


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ("base64", "base64"),
        (" BASE64 ", "base64"),
        ("base64;", "base64"),
        ('"base64"', "base64"),
        ("base64 (zo)", "base64"),
        ("Quoted-Printable", "quoted-printable"),
        ("quoted-printable; charset=utf-8", "quoted-printable"),
        ("quotedprintable", "quoted-printable"),
        ("x-uuencode", "uuencode"),
        ("uuencode", "uuencode"),
        ("7-bit", ""),
        ("8bits", ""),
        ("binary", ""),
        ("text/html", ""),
        ("", ""),
    ],
)
def test_names_of_encodings(named: str, kind: str) -> None:
    assert transfer.kind(named) == kind


def test_base64_with_other_characters_in_between() -> None:
    assert transfer.base64(ENCODED.replace(b"\n", b" \r\n\t!")) == DATA
    assert transfer.base64(ENCODED.replace(b"\n", b"")) == DATA


@pytest.mark.parametrize("cut", range(1, 9))
def test_base64_cut_off_anywhere(cut: int) -> None:
    whole = base64.b64encode(DATA[:30])
    assert DATA[:30].startswith(transfer.base64(whole[:-cut]))
    assert len(transfer.base64(whole[:-cut])) >= 30 - cut


def test_base64_of_pieces_under_each_other() -> None:
    assert (
        transfer.base64(
            base64.b64encode(b"een") + b"\n" + base64.b64encode(b"1") + b"\n" + base64.b64encode(b"drie") + b"\n"
        )
        == b"een1drie"
    )


def test_what_stands_behind_the_end_of_base64_is_no_base64() -> None:
    assert transfer.base64(b"ZWVu\nMQ== genegeerd") == b"een1"
    assert transfer.base64(b"ZWVu\nMQ==\n-- \nEen lijst van iets\n") == b"een1"


def test_text_that_is_not_base64_though_it_says_so_is_kept() -> None:
    mail = read("Content-Transfer-Encoding: base64", body="Dit is gewoon een tekst.")
    assert mail.text == "Dit is gewoon een tekst."
    assert mail.defects == ("not_base64",)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (b"caf=C3=A9", b"caf\xc3\xa9"),
        (b"caf=c3=a9", b"caf\xc3\xa9"),
        (b"een=\r\n twee", b"een twee"),
        (b"een=\n twee", b"een twee"),
        (b"een= \r\n twee", b"een twee"),
        (b"een= \t\n twee", b"een twee"),
        (b"een  \r\ntwee", b"een\r\ntwee"),
        (b"een=20\r\ntwee", b"een \r\ntwee"),
        (b"100% = alles", b"100% = alles"),
        (b"a=ZZb=", b"a=ZZb"),
        (b"x==3D", b"x=="),
        (b"", b""),
        (b"=", b""),
    ],
)
def test_quoted_printable(sent: bytes, meant: bytes) -> None:
    assert transfer.quoted_printable(sent) == meant


def test_long_quoted_printable_is_trimmed_in_stretches() -> None:
    assert transfer.quoted_printable(b"regel \n" * 400_000) == b"regel\n" * 400_000


def test_a_part_that_is_uuencoded() -> None:
    part = b"Content-Type: application/msword; name=brief.doc\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n" + uu(
        DATA
    )
    header, body = multipart("mixed", b"\r\ntekst", part)
    (file,) = read(header, body=body).files
    assert (file.name, file.content) == ("brief.doc", DATA)


def test_files_written_out_in_the_text() -> None:
    mail = read(body=b"Zie bijlage.\n\n" + uu(DATA, "één twee.doc") + b"\nGroet\n" + uu(b"kort", "b.txt") + b"Wim\n")
    assert mail.text == "Zie bijlage.\n\n\nGroet\nWim\n"
    assert [(file.name, file.content) for file in mail.files] == [("één twee.doc", DATA), ("b.txt", b"kort")]


def test_a_sentence_that_begins_with_begin_is_text() -> None:
    text = "begin 644\nbegin met iets\nbegin 644 dan\n"
    assert read(body=text).text == text


def test_uuencode_with_broken_lines_gives_what_it_can() -> None:
    name, content = transfer.uuencoded(uu(b"x" * 45 + b"y" * 45).replace(b"M", b"M", 1) + b"")
    assert (name, content) == ("brief.doc", b"x" * 45 + b"y" * 45)
    assert transfer.uuencoded(b"begin 644 a\n\xff\xff\xff\nM\nend")[0] == "a"
    assert transfer.uuencoded(b"geen begin") == ("", b"geen begin")
    assert transfer.uuencoded(b"begin 644 a") == ("", b"begin 644 a")
