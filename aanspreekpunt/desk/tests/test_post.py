"""The post: nothing that came in is out of sight, and only who may handles it."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.remembering import forget
from aanspreekpunt.desk.tests.make import make_question
from aanspreekpunt.journal.models import Entry, Look
from aanspreekpunt.messaging.arriving import claim_arrival, note_understood, quarantine, store_arrival
from aanspreekpunt.messaging.mailboxes import watch_mailboxes
from aanspreekpunt.messaging.models import Arrival, Attempt, Delivery, Mailbox
from aanspreekpunt.messaging.post import glance_at
from aanspreekpunt.messaging.telling import POST_PATH
from aanspreekpunt.messaging.tests.make import make_delivery
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.promises.operations import send_receipts_again
from aanspreekpunt.questions.refusals import NotYours

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _in_english(cast: Cast) -> None:
    type(cast.anna).objects.update(language="en")


@pytest.fixture
def fatma() -> Employee:
    fatma = make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))
    fatma.language = "en"
    fatma.save(update_fields=["language"])
    return fatma


def arrive(**fields: Any) -> Arrival:
    number = next(_numbers)
    raw = fields.pop("raw", f"From: Piet <piet{number}@example.org>\r\nSubject: Vraag {number}\r\n\r\nx".encode())
    store_arrival(account="email/info", external_id=str(new_uuid()), raw=raw, at=timezone.now())
    arrival = Arrival.objects.latest("id")
    Arrival.objects.filter(pk=arrival.pk).update(**fields)
    arrival.refresh_from_db()
    return arrival


def unread(reason: str = "failed", **fields: Any) -> Arrival:
    arrival = arrive(**fields)
    quarantine(arrival=arrival, reason=reason, at=timezone.now())
    arrival.refresh_from_db()
    return arrival


def aside(reason: str = "out_of_office", **fields: Any) -> Arrival:
    arrival, about = arrive(), fields.pop("about", None)
    note_understood(arrival=arrival, became="set_aside", reason=reason, about=about, at=timezone.now())
    Arrival.objects.filter(pk=arrival.pk).update(**fields)
    arrival.refresh_from_db()
    return arrival


def page(browser: Client, **query: Any) -> str:
    answer = browser.get(reverse("desk:post"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everything_set_apart_is_shown_with_its_reason(logged_in: LogIn, cast: Cast) -> None:
    unread("too_large", raw=b"From: Jan <jan@example.org>\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\r\nx")
    aside("flood", sender="veel@example.org")
    html = page(logged_in(cast.anna))
    for words in ("Jan &lt;jan@example.org&gt;", "Café", "It is too large to read.", "sent very much in an hour"):
        assert words in html


def test_what_is_there_without_words_for_it_is_there_all_the_same(logged_in: LogIn, cast: Cast) -> None:
    unread("new_code", raw=b"\xff\xfe no header at all")
    html = page(logged_in(cast.anna))
    assert "new_code" in html
    assert "Sender unknown" in html


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\0" * 99,
        b"From: =?utf-8?q?=E0?= <",
        b"Subject: =?x-none?b?####?=\r\n",
        b"From: " + b"<" * 5000,
        b"\r\n\r\n",
    ],
)
def test_a_glance_at_broken_headers_never_fails(head: bytes) -> None:
    glance = glance_at(head)
    assert glance.subject.isprintable()
    assert glance.sender.isprintable()


def test_an_empty_post_says_so(logged_in: LogIn, cast: Cast) -> None:
    html = page(logged_in(cast.anna))
    for words in (
        "Everything that came in could be read.",
        "Nothing was set aside.",
        "No message waits to be read.",
        "No mailbox is watched.",
    ):
        assert words in html


def test_long_lists_come_in_pages_by_key(
    logged_in: LogIn, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = logged_in(cast.anna)
    one = unread()
    page(browser)
    with django_assert_max_num_queries(30) as little:
        page(browser)
    others = [unread() for _ in range(29)]
    with django_assert_max_num_queries(len(little)) as much:
        answer = browser.get(reverse("desk:post"))
    asked = [each["sql"].lower() for each in much.captured_queries]
    assert not any("count(" in sql and "limit" not in sql for sql in asked)
    first, older = answer.context["unread"], answer.context["older_unread"]
    second = browser.get(reverse("desk:post"), {"onleesbaar": older}).context["unread"]
    shown = [row.arrival.pk for row in [*first, *second]]
    assert shown == [each.pk for each in reversed([one, *others])]
    for odd in ("x", "-1", "9" * 40, "\uff19"):
        page(browser, onleesbaar=odd, apart=odd)


def test_a_message_is_tried_again(logged_in: LogIn, cast: Cast) -> None:
    arrival = unread()
    browser = logged_in(cast.anna)
    browser.post(reverse("desk:post-again", args=[arrival.uuid]))
    arrival.refresh_from_db()
    assert arrival.state == "waiting"
    assert Entry.objects.get(event="message.tried_again").by_id == cast.anna.pk
    answer = browser.post(reverse("desk:post-again", args=[arrival.uuid]), follow=True)
    assert "This message is not in quarantine." in answer.content.decode()


def test_all_are_tried_again(logged_in: LogIn, cast: Cast) -> None:
    for _ in range(3):
        unread()
    logged_in(cast.anna).post(reverse("desk:post-all-again"))
    assert Arrival.objects.filter(state="waiting").count() == 3
    assert Entry.objects.filter(event="message.tried_again").count() == 3


def test_what_was_set_aside_becomes_a_question_on_request(logged_in: LogIn, cast: Cast) -> None:
    arrival = aside("reply_of_colleague", about=make_question(to=cast.waste, by=cast.anna))
    browser = logged_in(cast.anna)
    browser.post(reverse("desk:post-question", args=[arrival.uuid]))
    arrival.refresh_from_db()
    assert (arrival.state, arrival.is_wanted, arrival.became, arrival.about_id) == ("waiting", True, "", None)
    assert Entry.objects.get(event="message.wanted").by_id == cast.anna.pk
    claimed = claim_arrival(at=timezone.now())
    assert claimed is not None
    assert claimed.pk == arrival.pk
    browser.post(reverse("desk:post-question", args=[arrival.uuid]))
    assert Entry.objects.filter(event="message.wanted").count() == 1


def test_what_is_no_longer_kept_cannot_become_a_question(logged_in: LogIn, cast: Cast) -> None:
    arrival = aside(raw=None, erased_at=timezone.now())
    browser = logged_in(cast.anna)
    assert reverse("desk:post-question", args=[arrival.uuid]) not in page(browser)
    browser.post(reverse("desk:post-question", args=[arrival.uuid]))
    arrival.refresh_from_db()
    assert not arrival.is_wanted


def test_a_message_is_saved_never_shown(logged_in: LogIn, cast: Cast) -> None:
    arrival = unread(raw=b"<script>alert(1)</script>")
    saved = logged_in(cast.anna).get(reverse("desk:post-message", args=[arrival.uuid]))
    assert saved.content == b"<script>alert(1)</script>"
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"].startswith("attachment")
    assert Look.objects.filter(subject_kind="arrival", subject_id=arrival.pk, purpose="mail").count() == 1


def test_a_message_that_was_understood_is_not_found_by_way_of_the_post(logged_in: LogIn, cast: Cast) -> None:
    arrival = arrive()
    note_understood(arrival=arrival, became="question", at=timezone.now())
    assert logged_in(cast.anna).get(reverse("desk:post-message", args=[arrival.uuid])).status_code == 404


@pytest.mark.parametrize("who", ["wim", "sander", "joke", "olga"])
def test_outsiders_find_nothing(logged_in: LogIn, cast: Cast, who: str) -> None:
    stuck, put_aside = unread(), aside()
    browser = logged_in(getattr(cast, who))
    assert browser.get(reverse("desk:post")).status_code == 404
    assert reverse("desk:post") not in browser.get(reverse("desk:home")).content.decode()
    assert browser.get(reverse("desk:post-message", args=[stuck.uuid])).status_code == 404
    for name, arrival in (("post-again", stuck), ("post-question", put_aside)):
        assert browser.post(reverse(f"desk:{name}", args=[arrival.uuid])).status_code == 404
    assert browser.post(reverse("desk:post-all-again")).status_code == 404
    assert Arrival.objects.filter(state="waiting").count() == 0


def test_post_about_a_confidential_question_stays_with_its_team(logged_in: LogIn, cast: Cast, fatma: Employee) -> None:
    secret = make_question(to=cast.youth, by=cast.anna, is_confidential=True)
    arrival = unread(raw=b"From: Geheim <g@example.org>\r\nSubject: Geheim\r\n\r\nx")
    Arrival.objects.filter(pk=arrival.pk).update(about_kind="question", about_id=secret.pk)
    for reader in (cast.anna, fatma):
        browser = logged_in(reader)
        html = page(browser)
        assert "Geheim" not in html
        assert secret.reference not in html
        assert "Belongs to a question you may not see." in html
        assert browser.get(reverse("desk:post-message", args=[arrival.uuid])).status_code == 404
        browser.post(reverse("desk:post-again", args=[arrival.uuid]))
        browser.post(reverse("desk:post-all-again"))
    arrival.refresh_from_db()
    assert arrival.state == "quarantined"
    assert not Look.objects.filter(subject_kind="arrival").exists()


def test_an_administrator_sees_to_the_post_though_he_sees_no_questions(
    logged_in: LogIn, cast: Cast, fatma: Employee
) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    arrival = unread()
    Arrival.objects.filter(pk=arrival.pk).update(about_kind="question", about_id=question.pk)
    browser = logged_in(fatma)
    assert question.reference in page(browser)
    browser.post(reverse("desk:post-again", args=[arrival.uuid]))
    arrival.refresh_from_db()
    assert arrival.state == "waiting"
    assert Look.objects.filter(employee_id=fatma.pk, subject_kind="arrival", purpose="post").count() == 1


def test_each_mailbox_says_how_it_stands(logged_in: LogIn, cast: Cast) -> None:
    now = timezone.now()
    Mailbox.objects.create(
        account="email/info",
        folder="INBOX",
        looked_at=now,
        error="login_refused",
        watched_since=now - timedelta(days=1),
    )
    Mailbox.objects.create(account="email/oud", folder="INBOX", looked_at=now, succeeded_at=now, watched_since=now)
    arrive(), arrive()
    html = page(logged_in(cast.anna))
    assert "The mail server refuses our name or password." in html
    assert "It never went well." in html
    assert "Messages that wait to be read: 2" in html
    assert "Waiting: 2" in html


def doubtful(kind: str = "receipt", **fields: Any) -> Delivery:
    """Put a letter in the outbox whose sender died when it was perhaps accepted, an hour ago."""
    letter = make_delivery(key=str(new_uuid()), kind=kind, **fields)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Delivery.objects.filter(pk=letter.pk).update(state="uncertain", claimed_at=an_hour_ago, attempts=1)
    return letter


def test_receipts_in_doubt_are_sent_again_with_one_button_and_answers_are_not(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    receipts = [doubtful("receipt", about=question), doubtful("too_large")]
    answer = doubtful("answer", about=question)
    browser = logged_in(cast.anna)
    assert "Receipts of which nobody knows whether they arrived: 2" in page(browser)
    browser.post(reverse("desk:post-receipts-again"))
    states = {letter.pk: Delivery.objects.get(pk=letter.pk).state for letter in [*receipts, answer]}
    assert list(states.values()) == ["waiting", "waiting", "uncertain"]
    entry = Entry.objects.get(event="letter.sent_again")
    assert (entry.subject_id, entry.by_id, entry.data["letter"]) == (question.pk, cast.anna.pk, "receipt")
    shown = page(browser)
    assert "2 receipts will be sent again." in shown
    assert "Other letters of which nobody knows whether they arrived: 1" in shown


def test_only_who_handles_post_sends_receipts_again(logged_in: LogIn, cast: Cast) -> None:
    letter = doubtful()
    assert logged_in(cast.wim).post(reverse("desk:post-receipts-again")).status_code == 404
    with pytest.raises(NotYours):
        send_receipts_again(by=cast.wim, at=timezone.now())
    assert Delivery.objects.get(pk=letter.pk).state == "uncertain"


def test_the_post_says_how_much_of_our_mail_comes_back(logged_in: LogIn, cast: Cast) -> None:
    letter = make_delivery(key="1")
    for outcome in ("sent", "sent", "sent", "bounced"):
        Attempt.objects.create(delivery=letter, at=timezone.now(), outcome=outcome)
    assert "3 sent, 1 came back or were refused (33%)." in page(logged_in(cast.anna))


def test_an_alarm_stands_on_the_screens_of_who_may_do_something_about_it(
    logged_in: LogIn, cast: Cast, fatma: Employee
) -> None:
    watch_mailboxes([("email/info", "INBOX")], at=timezone.now() - timedelta(hours=1))
    said = "We cannot look in the mailbox email/info INBOX since"
    supervisor = logged_in(cast.sander).get(reverse("desk:supervision")).content.decode()
    assert said in supervisor
    assert reverse("desk:post") not in supervisor.split('class="alarms"')[1].split("</div>")[0]
    administrator = page(logged_in(fatma))
    assert said in administrator
    assert "See how mail is doing" in administrator
    agent = page(logged_in(cast.anna))
    assert 'class="alarms"' not in agent
    assert logged_in(cast.anna).get(reverse("desk:alarms")).status_code == 404


def test_a_screen_hears_of_alarms_without_being_loaded_again(logged_in: LogIn, cast: Cast) -> None:
    browser, address = logged_in(cast.sofie), reverse("desk:alarms")
    version = browser.get(address).headers["X-Version"]
    assert browser.get(address, {"v": version}).status_code == 204
    forget()
    watch_mailboxes([("email/info", "INBOX")], at=timezone.now() - timedelta(hours=1))
    answer = browser.get(address, {"v": version})
    assert "email/info INBOX" in answer.content.decode()
    assert answer.headers["X-Version"] != version


def test_letters_to_the_administrator_lead_to_the_post() -> None:
    assert reverse("desk:post") == POST_PATH
