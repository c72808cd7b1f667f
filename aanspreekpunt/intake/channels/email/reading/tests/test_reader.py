"""Whole mails, and all that can be wrong with their headers and bodies."""

from __future__ import annotations

import random

import pytest

from aanspreekpunt.intake.channels.email.reading import Address, Mail, Unreadable, read_mail, safe_html
from aanspreekpunt.intake.channels.email.reading.tests.make import HEAD, header, multipart, raw, read


def test_an_ordinary_mail() -> None:
    mail = read(
        "Message-ID: <1@x.nl>",
        "In-Reply-To: <0@x.nl>",
        "References: <a@x.nl>\r\n <b@x.nl>",
        body="Dag,\r\n\r\nWanneer?\r\n",
    )
    assert mail.message_id == "1@x.nl"
    assert mail.in_reply_to == ("0@x.nl",)
    assert mail.references == ("a@x.nl", "b@x.nl")
    assert mail.from_ == (Address("Wim de Boer", "wim@voorbeeld.nl"),)
    assert mail.to == (Address("", "gemeente@utrecht.example"),)
    assert mail.subject == "Vraag"
    assert str(mail.date) == "2026-03-02 10:11:12+01:00"
    assert mail.text == "Dag,\n\nWanneer?\n"
    assert (mail.html, mail.files, mail.defects) == ("", (), ())


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("<a@b>", ("a@b",)),
        ("a@b", ("a@b",)),
        ("<a@b", ("a@b",)),
        ("<a@b>, <c@d>,<e@f>", ("a@b", "c@d", "e@f")),
        ("<a@b> (antwoord op iets) <c@d>", ("a@b", "c@d")),
        ("Uw bericht van maandag <a@b>", ("a@b",)),
        ("<a@b> <a@b>", ("a@b",)),
        ("<a\r\n @b>", ("a@b",)),
        ("<abc>", ("abc",)),
        ("abc", ("abc",)),
        ("uw bericht", ()),
        ("<>", ()),
        ("", ()),
        ("<a@b><c@d", ("a@b", "c@d")),
        ("<a@b <c@d>", ("a@b", "c@d")),
    ],
)
def test_identifiers(written: str, found: tuple[str, ...]) -> None:
    assert header("References", written.encode()).references == found


def test_many_identifiers_are_cut() -> None:
    assert len(header("References", b"".join(b"<%d@x>" % number for number in range(20_000))).references) == 200
    assert header("References", b"<" * 100_000).references == ()


def test_a_body_without_headers() -> None:
    mail = read_mail(b"Dag gemeente, ik heb een vraag.\r\n\r\nGroet")
    assert (mail.text, mail.subject, mail.from_) == ("Dag gemeente, ik heb een vraag.\n\nGroet", "", ())
    assert mail.defects == ("body_without_empty_line", "no_from")


def test_headers_without_a_body() -> None:
    assert read_mail(HEAD.encode()).text == ""
    assert read_mail(HEAD.encode().rstrip()).subject == "Vraag"


@pytest.mark.parametrize(
    "before",
    ["From wim@x.nl Mon Mar  2 10:11:12 2026\r\n", ">From wim@x.nl Mon Mar 2 10:11:12\r\n", "\r\n\r\n", "\ufeff"],
)
def test_what_may_stand_before_the_headers(before: str) -> None:
    assert read(head=before + HEAD, body="tekst").subject == "Vraag"


def test_spaces_around_names_and_colons() -> None:
    mail = read_mail(b"From  : wim@x.nl\nSubject\t:\t een \n\ttwee\n\ntekst")
    assert (mail.from_[0].email, mail.subject) == ("wim@x.nl", "een twee")


def test_a_line_that_is_no_header_is_stepped_over() -> None:
    mail = read_mail(b"From: wim@x.nl\nzomaar een regel\nSubject: een\n twee\n\ntekst")
    assert (mail.subject, mail.text) == ("een twee", "tekst")
    assert mail.defects == ("line_that_is_no_header",)


def test_a_body_right_behind_the_headers() -> None:
    mail = read_mail(b"From: wim@x.nl\nSubject: een\nDag gemeente\nHoe laat bent u open\n")
    assert mail.text == "Dag gemeente\nHoe laat bent u open\n"
    assert mail.defects == ("body_without_empty_line",)


def test_a_line_of_spaces_within_the_headers() -> None:
    assert read_mail(b"Subject: een\n \n\ttwee\nFrom: wim@x.nl\n\ntekst").subject == "een twee"
    assert read_mail(b"Subject: een\n \nTekst van de mail\n").text == "Tekst van de mail\n"


def test_a_name_of_a_header_in_other_letters() -> None:
    assert read_mail(b"SUBJECT: a\nfrom: b@c.nl\nMESSAGE-id: <d@e>\n\nx") == Mail(
        message_id="d@e",
        subject="a",
        from_=(Address("", "b@c.nl"),),
        text="x",
        fields=(("SUBJECT", "a"), ("from", "b@c.nl"), ("MESSAGE-id", "<d@e>")),
    )


def test_duplicate_headers_are_noted_and_the_last_counts() -> None:
    mail = read("Subject: tweede", "Message-ID: <1@x>", "Message-ID: <2@x>", body="x")
    assert (mail.subject, mail.message_id) == ("tweede", "2@x")
    assert mail.headers("subject") == ("Vraag", "tweede")
    assert mail.defects == ("duplicate_message_id", "duplicate_subject")


def test_of_two_types_the_multipart_counts() -> None:
    kind, body = multipart("mixed", "\r\ntekst")
    assert read(kind, "Content-Type: text/plain", body=body).text == "tekst"
    assert read("Content-Type: text/plain", kind, body=body).text == "tekst"


@pytest.mark.parametrize(
    "kind",
    ["text", "", "tekst", "text/", "/plain", "plain", ";", "text/plain/x", '"text/plain"', "text/plain,text/html"],
)
def test_a_type_that_is_none_is_text(kind: str) -> None:
    assert read(f"Content-Type: {kind}", body="tekst").text == "tekst"


def test_nul_and_other_controls_fall_out_of_text_and_headers() -> None:
    mail = read("X-A: a\x00b\x1bc", body=b"een\x00 twee\x08\x0b\x1b[31m drie\x7f\r\n\tvier")
    assert mail.text == "een twee[31m drie\n\tvier"
    assert mail.header("X-A") == "a b c"


def test_files_keep_their_bytes_whatever_they_are() -> None:
    data = bytes(range(256))
    kind, body = multipart(
        "mixed",
        "\r\ntekst",
        b"Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: binary\r\n\r\n" + data,
    )
    assert read(kind, body=body).files[0].content == data


def test_lines_broken_for_sending_are_put_together() -> None:
    text = "Dit is een \nlange zin.\n> geciteerd \n> stuk\n>> dieper \n> anders\n-- \nWim \nde Boer"
    mail = read("Content-Type: text/plain; format=flowed", body=text)
    assert mail.text == "Dit is een lange zin.\n> geciteerd stuk\n>> dieper \n> anders\n-- \nWim de Boer"


def test_the_space_at_the_end_falls_away_where_that_is_said() -> None:
    assert (
        read('Content-Type: text/plain; format="flowed"; delsp=Yes', body="donau \ndampf \nschiff\n x").text
        == "donaudampfschiff\nx"
    )


def test_a_mail_written_in_utf16_from_its_first_byte() -> None:
    assert read_mail(raw(body="één").decode().encode("utf-16")).text == "één"


@pytest.mark.parametrize("seed", range(30))
def test_any_bytes_are_read(seed: int) -> None:
    chance = random.Random(seed)
    kind, body = multipart(
        "mixed", "Content-Type: text/html; charset=x\r\n\r\n<p>tekst", "Content-Type: image/png\r\n\r\nx"
    )
    written = bytearray(raw(kind, "Content-Transfer-Encoding: base64", body=body))
    for _ in range(200):
        written[chance.randrange(len(written))] = chance.randrange(256)
        try:
            mail = read_mail(bytes(written))
        except Unreadable:
            continue
        for text in (mail.subject, mail.text, mail.html, safe_html(mail.html), *(file.name for file in mail.files)):
            assert "\x00" not in text
            assert text.encode("utf-8") is not None
