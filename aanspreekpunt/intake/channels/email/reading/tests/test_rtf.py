"""Rich text as Outlook packs it."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.intake.channels.email.reading import rtf, tnef
from aanspreekpunt.intake.channels.email.reading.tests.make import multipart, read
from aanspreekpunt.intake.channels.email.reading.tests.test_tnef import attribute, binary, properties
from aanspreekpunt.intake.channels.email.reading.tests.work import work_of

HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
REPEATED = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
"""Two examples that anybody's program for this format is tried on: one word, and a copy that runs into itself."""


def plain(text: bytes) -> bytes:
    return struct.pack("<II4sI", len(text) + 12, len(text), b"MELA", 0) + text


def test_what_outlook_compressed() -> None:
    assert rtf.decompressed(HELLO) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert rtf.decompressed(REPEATED) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert rtf.decompressed(plain(b"{\\rtf1 x}")) == b"{\\rtf1 x}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"{\rtf1 een\par twee\tab drie\line vier}", "een\ntwee\tdrie\nvier"),
        (rb"{\rtf1\ansi\ansicpg1252 ge\'efnd \{b\} \\ a\~b}", "geïnd {b} \\ a\xa0b"),
        (rb"{\rtf1\uc1 \u8364?5 \u-10179?\u-8704? {\uc2\u233xxe}}", "€5 😀 ée"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}{\f1\fcharset238 Arial CE;}}\f1 P\'b3ot \f0 \'e9}", "Płot é"),
        (rb"{\rtf1{\colortbl;\red0;}{\stylesheet{\s1 Kop;}}{\info{\title weg}}tekst}", "tekst"),
        (rb"{\rtf1{\*\generator Weg;}{\pict\bin4 }}{{x}tekst}", "tekst"),
        (
            rb"{\rtf1\fromhtml1{\*\htmltag19 <p>}Dag{\*\htmltag84 <br>}\htmlrtf \par \htmlrtf0 Jan{\*\htmltag27 </p>}}",
            "Dag\nJan",
        ),
        (b"{\\rtf1 een\r\n twee\\\r\ndrie}", "een twee\n\ndrie"),
        (b"{\\rtf1 los}}} na {", "los na "),
        (b"geen", ""),
        (b"", ""),
    ],
)
def test_rich_text_as_text(source: bytes, text: str) -> None:
    assert rtf.to_text(source).split() == text.split()


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(data: bytes) -> None:
    assert isinstance(rtf.to_text(b"{\\rtf1 " + data), str)
    assert len(rtf.decompressed(data)) <= len(data) * 18
    assert len(rtf.decompressed(HELLO[:16] + data)) <= 0x2B


def test_cut_off_anywhere_it_gives_what_it_can() -> None:
    for at in range(len(HELLO)):
        assert b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n".startswith(rtf.decompressed(HELLO[:at]))


@pytest.mark.parametrize(
    "piece", [b"{", b"}", b"\\'ff", b"\\u1 ", b"\\f1 x", b"{\\fonttbl{\\f1\\fcharset2 x;}}", b"\\", b"x"]
)
def test_twice_as_much_is_twice_the_work(piece: bytes) -> None:
    once = work_of(lambda: rtf.to_text(b"{\\rtf1 " + piece * 300))
    twice = work_of(lambda: rtf.to_text(b"{\\rtf1 " + piece * 600))
    assert twice < 2.3 * once


def test_the_words_of_a_winmail_dat_that_only_has_rich_text() -> None:
    stream = tnef.SIGNATURE + b"\x01\x00" + attribute(tnef.PROPERTIES, properties(binary(tnef.P_RICH, HELLO)))
    header, body = multipart("mixed", b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n" + stream)
    mail = read(header, body=body)
    assert mail.text == "hello world"
