"""Character sets that are missing, unknown or untrue."""

from __future__ import annotations

import pytest

from aanspreekpunt.intake.channels.email.reading import charsets
from aanspreekpunt.intake.channels.email.reading.tests.make import read

DUTCH = "Crèche geïnd: € 12, \N{LEFT SINGLE QUOTATION MARK}één\N{RIGHT SINGLE QUOTATION MARK} \N{EN DASH} überhaupt"


@pytest.mark.parametrize(
    "named", ["us-ascii", "iso-8859-1", "ISO_8859-1", "latin1", "windows-1252", "x-unknown", "", "ansi", "8bit", "none"]
)
def test_western_text_under_any_western_name(named: str) -> None:
    assert charsets.decode(DUTCH.encode("cp1252"), named) == DUTCH


@pytest.mark.parametrize(
    "named",
    ["us-ascii", "iso-8859-1", "windows-1252", "", "x-unknown", "unknown-8bit", "utf-8", "utf8", "UTF8MB4", '"utf-8"'],
)
def test_utf8_under_another_name(named: str) -> None:
    assert charsets.decode(DUTCH.encode(), named) == DUTCH


def test_western_text_that_says_it_is_utf8() -> None:
    assert charsets.decode(DUTCH.encode("cp1252"), "utf-8") == DUTCH


def test_utf8_cut_in_a_character_stays_utf8() -> None:
    assert charsets.decode("één überhaupt é".encode()[:-1], "utf-8") == "één überhaupt \ufffd"


@pytest.mark.parametrize(
    ("named", "codec", "text"),
    [
        ("gb2312", "gb18030", "你好镕基"),
        ("big5", "big5hkscs", "你好"),
        ("koi8-r", "koi8-r", "Привет, мир"),
        ("windows-1251", "cp1251", "Привет"),
        ("KS_C_5601-1987", "cp949", "안녕 똠방각하"),
        ("shift_jis", "cp932", "①髙島"),
        ("iso-8859-9", "cp1254", "İstanbul ş"),
        ("iso-8859-2", "iso8859-2", "Łódź"),
        ("iso-8859-15", "iso8859-15", "€ 5"),
        ("iso-8859-8-i", "cp1255", "שלום"),
        ("windows-1256", "cp1256", "مرحبا"),
        ("iso-2022-jp", "iso2022_jp", "こんにちは"),
        ("utf-7", "utf-7", "één +"),
        ("unicode-1-1-utf-7", "utf-7", "één"),
        ("macintosh", "mac_roman", "één"),
        ("utf-16", "utf-16", "één"),
        ("utf-16le", "utf-16-le", "Dag één"),
        ("utf-32", "utf-32", "één"),
        ("hz-gb-2312", "hz", "你好"),
    ],
)
def test_what_is_named_well_is_read_as_named(named: str, codec: str, text: str) -> None:
    assert charsets.decode(text.encode(codec), named).lstrip("\ufeff") == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("named", ["utf-16", "us-ascii", "", "ucs-2"])
def test_two_bytes_a_character_without_a_mark(codec: str, named: str) -> None:
    assert charsets.decode("Dag, een vraag".encode(codec), named) == "Dag, een vraag"


def test_a_mark_of_byte_order_says_more_than_the_name() -> None:
    assert charsets.decode("\ufeffé".encode(), "iso-8859-1") == "é"
    assert charsets.decode("\ufeffé".encode("utf-16-le"), "utf-8") == "é"


def test_japanese_without_a_name() -> None:
    assert charsets.decode("こんにちは".encode("iso2022_jp"), "us-ascii") == "こんにちは"


@pytest.mark.parametrize(
    "named",
    ["idna", "punycode", "unicode_escape", "undefined", "rot13", "base64", "zlib", "../../x", "\x00", "é", "a" * 5000],
)
def test_names_of_no_character_set(named: str) -> None:
    assert charsets.known(named) == ""
    assert charsets.decode(b"\\u0041 xn--a", named) == "\\u0041 xn--a"


@pytest.mark.parametrize("named", ["utf-8; format=flowed", "utf-8\r\n", " utf-8,", "(utf-8)", "charset=utf-8"[8:]])
def test_names_with_something_stuck_to_them(named: str) -> None:
    assert charsets.known(named) == "utf-8"


@pytest.mark.parametrize(
    "named",
    [
        "",
        "utf-8",
        "utf-16",
        "utf-32",
        "utf-7",
        "iso-2022-jp",
        "hz",
        "gb18030",
        "cp932",
        "euc-kr",
        "koi8-r",
        "cp1252",
        "big5",
    ],
)
def test_any_bytes_give_text_that_can_be_kept(named: str) -> None:
    for data in (
        bytes(range(256)) * 3,
        b"\xff\xfe\xfd",
        b"\x1b$B\x1b",
        b"+//\x80",
        b"\xd8\x00" * 9,
        b"~{~~\xff",
        b"\x81",
    ):
        assert isinstance(charsets.decode(data, named), str)


def test_html_says_its_character_set_itself() -> None:
    body = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Привет'.encode("koi8-r")
    assert read("Content-Type: text/html", body=body).text == "Привет"
    assert read("Content-Type: text/html; charset=koi8-r", body=body.replace(b"koi8-r", b"utf-8")).text == "Привет"


def test_an_unknown_character_set_is_noted() -> None:
    assert "unknown_charset" in read("Content-Type: text/plain; charset=klingon", body="tekst").defects


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("koi8-r", "Здравствуйте, я хочу узнать, когда вывозят мусор на нашей улице."),
        ("cp1251", "Здравствуйте, я хочу узнать, когда вывозят мусор на нашей улице."),
        ("gb18030", "您好我想知道我们这里什么时候可以来办理护照请问要带什么"),
        ("big5", "您好我想知道我們這裡什麼時候可以來辦理護照請問要帶什麼"),
        ("cp949", "안녕하세요. 저는 이 도시에 사는 사람입니다. 여권을 언제 받을 수 있는지 알고 싶습니다."),
        ("cp932", "こんにちは。パスポートの申し込みはいつできますか。教えてください。"),
        ("euc_jp", "こんにちは。パスポートの申し込みはいつできますか。教えてください。"),
        ("iso8859-7", "Καλημέρα σας, θα ήθελα πληροφορίες από το δημαρχείο της πόλης μας."),
    ],
)
def test_what_says_nothing_is_told_by_its_most_common_characters(codec: str, text: str) -> None:
    assert charsets.decode(text.encode(codec)) == text
    assert charsets.decode(text.encode(codec), "x-unknown") == text
    assert charsets.decode(text.encode(codec), "iso-8859-1") == text


def test_a_western_text_full_of_accents_stays_western() -> None:
    text = "ÀÉÎÕÜ àéîõü ÄËÏÖÜ äëïöü ÇçÑñ ßØøÅå" * 3
    assert charsets.decode(text.encode("cp1252")) == text
