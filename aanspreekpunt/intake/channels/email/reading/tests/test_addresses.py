"""Addresses as people and programs write them."""

from __future__ import annotations

import pytest

from aanspreekpunt.intake.channels.email.reading import Address, addresses, limits
from aanspreekpunt.intake.channels.email.reading.tests.make import header, read


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("jan@x.nl", [("", "jan@x.nl")]),
        ("<jan@x.nl>", [("", "jan@x.nl")]),
        ("Jan <jan@x.nl>", [("Jan", "jan@x.nl")]),
        ('"Jansen, Jan" <jan@x.nl>, Piet <p@x.nl>', [("Jansen, Jan", "jan@x.nl"), ("Piet", "p@x.nl")]),
        ("Jansen, Jan <jan@x.nl>", [("Jansen, Jan", "jan@x.nl")]),
        ("jan@x.nl, Piet <p@x.nl>", [("", "jan@x.nl"), ("Piet", "p@x.nl")]),
        ("jan@x.nl (Jan Jansen)", [("Jan Jansen", "jan@x.nl")]),
        ("jan@x.nl (Jan (junior) Jansen)", [("Jan (junior) Jansen", "jan@x.nl")]),
        ("Jan <jan@x.nl", [("Jan", "jan@x.nl")]),
        ("<<jan@x.nl>>", [("", "jan@x.nl")]),
        ("Jan <jan@x.nl> Piet <p@x.nl>", [("Jan", "jan@x.nl"), ("Piet", "p@x.nl")]),
        ("jan@x.nl p@x.nl", [("", "jan@x.nl"), ("", "p@x.nl")]),
        ("jan@x.nl; p@x.nl", [("", "jan@x.nl"), ("", "p@x.nl")]),
        ("undisclosed-recipients:;", []),
        ("<Undisclosed-Recipient:@mail.x.nl;>", []),
        ("Team A: jan@x.nl, Piet <p@x.nl>; w@x.nl", [("", "jan@x.nl"), ("Piet", "p@x.nl"), ("", "w@x.nl")]),
        ("A: a@x.nl;, B: b@x.nl;", [("", "a@x.nl"), ("", "b@x.nl")]),
        ("=?utf-8?Q?J=C3=B6rg?= <j@x.nl>", [("Jörg", "j@x.nl")]),
        ("=?utf-8?Q?Jansen=2C_Jan?= <j@x.nl>", [("Jansen, Jan", "j@x.nl")]),
        ('"=?utf-8?Q?J=C3=B6rg?=" <j@x.nl>', [("Jörg", "j@x.nl")]),
        ("=?utf-8?Q?Jan_=3Cj=40x.nl=3E?=", [("Jan", "j@x.nl")]),
        ("=?utf-8?Q?j=40x.nl?=", [("", "j@x.nl")]),
        ('"j@x.nl" <j@x.nl>', [("", "j@x.nl")]),
        ("'j@x.nl' <j@x.nl>", [("", "j@x.nl")]),
        ("'Jan' <j@x.nl>", [("Jan", "j@x.nl")]),
        ("<@a.nl,@b.nl:j@x.nl>", [("", "j@x.nl")]),
        ('"jan de boer"@x.nl', [("", '"jan de boer"@x.nl')]),
        ("j @ x.nl", [("", "j@x.nl")]),
        ("j@x . nl", [("", "j@x.nl")]),
        ("Jan <j@x(werk).nl>", [("Jan", "j@x.nl")]),
        ('Jan "de" <j@x.nl>', [("Jan de", "j@x.nl")]),
        ('"Jan \\"de\\" Boer" <j@x.nl>', [('Jan "de" Boer', "j@x.nl")]),
        ("mailto:j@x.nl", [("", "j@x.nl")]),
        ("<mailto:j@x.nl>", [("", "j@x.nl")]),
        ("j@münchen.example", [("", "j@münchen.example")]),
        ("jörg@xn--mnchen-3ya.example", [("", "jörg@xn--mnchen-3ya.example")]),
        ("Jan", [("Jan", "")]),
        ("Jan <>", [("Jan", "")]),
        ("<>", []),
        (", ,;, <j@x.nl>,", [("", "j@x.nl")]),
        ('Jan "x <j@x.nl>', [("Jan x", "j@x.nl")]),
        ("Jan (x <j@x.nl>", [("Jan x", "j@x.nl")]),
        ("<j@x.nl> Jan", [("Jan", "j@x.nl")]),
        ("Jan j@x.nl", [("Jan", "j@x.nl")]),
        ('Jan <j@x.nl>, ""', [("Jan", "j@x.nl")]),
        ("Jan\u202e <j@x.nl>", [("Jan", "j@x.nl")]),
    ],
)
def test_lists(written: str, found: list[tuple[str, str]]) -> None:
    value = written.encode("utf-8").decode("ascii", "surrogateescape")
    assert [(one.name, one.email) for one in addresses.parse(value)] == found


def test_a_name_in_raw_bytes() -> None:
    assert header("From", "Jörg <j@x.nl>".encode("latin-1")).from_ == (Address("Jörg", "j@x.nl"),)


def test_whoever_it_went_to_is_kept_when_the_header_stands_there_twice() -> None:
    mail = read("To: tweede@x.nl", "Cc: a@x.nl", "CC: b@x.nl", "Bcc: c@x.nl", "Reply-To: d@x.nl", "Sender: e@x.nl")
    assert [one.email for one in mail.to] == ["gemeente@utrecht.example", "tweede@x.nl"]
    assert [one.email for one in mail.cc + mail.bcc + mail.reply_to + mail.sender] == [
        "a@x.nl",
        "b@x.nl",
        "c@x.nl",
        "d@x.nl",
        "e@x.nl",
    ]
    assert mail.defects == ("duplicate_cc", "duplicate_to")


def test_of_two_senders_the_last_counts_as_signatures_count_from_below() -> None:
    mail = read("From: echt@x.nl")
    assert mail.from_ == (Address("", "echt@x.nl"),)
    assert "duplicate_from" in mail.defects


@pytest.mark.parametrize("lines", [", ", ",\r\n "])
def test_a_hundred_thousand_addresses_are_cut(lines: str) -> None:
    mail = read("Cc: " + lines.join(f"Jan {number} <j{number}@x.nl>" for number in range(100_000)))
    assert len(mail.cc) == limits.ADDRESSES
    assert "too_many_addresses" in mail.defects


@pytest.mark.parametrize("sign", ["(", "<", '"', "\\", "a:", "<a>b", '"a\\', "a@b ", ",", "=?", "<a", "@:", "a@:"])
def test_rows_of_one_sign_take_no_time(sign: str) -> None:
    assert len(addresses.parse(sign * 50_000)) <= limits.ADDRESSES
