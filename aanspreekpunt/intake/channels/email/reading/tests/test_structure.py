"""Parts within parts, whole, broken and too many."""

from __future__ import annotations

import pytest

from aanspreekpunt.intake.channels.email.reading import Unreadable, limits, read_mail
from aanspreekpunt.intake.channels.email.reading.tests.make import HEAD, multipart, raw, read

PLAIN = "Content-Type: text/plain\r\n\r\nplat"
HTML = "Content-Type: text/html\r\n\r\n<p>opgemaakt</p>"
PICTURE = "Content-Type: image/png; name=a.png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"
PDF = "Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF"


def inner(kind: str, *parts: str) -> str:
    header, body = multipart(kind, *parts, boundary=f"binnen-{kind}")
    return f"{header}\r\n\r\n{body.decode()}"


def test_text_and_html() -> None:
    header, body = multipart("alternative", PLAIN, HTML)
    mail = read(header, body=body)
    assert (mail.text, mail.html, mail.files) == ("plat", "<p>opgemaakt</p>", ())


def test_only_html_serves_as_text_too() -> None:
    assert read("Content-Type: text/html", body="<p>een</p><p>twee").text == "een\n\ntwee"


def test_a_mail_as_outlook_makes_it() -> None:
    header, body = multipart("mixed", inner("related", inner("alternative", PLAIN, HTML), PICTURE), PDF)
    mail = read(header, body=body)
    assert (mail.text, mail.html) == ("plat", "<p>opgemaakt</p>")
    assert [(file.name, file.is_inline, file.content_id, file.content) for file in mail.files] == [
        ("a.png", True, "a@b", b"\x00\x00\x00"),
        ("a.pdf", False, "", b"%PDF"),
    ]


def test_a_mail_as_apple_makes_it() -> None:
    header, body = multipart(
        "alternative", PLAIN, inner("mixed", HTML, PDF, "Content-Type: text/html\r\n\r\n<p>slot</p>")
    )
    mail = read(header, body=body)
    assert (mail.text, mail.html) == ("plat", "<p>opgemaakt</p>\n<p>slot</p>")
    assert [file.name for file in mail.files] == ["a.pdf"]


def test_several_texts_stand_under_each_other() -> None:
    header, body = multipart("mixed", PLAIN, PICTURE, "\r\ntweede", "Content-Disposition: inline\r\n\r\nderde")
    mail = read(header, body=body)
    assert mail.text == "plat\n\ntweede\n\nderde"
    assert mail.html == ""


def test_plain_text_around_html_is_shown_with_it() -> None:
    header, body = multipart("mixed", "\r\neen <b>", HTML, "\r\ntwee")
    assert read(header, body=body).html == "<pre>een &lt;b&gt;</pre>\n<p>opgemaakt</p>\n<pre>twee</pre>"


def test_a_text_that_is_sent_as_a_file_is_a_file() -> None:
    header, body = multipart(
        "mixed", PLAIN, "Content-Type: text/plain; name=log.txt\r\nContent-Disposition: attachment\r\n\r\nregels"
    )
    mail = read(header, body=body)
    assert (mail.text, [file.name for file in mail.files]) == ("plat", ["log.txt"])


def test_a_mail_within_a_mail_is_a_file_that_can_be_read() -> None:
    header, body = multipart("mixed", PLAIN, "Content-Type: message/rfc822\r\n\r\n" + raw(body="binnen").decode())
    (file,) = read(header, body=body).files
    assert file.content_type == "message/rfc822"
    assert read_mail(file.content).text == "binnen"


def test_mails_in_a_digest_are_files() -> None:
    header, body = multipart("digest", "\r\nSubject: een\r\n\r\n1", "\r\nSubject: twee\r\n\r\n2")
    assert [read_mail(file.content).subject for file in read(header, body=body).files] == ["een", "twee"]


def test_a_report_keeps_all_of_its_parts() -> None:
    report = "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; j@x.nl\r\nStatus: 5.1.1"
    status = f"Content-Type: message/delivery-status\r\n\r\n{report}"
    header, body = multipart("report", PLAIN, status, "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <a@b>")
    mail = read(header, body=body)
    assert [file.content_type for file in mail.files] == ["message/delivery-status", "text/rfc822-headers"]
    assert mail.files[0].content.endswith(b"Status: 5.1.1")


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=",
        'Content-Type: multipart/mixed; boundary=""',
        "Content-Type: multipart/mixed; boundary=anders",
        "Content-Type: multipart/mixed; boundary=GRENS",
        "Content-Type: multipart/mixed\r\n boundary=grens",
        "Content-Type: multipart; boundary=grens",
    ],
)
def test_the_boundary_is_found_when_the_header_is_wrong(header: str) -> None:
    _, body = multipart("mixed", PLAIN, PDF)
    mail = read(header, body=b"Dit bericht heeft delen.\r\n" + body)
    assert (mail.text, [file.name for file in mail.files]) == ("plat", ["a.pdf"])


def test_without_any_boundary_the_body_is_text() -> None:
    mail = read("Content-Type: multipart/mixed; boundary=x", body="gewoon\n-- \ntekst")
    assert mail.text == "gewoon\n-- \ntekst"
    assert mail.defects == ("no_boundary",)


def test_a_mail_that_is_cut_off_shows_what_there_is() -> None:
    header, body = multipart("mixed", inner("alternative", PLAIN, HTML), PDF)
    whole = raw(header, body=body)
    for at in range(len(HEAD), len(whole), 7):
        read_mail(whole[:at])
    assert read_mail(whole[: whole.index(b"</p>")]).html == "<p>opgemaakt"


def test_an_inner_multipart_that_never_ends() -> None:
    header, body = multipart("mixed", inner("alternative", PLAIN, HTML).replace("--binnen-alternative--", ""), PDF)
    mail = read(header, body=body)
    assert (mail.text, mail.html.strip(), [file.name for file in mail.files]) == ("plat", "<p>opgemaakt</p>", ["a.pdf"])
    assert "part_not_closed" in mail.defects


def test_boundaries_that_begin_alike() -> None:
    header, body = multipart("mixed", inner("alternative", PLAIN, HTML).replace("binnen-alternative", "grens-1"), PDF)
    mail = read(header, body=body)
    assert (mail.text, mail.html, len(mail.files)) == ("plat", "<p>opgemaakt</p>", 1)


def test_one_boundary_for_two_levels() -> None:
    header, body = multipart("mixed", inner("alternative", PLAIN, HTML).replace("binnen-alternative", "grens"), PDF)
    mail = read(header, body=body)
    assert mail.text == "plat"
    assert [file.name for file in mail.files] == ["a.pdf"]


def test_a_part_after_the_end_still_counts() -> None:
    header, body = multipart("mixed", PLAIN)
    mail = read(header, body=body + b"--grens\r\n" + PDF.encode() + b"\r\n--grens--\r\n")
    assert [file.name for file in mail.files] == ["a.pdf"]
    assert mail.defects == ("part_after_the_end",)


def test_the_last_delimiter_without_a_line_of_its_own() -> None:
    assert read("Content-Type: multipart/mixed; boundary=g", body="--g\r\n\r\nhallo--g--").text == "hallo"


def test_white_space_behind_a_delimiter() -> None:
    assert read("Content-Type: multipart/mixed; boundary=g", body="--g \t\r\n\r\nhallo\r\n--g-- \r\n").text == "hallo"


def test_headers_of_a_part_without_an_empty_line() -> None:
    mail = read(
        "Content-Type: multipart/mixed; boundary=g",
        body="--g\r\nContent-Type: text/plain\r\n--g\r\n\r\ntweede\r\n--g--",
    )
    assert mail.text == "tweede"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_all_ends_of_line(end: str) -> None:
    header, body = multipart("alternative", PLAIN, HTML)
    written = raw(header, body=body).replace(b"\r\n", end.encode())
    mail = read_mail(written)
    assert (mail.text, mail.html, mail.subject) == ("plat", "<p>opgemaakt</p>", "Vraag")


def test_a_thousand_levels() -> None:
    written = "".join(
        f'Content-Type: multipart/mixed; boundary="g{level}"\r\n\r\n--g{level}\r\n' for level in range(1000)
    )
    mail = read_mail(written.encode() + b"\r\ndiep")
    assert "nested_too_deep" in mail.defects
    assert b"diep" in mail.files[0].content


def test_a_thousand_mails_within_each_other() -> None:
    (file,) = read_mail(b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"Subject: diep\r\n\r\nx").files
    assert file.content.startswith(b"Content-Type")


def test_ten_thousand_parts() -> None:
    header, body = multipart("mixed", *[PICTURE] * 10_000)
    mail = read(header, body=body)
    assert len(mail.files) == limits.PARTS - 1
    assert "too_many_parts" in mail.defects


@pytest.mark.parametrize("line", ["--", "--g--", "--g x", "--gg", "", "--g\r\n--g--"])
def test_a_million_lines_that_look_like_delimiters(line: str) -> None:
    mail = read("Content-Type: multipart/mixed; boundary=g", body=f"{line}\r\n" * 300_000)
    assert len(mail.files) <= limits.PARTS


def test_a_line_of_megabytes_is_text_up_to_a_limit_and_a_file_beyond() -> None:
    mail = read(body=b"x" * 5_000_000)
    assert len(mail.text) == limits.TEXT
    assert [len(file.content) for file in mail.files] == [5_000_000]
    assert mail.defects == ("text_cut",)


def test_too_large_is_unreadable() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_mail(b"x" * (limits.RAW + 1))
    assert refusal.value.reason == "too_large"


@pytest.mark.parametrize("nothing", [b"", b"\r\n\r\n", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_at_all_is_unreadable(nothing: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_mail(nothing)
    assert refusal.value.reason == "empty"


def test_an_empty_plain_part_beside_html() -> None:
    header, body = multipart("alternative", "Content-Type: text/plain\r\n\r\n \r\n", HTML)
    assert read(header, body=body).text == "opgemaakt"


def test_another_kind_of_text_is_read_when_there_is_nothing_else() -> None:
    mail = read("Content-Type: text/markdown", body="# kop")
    assert (mail.text, len(mail.files)) == ("# kop", 1)
    assert read("Content-Type: text/vcard", body="BEGIN:VCARD").text == ""
    assert read("Content-Type: text/markdown\r\nContent-Disposition: attachment", body="# kop").text == ""


def test_a_picture_that_the_html_shows_belongs_in_the_text_however_it_was_sent() -> None:
    attached = PICTURE.replace("image/png;", "image/png; x=y\r\nContent-Disposition: attachment;")
    header, body = multipart("mixed", "Content-Type: text/html\r\n\r\n<img src='cid:a@b'>", attached)
    assert [file.is_inline for file in read(header, body=body).files] == [True]
    header, body = multipart("mixed", HTML, attached)
    assert [file.is_inline for file in read(header, body=body).files] == [False]


def test_a_body_in_parts_whatever_its_type_says() -> None:
    _, body = multipart("mixed", PLAIN, PDF)
    mail = read('Content-Type: text/html; boundary="grens"', body=body)
    assert (mail.text, [file.name for file in mail.files]) == ("plat", ["a.pdf"])


def test_a_longer_delimiter_is_not_taken_for_a_shorter_one() -> None:
    mail = read('Content-Type: multipart/mixed; boundary="a"', body=f"--ab\r\n{PLAIN}\r\n")
    assert (mail.text.strip(), "boundary_guessed" in mail.defects) == ("plat", True)


def test_a_multipart_without_parts_is_text() -> None:
    mail = read('Content-Type: multipart/mixed; boundary="a"', body="Gat in de weg\r\n\r\n--a--\r\n")
    assert (mail.text.strip(), mail.defects) == ("Gat in de weg", ("no_parts",))


def test_a_multipart_within_without_parts_ends_where_the_next_part_begins() -> None:
    header, body = multipart("mixed", 'Content-Type: multipart/mixed; boundary="b"\r\n\r\neen\r\n--b--', "\r\ntwee")
    assert read(header, body=body).text.split() == ["een", "twee"]


def test_a_delimiter_of_a_multipart_that_was_never_closed_is_no_text() -> None:
    nested = f'Content-Type: multipart/mixed; boundary="binnen"\r\n\r\n--binnen\r\n{PLAIN}'
    header, body = multipart("mixed", nested, f"\r\ntwee\r\n--binnen\r\n{PLAIN}\r\n--binnen--\r\nstaart")
    mail = read(header, body=body)
    assert mail.text.split() == ["plat", "twee", "plat"]
    assert "part_not_closed" in mail.defects
