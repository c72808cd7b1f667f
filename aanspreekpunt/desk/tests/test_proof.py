"""The proof of each message: complete, in order, from what only grows, and for who sees the question."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.desk.tests.make import make_mail, make_question
from aanspreekpunt.journal.models import Look
from aanspreekpunt.messaging.mail_server import NotAccepted, RecordingMailServer
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.messaging.sending import note_returned, send_waiting
from aanspreekpunt.promises import operations

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast: Cast) -> Question:
    type(cast.wim).objects.update(language="en")
    RecordingMailServer.forget()
    question = make_question(to=cast.waste, by=cast.anna)
    make_mail(question)
    now = timezone.now()
    operations.answer(question=question, text="Wij komen.", channel="email", by=cast.wim, at=now)
    for _ in range(Delivery.objects.count()):
        RecordingMailServer.answers.append(NotAccepted("451"))
    send_waiting(clock=lambda: now + timedelta(minutes=1))
    RecordingMailServer.forget()
    send_waiting(clock=lambda: now + timedelta(minutes=10))
    letter = Delivery.objects.get(kind="answer")
    note_returned(delivery=letter, code="5.1.1", at=now + timedelta(hours=1))
    return question


def sheet(browser: Client, question: Question) -> list[list[str]]:
    answer = browser.get(reverse("desk:proof-sheet", args=[question.reference]))
    assert answer["Content-Disposition"] == f'attachment; filename="{question.reference}.csv"'
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_it_tells_what_came_in_was_confirmed_passed_on_sent_tried_and_failed(
    logged_in: LogIn, cast: Cast, question: Question
) -> None:
    rows = sheet(logged_in(cast.wim), question)[1:]
    told = {(what, message) for _at, what, message, *_ in rows}
    for line in (
        ("Received", "Phone"),
        ("Received", "E-mail"),
        ("Passed on", ""),
        ("Tried: not accepted yet", "Confirmation of receipt"),
        ("Sent: accepted by the mail server", "Confirmation of receipt"),
        ("Put in the outbox", "Answer"),
        ("Sent: accepted by the mail server", "Answer"),
        ("Failed: came back", "Answer"),
        ("Could not be delivered", ""),
    ):
        assert line in told
    assert any(what == "Delivered to us" and identity.startswith("sha256 ") for _, what, _, _, _, identity, _ in rows)
    assert [at for at, *_ in rows] == sorted(at for at, *_ in rows)
    assert len({record for *_, record in rows}) == len(rows)


def test_the_page_says_the_same(logged_in: LogIn, cast: Cast, question: Question) -> None:
    browser = logged_in(cast.wim)
    html = browser.get(reverse("desk:proof", args=[question.reference])).content.decode()
    for _at, what, *_rest, record in sheet(browser, question)[1:]:
        assert what in html
        assert record in html
    assert Look.objects.filter(purpose="proof", subject_id=question.pk, employee_id=cast.wim.pk).count() == 2


def test_no_address_becomes_a_formula(logged_in: LogIn, cast: Cast, question: Question) -> None:
    Delivery.objects.filter(kind="answer").update(to_address="=1+1@example.org")
    assert any("'=1+1@example.org" in row for row in sheet(logged_in(cast.wim), question))


def test_who_may_not_see_the_question_gets_no_proof(logged_in: LogIn, cast: Cast, question: Question) -> None:
    for name in ("proof", "proof-sheet"):
        assert logged_in(cast.joke).get(reverse(f"desk:{name}", args=[question.reference])).status_code == 404
        assert logged_in(cast.olga).get(reverse(f"desk:{name}", args=[question.reference])).status_code == 404
