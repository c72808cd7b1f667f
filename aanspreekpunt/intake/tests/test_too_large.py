"""What we cannot take in: its sender hears so once, and how to give it to us after all; a machine never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.intake import understanding
from aanspreekpunt.intake.channels.email import caps
from aanspreekpunt.intake.channels.email.reading.limits import BEGINNING
from aanspreekpunt.intake.tests.make import MONDAY, STORY, deliver, make_mail
from aanspreekpunt.messaging.arriving import store_arrival, try_again
from aanspreekpunt.messaging.models import Arrival, Delivery
from aanspreekpunt.messaging.threads import message_id_of
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.questions.models import Question, QuestionLink

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_directory")]

EXE = {"factuur.pdf.exe": b"MZ" + bytes(40)}


@pytest.fixture(autouse=True)
def _municipality() -> None:
    make_cast()


def deliver_beginning(raw: bytes) -> Arrival:
    """Deliver the beginning of a mail, as a mailbox gives it when the whole is over the limit."""
    number = Arrival.objects.count()
    store_arrival(
        account="email/post",
        external_id=f"INBOX 1 {number}",
        raw=raw[:BEGINNING],
        quarantined_for="too_large",
        at=MONDAY,
    )
    understanding.understand_waiting(clock=lambda: MONDAY)
    return Arrival.objects.latest("id")


def large(text: str = STORY, **fields: object) -> bytes:
    return make_mail(text, files={"foto.jpg": b"\xff\xd8\xff\xe0" + bytes(400_000)}, **fields)  # type: ignore[arg-type]


def test_who_sent_too_much_hears_so_and_how_to_give_us_the_rest(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MAILBOXES_FILE = tmp_path / "mailboxes.yaml"
    settings.MAILBOXES_FILE.write_text(
        "mailboxes: [{name: post, host: imap.example, user: post, password_file: secret, most_megabytes: 20}]"
    )
    arrival = deliver_beginning(large())
    assert (arrival.state, arrival.reason, arrival.is_answered) == ("quarantined", "too_large", True)
    question = Question.objects.get(pk=arrival.about_id)
    assert question.subject == "Container niet geleegd"
    contact = question.contacts.get()
    assert contact.text.startswith(STORY)
    assert contact.mail.from_address == "karel@example.org"
    letter = Delivery.objects.get()
    assert (letter.kind, letter.to_address, letter.language) == ("too_large", "karel@example.org", "nl")
    for words in ("20 MB", "kleinere e-mails", "[[follow_code]]", question.shown_reference, "U kunt ons ook bellen"):
        assert words in letter.body_text


def test_it_is_told_once_also_when_it_is_tried_again_or_numbered_anew() -> None:
    raw = large()
    arrival = deliver_beginning(raw)
    deliver_beginning(raw)
    understanding.understand_waiting(clock=lambda: MONDAY)
    try_again(arrival=arrival, at=MONDAY)
    understanding.understand_waiting(clock=lambda: MONDAY)
    assert (Question.objects.count(), Delivery.objects.count()) == (1, 1)


def test_it_is_told_in_english_to_who_writes_english() -> None:
    deliver_beginning(large("Dear sir, when will you come to empty my bin? It was not done on Monday.", subject="Bin"))
    assert "too large for us" in Delivery.objects.get().body_text


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk", "List-Id": "<nieuws.example.org>"},
        {"From": "aanspreekpunt@localhost"},
        {"From": "Onbekend"},
    ],
)
def test_a_machine_or_nobody_hears_nothing_of_it(headers: dict[str, str]) -> None:
    arrival = deliver_beginning(large(headers=headers))
    assert Question.objects.filter(pk=arrival.about_id).exists()
    assert not Delivery.objects.exists()


def test_letters_about_it_count_for_the_caps() -> None:
    for number in range(caps.MOST_PER_ADDRESS_AND_HOUR + 2):
        deliver_beginning(large(subject=f"Foto {number}"))
    assert Delivery.objects.count() == caps.MOST_PER_ADDRESS_AND_HOUR
    assert deliver(make_mail(subject="Iets anders")).is_answered is False


def test_one_that_answers_a_letter_of_ours_is_linked_to_its_question() -> None:
    first = Question.objects.get(pk=deliver(make_mail()).about_id)
    letter = Delivery.objects.get()
    arrival = deliver_beginning(large(headers={"In-Reply-To": message_id_of(letter)}))
    assert arrival.about_id != first.pk
    assert {QuestionLink.objects.get().question_id, QuestionLink.objects.get().other_id} == {first.pk, arrival.about_id}


def test_a_beginning_that_says_nothing_still_gets_somebody_to_look_at_it() -> None:
    arrival = deliver_beginning(b" \r\n")
    assert Question.objects.get(pk=arrival.about_id).due_at is not None
    assert not Delivery.objects.exists()


def test_a_beginning_that_breaks_us_still_gets_somebody_to_look_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(**_facts: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(understanding, "BEGINNINGS", {"email": fall})
    assert Question.objects.get(pk=deliver_beginning(large()).about_id).due_at is not None


def test_the_receipt_says_which_files_we_do_not_open() -> None:
    deliver(make_mail(files={**EXE, "foto.jpg": b"\xff\xd8\xff\xe0" + bytes(40)}))
    receipt = Delivery.objects.get()
    assert receipt.kind == "receipt"
    assert "factuur.pdf.exe" in receipt.body_text
    assert "foto.jpg" not in receipt.body_text


def test_who_adds_a_file_that_we_do_not_open_hears_so_once() -> None:
    question = Question.objects.get(pk=deliver(make_mail()).about_id)
    headers = {"In-Reply-To": message_id_of(Delivery.objects.get())}
    raw = make_mail("Hierbij de factuur.", headers=headers, files=EXE)
    assert deliver(raw).is_answered
    deliver(raw)
    letter = Delivery.objects.exclude(kind="receipt").get()
    assert (letter.kind, letter.about_id, letter.to_address) == ("left_out", question.pk, "karel@example.org")
    assert "factuur.pdf.exe" in letter.body_text


def test_somebody_else_who_adds_such_a_file_hears_nothing() -> None:
    deliver(make_mail())
    headers = {"In-Reply-To": message_id_of(Delivery.objects.get())}
    deliver(make_mail("Hierbij.", sender="Els <els@example.org>", headers=headers, files=EXE))
    assert set(Delivery.objects.values_list("kind", flat=True)) == {"receipt"}
