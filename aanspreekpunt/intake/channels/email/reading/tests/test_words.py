"""Encoded words, and headers with raw bytes."""

from __future__ import annotations

import base64

import pytest

from aanspreekpunt.intake.channels.email.reading.tests.make import header, read


def b_word(text: str, charset: str = "utf-8") -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=?utf-8?Q?caf=C3=A9?=", "café"),
        ("=?UTF-8?q?caf=c3=a9?=", "café"),
        ("=?iso-8859-1?Q?caf=E9_nu?=", "café nu"),
        ("=?iso-8859-1*nl?Q?caf=E9?=", "café"),
        ("=?windows-1252?Q?=80_5?=", "€ 5"),
        (b_word("café"), "café"),
        (b_word("café").replace("=?=", "?="), "café"),  # without the sign that fills up
        ("een =?utf-8?Q?caf=C3=A9?= hier", "een café hier"),
        ("=?utf-8?Q?een?= =?utf-8?Q?_twee?=", "een twee"),
        ("=?utf-8?Q?een?=\r\n =?utf-8?Q?_twee?=", "een twee"),
        ("=?utf-8?Q?een?==?utf-8?Q?twee?=", "eentwee"),
        ("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),  # a character cut in two
        ("=?utf-8?B?Y2Fmw6k?= =?utf-8?B?IG51?=", "café nu"),
        ("a=?utf-8?Q?=C3=A9?=b", "aéb"),
        ('"=?utf-8?Q?caf=C3=A9?="', '"café"'),
        ("=?utf-8?Q?een twee?=", "een twee"),
        ("=?utf-8?Q?wat?_nu=3F?=", "wat? nu?"),
        ("=?utf-8?Q?wat?=3F?=", "wat??"),
        ("=?utf-8?Q?", "=?utf-8?Q?"),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=? ?= =?utf-8?Q?goed?=", "=? ?= goed"),
        ("=?onbekend?Q?caf=E9?=", "café"),
        ("=?utf-8?Q??=", ""),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?iso-2022-jp?B?GyRCJDMbKEI=?=", "こ"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("100% =?= ?", "100% =?= ?"),
        ("=?utf-8?Q?regel=0D=0ABcc:_x=40y.nl?=", "regel Bcc: x@y.nl"),
        ("=?utf-8?Q?nul=00!?=", "nul !"),
    ],
)
def test_a_subject_with_encoded_words(written: str, meant: str) -> None:
    assert header("Subject", written.encode()).subject == meant


@pytest.mark.parametrize(
    ("written", "hint", "meant"),
    [
        ("één".encode(), "", "één"),
        ("één".encode("cp1252"), "", "één"),
        ("één".encode(), "iso-8859-1", "één"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("こ".encode("iso2022_jp"), "", "こ"),
        (b"=?iso-8859-1?Q?Fr\xf6sche?=", "", "Frösche"),
        ("één =?utf-8?Q?=C3=A9?=".encode(), "", "één é"),
        (b"nul\x00hier", "", "nul hier"),
    ],
)
def test_raw_bytes_in_a_subject(written: bytes, hint: str, meant: str) -> None:
    assert header(f"Content-Type: text/plain; charset={hint}\r\nSubject", written).subject == meant


def test_half_a_character_can_still_be_stored() -> None:
    subject = header("Subject", b"=?utf-16-be?B?2AA=?= =?utf-7?Q?+2AA-?=").subject
    assert subject.encode("utf-8")


def test_all_headers_are_decoded_on_one_line() -> None:
    mail = read("X-Note: =?utf-8?Q?caf=C3=A9?=\r\n  en meer", "X-Note: tweede", "x-other:")
    assert mail.headers("x-note") == ("café en meer", "tweede")
    assert mail.header("X-NOTE") == "café en meer"
    assert mail.header("X-Other") == mail.header("X-Absent") == ""
