"""Mails that say nothing themselves and carry another."""

from __future__ import annotations

import pytest

from aanspreekpunt.intake.channels.email.reading.quotes import split
from aanspreekpunt.intake.channels.email.reading.tests.make import multipart, read

LETTER = (
    "From: Piet Bakker <piet@post.example>\r\nTo: Jan <jan@post.example>\r\n"
    "Date: Mon, 2 Mar 2026 10:11:12 +0100\r\nSubject: Gat in de weg\r\n\r\nDe weg is kapot."
)
ALONG = f"Content-Type: message/rfc822\r\n\r\n{LETTER}"
SHOWN = (
    "From: Piet Bakker <piet@post.example>\nDate: 2026-03-02 10:11 +0100\nTo: Jan <jan@post.example>\n"
    "Subject: Gat in de weg\n\nDe weg is kapot."
)


@pytest.mark.parametrize("text", ["\r\n", "\r\n \r\n"])
def test_what_is_forwarded_without_a_word_can_be_read(text: str) -> None:
    header, body = multipart("mixed", text, ALONG)
    mail = read(header, body=body)
    assert (mail.text.strip(), mail.forwarded, mail.readable) == ("", SHOWN, SHOWN)
    assert [file.content_type for file in mail.files] == ["message/rfc822"]
    assert split(mail.readable).new == SHOWN


def test_a_mail_that_is_nothing_but_another() -> None:
    assert read("Content-Type: message/rfc822", body=LETTER).readable == SHOWN


def test_own_words_come_before_what_is_forwarded() -> None:
    header, body = multipart("mixed", "\r\nZie bijlage", ALONG)
    mail = read(header, body=body)
    assert (mail.forwarded, mail.readable) == ("", "Zie bijlage")


def test_several_stand_under_each_other_as_far_as_they_can_be_read() -> None:
    header, body = multipart("mixed", ALONG, "Content-Type: message/rfc822\r\n\r\n\ufeff", ALONG)
    assert read(header, body=body).readable == f"{SHOWN}\n\n{SHOWN}"


def test_forwards_of_forwards_are_read_so_far() -> None:
    nested = LETTER
    for _ in range(2):
        nested = f"Subject: Fwd\r\nContent-Type: message/rfc822\r\n\r\n{nested}"
    assert read("Content-Type: message/rfc822", body=nested).readable == f"Subject: Fwd\n\nSubject: Fwd\n\n{SHOWN}"
    for _ in range(40):
        nested = f"Content-Type: message/rfc822\r\n\r\n{nested}"
    assert "kapot" not in read("Content-Type: message/rfc822", body=nested).readable
