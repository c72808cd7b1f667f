"""Sending over real SMTP: each mail once, whatever the server says and whoever dies."""

from __future__ import annotations

import email
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from email import policy
from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from aanspreekpunt.messaging import sending
from aanspreekpunt.messaging.mail_server import NotAccepted, PerhapsAccepted, RecordingMailServer
from aanspreekpunt.messaging.models import Attempt, Delivery
from aanspreekpunt.messaging.refusals import NotInDoubt
from aanspreekpunt.messaging.rules import LEASE, WAITS, wait_after
from aanspreekpunt.messaging.sending import (
    ClaimLost,
    claim_next,
    in_doubt,
    recover_interrupted,
    send_again,
    send_waiting,
    take_as_sent,
)
from aanspreekpunt.messaging.tests.make import MONDAY, Postbox, make_delivery, start_postbox
from aanspreekpunt.messaging.writing import mail_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    box = Postbox()
    controller = start_postbox(box)
    settings.MAIL_SERVER = "aanspreekpunt.messaging.smtp.SmtpServer"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "Gemeente Voorbeeldstad <post@voorbeeldstad.example>"
    yield box
    if box.gate is not None:
        box.gate.set()
    controller.stop()


@pytest.fixture(autouse=True)
def _empty_recorder() -> Iterator[None]:
    yield
    RecordingMailServer.forget()


def at(moment: datetime) -> Any:
    return lambda: moment


def outcomes(delivery: Delivery) -> list[tuple[str, str]]:
    return list(delivery.tries.order_by("id").values_list("outcome", "code"))


def test_a_mail_is_sent_once_and_its_secret_forgotten(postbox: Postbox) -> None:
    delivery = make_delivery()
    assert send_waiting(clock=at(MONDAY)) == 1
    assert send_waiting(clock=at(MONDAY + timedelta(days=9))) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.secrets, delivery.ended_at) == ("sent", {}, MONDAY)
    assert outcomes(delivery) == [("sent", "250")]
    (raw,) = postbox.accepted
    mail = email.message_from_bytes(raw, policy=policy.default)
    text, html = mail.iter_parts()
    assert "Uw code is ABCD-EFGH-JKMN." in text.get_content()
    assert ".een regel met een punt" in text.get_content().splitlines()
    assert "ABCD-EFGH-JKMN" in html.get_content()
    assert mail["To"] == "karel@example.org"
    assert mail["From"] == "Gemeente Voorbeeldstad <post@voorbeeldstad.example>"
    assert mail["Content-Language"] == "nl"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_several_mails_go_over_one_connection(postbox: Postbox) -> None:
    for _ in range(5):
        make_delivery()
    assert send_waiting(clock=at(MONDAY)) == 5
    assert len(postbox.accepted) == 5


def test_a_temporary_refusal_is_tried_again_with_the_same_identity(postbox: Postbox) -> None:
    delivery = make_delivery()
    identity = mail_of(delivery, at=MONDAY)["Message-ID"]
    postbox.replies = ["451 Come back later"]
    send_waiting(clock=at(MONDAY))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_attempt_at) == ("waiting", MONDAY + timedelta(minutes=1))
    assert send_waiting(clock=at(MONDAY + timedelta(seconds=59))) == 0
    assert send_waiting(clock=at(MONDAY + timedelta(minutes=1))) == 1
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert outcomes(delivery) == [("temporary", "451"), ("sent", "250")]
    (raw,) = postbox.accepted
    assert email.message_from_bytes(raw)["Message-ID"] == identity


@pytest.mark.parametrize("place", ["replies", "replies_to_recipient"])
def test_a_permanent_refusal_fails_at_once_and_the_next_mail_goes_on(postbox: Postbox, place: str) -> None:
    setattr(postbox, place, ["550 karel@example.org does not live here"])
    refused, other = make_delivery(), make_delivery()
    send_waiting(clock=at(MONDAY))
    for each in (refused, other):
        each.refresh_from_db()
    assert (refused.state, refused.secrets, other.state) == ("failed", {}, "sent")
    assert outcomes(refused) == [("permanent", "550")]


def test_a_full_mailbox_is_tried_again(postbox: Postbox) -> None:
    postbox.replies_to_recipient = ["452 Mailbox full"]
    delivery = make_delivery()
    send_waiting(clock=at(MONDAY))
    delivery.refresh_from_db()
    assert delivery.state == "waiting"


def test_a_line_that_breaks_before_the_mail_loses_nothing(postbox: Postbox) -> None:
    postbox.drops_before_data = True
    delivery = make_delivery()
    send_waiting(clock=at(MONDAY))
    delivery.refresh_from_db()
    assert delivery.state == "waiting"
    assert delivery.tries.get().outcome == "temporary"
    postbox.drops_before_data = False
    send_waiting(clock=at(MONDAY + timedelta(minutes=1)))
    assert len(postbox.accepted) == 1


def test_a_line_that_breaks_after_the_mail_leaves_a_doubt_and_no_second_mail(postbox: Postbox) -> None:
    postbox.replies = ["drop"]
    delivery = make_delivery()
    send_waiting(clock=at(MONDAY))
    delivery.refresh_from_db()
    assert delivery.state == "uncertain"
    assert delivery.secrets
    assert delivery.tries.get().outcome == "interrupted"
    later = MONDAY + timedelta(days=1)
    assert recover_interrupted(at=later) == 0
    assert send_waiting(clock=at(later)) == 0
    assert list(in_doubt(at=later)) == [delivery]
    assert len(postbox.accepted) == 1


def test_a_server_that_is_away_is_not_asked_for_every_mail(settings: Any) -> None:
    settings.MAIL_SERVER = "aanspreekpunt.messaging.smtp.SmtpServer"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    for _ in range(3):
        make_delivery()
    assert send_waiting(clock=at(MONDAY)) == 1
    assert Delivery.objects.filter(state="waiting").count() == 3


def test_two_senders_at_once_send_each_mail_once(postbox: Postbox) -> None:
    made = {make_delivery().subject for _ in range(30)}

    def send() -> None:
        try:
            send_waiting(clock=at(MONDAY))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    subjects = [email.message_from_bytes(raw)["Subject"] for raw in postbox.accepted]
    assert sorted(subjects) == sorted(made)
    assert Attempt.objects.filter(outcome="sent").count() == 30


SENDER = """
import django
django.setup()
from django.utils import timezone
from aanspreekpunt.messaging import sending
{before}
sending.send_waiting(clock=timezone.now)
"""


def start_sender(before: str = "") -> subprocess.Popen[bytes]:
    from django.conf import settings  # noqa: PLC0415 - as the test has set them

    base = connection.settings_dict
    url = f"postgresql://{base['USER']}@/{base['NAME']}?host={quote(base['HOST'], safe='')}&port={base['PORT']}"
    script = (
        f"import django; django.setup()\n"
        "from django.conf import settings\n"
        f"settings.MAIL_SERVER = {settings.MAIL_SERVER!r}\n"
        f"settings.EMAIL_HOST, settings.EMAIL_PORT = {settings.EMAIL_HOST!r}, {settings.EMAIL_PORT!r}\n"
        f"settings.DEFAULT_FROM_EMAIL = {settings.DEFAULT_FROM_EMAIL!r}\n"
        "settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False\n" + SENDER.format(before=before)
    )
    environment = {**os.environ, "DATABASE_URL": url, "AANSPREEKPUNT_DATABASE_URL": url}
    return subprocess.Popen([sys.executable, "-c", script], env=environment)  # noqa: S603 - our own interpreter and script


def wait_for(condition: Any) -> None:
    for _ in range(300):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


@pytest.mark.slow
def test_killing_the_sender_before_the_end_of_the_mail_loses_and_doubles_nothing(postbox: Postbox) -> None:
    delivery = make_delivery()
    process = start_sender("import time\nsending._mark = lambda delivery: time.sleep(60)")
    wait_for(lambda: Delivery.objects.filter(state="sending").exists())
    process.send_signal(signal.SIGKILL)
    process.wait()
    delivery.refresh_from_db()
    assert delivery.claimed_at is not None
    assert recover_interrupted(at=delivery.claimed_at + LEASE) == 0
    assert recover_interrupted(at=delivery.claimed_at + LEASE + timedelta(seconds=1)) == 1
    send_waiting(clock=at(delivery.claimed_at + timedelta(hours=1)))
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert [outcome for outcome, _ in outcomes(delivery)] == ["interrupted", "sent"]
    assert len(postbox.accepted) == 1


@pytest.mark.slow
def test_killing_the_sender_after_the_end_of_the_mail_leaves_a_doubt_for_a_person(postbox: Postbox) -> None:
    postbox.gate = threading.Event()
    delivery = make_delivery()
    process = start_sender()
    assert postbox.reached.wait(timeout=20)
    process.send_signal(signal.SIGKILL)
    process.wait()
    postbox.gate.set()
    delivery.refresh_from_db()
    assert delivery.state == "uncertain"
    assert delivery.claimed_at is not None
    later = delivery.claimed_at + LEASE + timedelta(seconds=1)
    assert (recover_interrupted(at=later), recover_interrupted(at=later)) == (1, 0)
    assert send_waiting(clock=at(later)) == 0
    assert len(postbox.accepted) == 1
    send_again(delivery=delivery, at=later)
    assert send_waiting(clock=at(later)) == 1
    first, second = (email.message_from_bytes(raw)["Message-ID"] for raw in postbox.accepted)
    assert first == second


def test_a_sender_that_was_thought_dead_does_not_finish() -> None:
    delivery = make_delivery()
    claimed = claim_next(at=MONDAY)
    assert claimed is not None
    recover_interrupted(at=MONDAY + timedelta(hours=1))
    with pytest.raises(ClaimLost):
        sending._mark(claimed)
    delivery.refresh_from_db()
    assert delivery.state == "waiting"


def test_after_three_days_we_give_up() -> None:
    delivery = make_delivery()
    now = MONDAY
    RecordingMailServer.answers.extend(NotAccepted("421") for _ in range(len(WAITS) + 1))
    for wait in (*WAITS, timedelta()):
        send_waiting(clock=at(now))
        now += wait
    delivery.refresh_from_db()
    assert delivery.state == "failed"
    assert now - MONDAY == timedelta(minutes=1 + 5 + 15 + 60 + 240 + 720 + 1440 + 1440)
    assert wait_after(1) == timedelta(minutes=1)
    assert wait_after(len(WAITS) + 1) is None


def test_the_administrator_decides_about_doubt() -> None:
    RecordingMailServer.answers.extend([PerhapsAccepted("gone"), PerhapsAccepted("gone")])
    first, second = make_delivery(), make_delivery()
    send_waiting(clock=at(MONDAY))
    send_waiting(clock=at(MONDAY))
    listed = StringIO()
    call_command("doubtful_mail", stdout=listed)
    assert str(first.uuid) in listed.getvalue()
    assert "karel" not in listed.getvalue()
    call_command("doubtful_mail", take_as_sent=str(first.uuid))
    call_command("doubtful_mail", send_again=str(second.uuid))
    for each in (first, second):
        each.refresh_from_db()
    assert (first.state, second.state) == ("sent", "waiting")
    with pytest.raises(CommandError):
        call_command("doubtful_mail", send_again=str(first.uuid))
    with pytest.raises(CommandError):
        call_command("doubtful_mail", send_again="00000000-0000-0000-0000-000000000000")
    with pytest.raises(NotInDoubt):
        take_as_sent(delivery=first, at=MONDAY)


@pytest.mark.parametrize("address", ["jdöe@example.org", "a b@example.org", "@", "nobody", "x@y@z", ""])
def test_an_address_that_is_none_fails_and_holds_nothing_up(address: str) -> None:
    wrong, right = make_delivery(to=address), make_delivery()
    assert send_waiting(clock=lambda: MONDAY) == 2
    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.state, wrong.tries.get().code, right.state) == ("failed", "5.1.3", "sent")
    RecordingMailServer.forget()
