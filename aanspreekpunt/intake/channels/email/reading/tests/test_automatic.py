"""Who or what wrote a mail, on mails as servers, programs and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.intake.channels.email.reading.automatic import Kind, kind_of
from aanspreekpunt.intake.channels.email.reading.mail import Address, File, Mail
from aanspreekpunt.intake.channels.email.reading.reports.delivery import address_of
from aanspreekpunt.intake.channels.email.reading.reports.failure import severity_of, status_in
from aanspreekpunt.intake.channels.email.reading.tests.cases import Sent, sent_by_machines
from aanspreekpunt.intake.channels.email.reading.tests.work import work_of

OURS = frozenset({"info@dijkstede.example"})
JAN = (Address("Jan", "jan@post.example"),)


def told(mail: Mail) -> Kind:
    return kind_of(mail, ours=OURS, is_our_message=lambda message_id: message_id.startswith("ours-"))


@pytest.mark.parametrize("sent", list(sent_by_machines()), ids=lambda sent: sent.name)
def test_each_mail_is_told_for_what_it_is(sent: Sent) -> None:
    kind = told(sent.mail)
    name, *others = sent.expected
    assert f"{kind.name} {kind.receipt or ''}".strip() == name
    failures = [each for each in others if "@" in each and not each.startswith("about")]
    assert len(kind.failures) == len(failures)
    for failure, expected in zip(kind.failures, failures, strict=True):
        said = f"{failure.address} {failure.severity} {failure.status}"
        assert said.startswith(expected)
    for each in others:
        _assert_more(kind, each)


def _assert_more(kind: Kind, expected: str) -> None:
    what, _, value = expected.partition(" ")
    if what == "about":
        assert kind.about == value
    elif what == "answer":
        assert kind.may_be_answered == (value == "yes")
    elif what == "list":
        assert kind.via_list == value


def test_only_a_person_may_be_answered_by_a_machine() -> None:
    for sent in sent_by_machines():
        kind = told(sent.mail)
        assert kind.name == "personal" or not kind.may_be_answered
        assert kind.reason or kind.name == "personal"


def test_a_reason_names_a_header_and_nobody() -> None:
    for sent in sent_by_machines():
        assert "@" not in told(sent.mail).reason


def test_the_empty_sender_in_the_envelope_counts_as_in_a_header() -> None:
    mail = Mail(subject="Vraag", from_=JAN, text="Hoe laat?")
    assert kind_of(mail).may_be_answered
    assert not kind_of(mail, envelope_from="").may_be_answered
    assert kind_of(mail, envelope_from="jan@post.example").may_be_answered


@pytest.mark.parametrize(
    ("status", "said", "severity"),
    [
        ("5.1.1", "", "hard"),
        ("5.1.1", "550 mailbox full", "soft"),
        ("5.2.2", "", "soft"),
        ("4.7.1", "Greylisted, try again later", "refused"),
        ("4.4.1", "Connection timed out", "soft"),
        ("5.7.1", "relaying denied", "refused"),
        ("5.4.7", "message expired", "soft"),
        ("5.0.0", "550 no such user", "hard"),
        ("", "Unrouteable address", "hard"),
        ("", "", "soft"),
    ],
)
def test_how_bad_it_is(status: str, said: str, severity: str) -> None:
    assert severity_of(status, said) == severity


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("550 5.1.1 unknown", "5.1.1"),
        ("#5.2.2", "5.2.2"),
        ("550 unknown", "5.0.0"),
        ("host mx [192.0.2.5.1.1] 192.5.1.1", ""),
        ("in 2025 550", "5.0.0"),
        ("nothing", ""),
    ],
)
def test_which_code_a_text_has(text: str, status: str) -> None:
    assert status_in(text) == status


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("rfc822; jan@post.example", "jan@post.example"),
        ("rfc822;<jan@post.example>", "jan@post.example"),
        ("jan@post.example", "jan@post.example"),
        ("X400; /c=NL/s=Jan", ""),
        ("Jan <jan@post.example>", "jan@post.example"),
        ("", ""),
    ],
)
def test_which_address_a_field_has(value: str, address: str) -> None:
    assert address_of(value) == address


_TYPES = st.sampled_from(
    ["message/delivery-status", "message/rfc822", "message/feedback-report", "message/disposition-notification"]
)
_FIELDS = st.sampled_from(["From", "Return-Path", "Auto-Submitted", "List-Id", "Precedence", "Content-Type"])


@given(
    subject=st.text(max_size=40),
    text=st.text(max_size=200),
    fields=st.lists(st.tuples(_FIELDS, st.text(max_size=30)), max_size=4),
    parts=st.lists(st.tuples(_TYPES, st.binary(max_size=200)), max_size=3),
)
def test_any_mail_is_told_for_something(
    subject: str, text: str, fields: list[tuple[str, str]], parts: list[tuple[str, bytes]]
) -> None:
    files = tuple(File("", content_type, content) for content_type, content in parts)
    assert kind_of(Mail(subject=subject, text=text, from_=JAN, files=files, fields=tuple(fields))).name


@pytest.mark.parametrize(
    "line", ["<a@b.example>", "a@b.example 550 5.1.1", "Message-ID: <a@b", "-- copy of", "x@", "Final-Recipient: a"]
)
def test_twice_as_much_is_twice_the_work(line: str) -> None:
    def mail(times: int) -> Mail:
        content = f"{line}\n".encode() * times
        files = (File("", "message/delivery-status", content), File("", "message/rfc822", content))
        return Mail(
            subject="Undeliverable",
            from_=(Address("", "mailer-daemon@x.example"),),
            text=f"{line}\n" * times,
            files=files,
        )

    assert work_of(lambda: told(mail(600))) < 2.3 * work_of(lambda: told(mail(300)))
