"""Sending: at least once, in order about one thing, longer waits each time, and dead ones that can be sent again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.subscriptions import sending
from aanspreekpunt.subscriptions.figures import figures
from aanspreekpunt.subscriptions.models import Notice, NoticeAttempt, Subscription
from aanspreekpunt.subscriptions.operations import (
    Wanted,
    pause,
    remove_subscription,
    renew_key,
    resume,
    send_again,
    send_all_again,
    send_test,
    subscribe,
)
from aanspreekpunt.subscriptions.queries import ready, subscriptions_with_work
from aanspreekpunt.subscriptions.refusals import IsPaused, IsRemoved, IsRunning, NotDead
from aanspreekpunt.subscriptions.rounds import pass_on
from aanspreekpunt.subscriptions.rules import GONE, LEASE, PAUSE_AFTER, WAITS
from aanspreekpunt.subscriptions.sending import (
    claim_next,
    end_what_waits_too_long,
    forget_ended,
    recover_interrupted,
    send_for,
)
from aanspreekpunt.subscriptions.tests.make import Clock, make_notice, make_webhook
from aanspreekpunt.tokens.operations import Grant, make_token, revoke_token

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.subscriptions.tests.receiver import Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hook(other: Receiver, fatma: Employee) -> Subscription:
    return make_webhook(f"{other.url}/hook", by=fatma).subscription


def send(subscription: Subscription, clock: Clock) -> int:
    return send_for(subscription.pk, clock=clock, seconds=20)


def numbers(other: Receiver) -> list[int]:
    return [json.loads(got.body)["number"] for got in other.got]


def states() -> dict[str, str]:
    return dict(Notice.objects.order_by("pk").values_list("body", "state"))


def codes() -> list[str]:
    return list(NoticeAttempt.objects.order_by("pk").values_list("code", flat=True))


def test_what_waits_is_sent_once(hook: Subscription, other: Receiver, clock: Clock) -> None:
    notices = [make_notice(hook, "question 1", number) for number in (1, 2, 3)]
    assert send(hook, clock) == 3
    assert send(hook, clock) == 0
    assert numbers(other) == [1, 2, 3]
    assert [got.headers["webhook-id"] for got in other.got] == [str(each.uuid) for each in notices]
    assert set(states().values()) == {"sent"}
    assert codes() == ["204"] * 3


def test_the_signature_is_what_the_receiver_reckons_himself(other: Receiver, fatma: Employee, clock: Clock) -> None:
    made = make_webhook(other.url, by=fatma)
    make_notice(made.subscription, "question 1", 1)
    send(made.subscription, clock)
    got = other.got[0]
    secret = base64.b64decode(made.key.split("_")[1])
    text = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    expected = base64.b64encode(hmac.new(secret, text, hashlib.sha256).digest()).decode()
    assert got.headers["webhook-signature"] == f"v1,{expected}"
    assert got.headers["webhook-timestamp"] == str(int(MONDAY.timestamp()))
    assert made.key not in str(Subscription.objects.values())
    renewed = renew_key(subscription=made.subscription, by=fatma, at=MONDAY)
    assert renewed.key != made.key


def test_a_key_is_kept_so_that_who_reads_the_table_has_nothing(fatma: Employee) -> None:
    made = make_webhook("https://example.org/", by=fatma)
    made.subscription.refresh_from_db()
    sealed = bytes(made.subscription.sealed_secret)
    assert made.key.encode() not in sealed
    assert base64.b64decode(made.key.split("_")[1]) not in sealed
    assert made.key not in repr(made)


def test_a_notificatie_carries_the_header_that_was_asked_for(other: Receiver, fatma: Employee, clock: Clock) -> None:
    wanted = Wanted(name="ITA", callback_url=other.url, channels=[], secret="Bearer geheim 123")
    subscription = subscribe(kind="notificaties", wanted=wanted, by=fatma, at=MONDAY).subscription
    make_notice(subscription, "question 1", 1)
    send(subscription, clock)
    assert other.got[0].headers["authorization"] == "Bearer geheim 123"
    assert "webhook-signature" not in other.got[0].headers


def test_a_router_gets_a_token_it_can_check_itself(other: Receiver, fatma: Employee, clock: Clock) -> None:
    wanted = Wanted(
        name="Open Notificaties", callback_url=other.url, channels=[], client_id="aanspreekpunt", secret="0123456789abc"
    )
    subscription = subscribe(kind="router", wanted=wanted, by=fatma, at=MONDAY).subscription
    make_notice(subscription, "question 1", 1)
    send(subscription, clock)
    head, claims, mac = other.got[0].headers["authorization"].removeprefix("Bearer ").split(".")

    def read(part: str) -> Any:
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

    expected = hmac.new(b"0123456789abc", f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(mac + "=" * (-len(mac) % 4)) == expected
    assert read(head)["alg"] == "HS256"
    said = read(claims)
    assert (said["iss"], said["client_id"], said["iat"]) == ("aanspreekpunt",) * 2 + (int(MONDAY.timestamp()),)


def test_each_time_it_fails_it_waits_longer_until_it_is_dead(hook: Subscription, other: Receiver, clock: Clock) -> None:
    other.usual = 400
    notice = make_notice(hook, "question 1", 1)
    for wait in WAITS:
        assert send(hook, clock) == 1
        notice.refresh_from_db()
        assert (notice.state, notice.next_attempt_at) == ("waiting", clock() + wait)
        clock.move(seconds=wait.total_seconds() - 1)
        assert send(hook, clock) == 0
        clock.move(seconds=1)
    assert send(hook, clock) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.code, notice.attempts) == ("dead", "http_400", len(WAITS) + 1)
    clock.move(days=100)
    assert send(hook, clock) == 0
    assert codes() == ["http_400"] * (len(WAITS) + 1)


def test_about_one_thing_nothing_overtakes_and_about_others_nothing_is_held_up(
    hook: Subscription, other: Receiver, clock: Clock
) -> None:
    other.statuses = [400]
    for number, subject in ((1, "question 1"), (2, "question 1"), (3, "question 2")):
        make_notice(hook, subject, number)
    assert send(hook, clock) == 2
    assert numbers(other) == [1, 3]
    clock.move(seconds=30)
    assert send(hook, clock) == 2
    assert numbers(other) == [1, 3, 1, 2]


def test_what_is_dead_holds_nothing_up_and_goes_first_when_it_is_sent_again(
    hook: Subscription, other: Receiver, clock: Clock, fatma: Employee
) -> None:
    first, second = make_notice(hook, "question 1", 1), make_notice(hook, "question 1", 2)
    Notice.objects.filter(pk=first.pk).update(state="dead", ended_at=MONDAY, attempts=9)
    with pytest.raises(NotDead):
        send_again(notice=second, by=fatma, at=MONDAY)
    send_again(notice=first, by=fatma, at=MONDAY)
    assert send(hook, clock) == 2
    assert numbers(other) == [1, 2]


def test_all_that_is_dead_can_be_sent_again_at_once(
    hook: Subscription, other: Receiver, clock: Clock, fatma: Employee
) -> None:
    for number in range(3):
        make_notice(hook, f"question {number}", number)
    Notice.objects.update(state="dead", ended_at=MONDAY, attempts=9)
    assert send_all_again(subscription=hook, by=fatma, at=MONDAY) == 3
    assert send(hook, clock) == 3
    assert numbers(other) == [0, 1, 2]


def test_a_receiver_that_does_not_answer_is_left_alone_for_a_while(
    hook: Subscription, other: Receiver, clock: Clock
) -> None:
    other.statuses = [503]
    for number in (1, 2):
        make_notice(hook, f"question {number}", number)
    assert send(hook, clock) == 1
    assert subscriptions_with_work(at=clock()) == []
    assert send(hook, clock) == 0
    clock.move(seconds=30)
    assert subscriptions_with_work(at=clock()) == [hook.pk]
    assert send(hook, clock) == 2
    hook.refresh_from_db()
    assert (hook.failures, hook.failing_since, hook.rests_until) == (0, None, None)


def test_nobody_at_home_is_a_failure_too(hook: Subscription, clock: Clock) -> None:
    Subscription.objects.update(callback_url="http://127.0.0.1:9/")
    make_notice(hook, "question 1", 1)
    assert send(hook, clock) == 1
    assert codes() == ["no_connection"]


def test_an_address_that_turns_out_to_be_inside_is_not_sent_to(
    hook: Subscription, other: Receiver, clock: Clock, settings: Any
) -> None:
    settings.INTERNAL_RECEIVERS = frozenset()
    Subscription.objects.update(callback_url=other.url.replace("http:", "https:"))
    make_notice(hook, "question 1", 1)
    assert send(hook, clock) == 1
    assert codes() == ["inside"]
    assert other.got == []


def test_after_days_without_an_answer_it_is_paused_and_then_goes_on_where_it_was(
    hook: Subscription, other: Receiver, clock: Clock, fatma: Employee
) -> None:
    other.usual = 500
    clock_began = clock()
    for number in range(30):
        make_notice(hook, f"question {number}", number)
    while clock() <= clock_began + PAUSE_AFTER:
        send(hook, clock)
        clock.move(hours=12)
    send(hook, clock)
    hook.refresh_from_db()
    assert hook.paused_for == "failing"
    assert figures().paused == 1
    tried = len(other.got)
    clock.move(days=1)
    assert send(hook, clock) == 0
    other.usual = 204
    resume(subscription=hook, by=fatma, at=clock())
    left = Notice.objects.filter(state="waiting").count()
    assert left > 0
    assert send(hook, clock) == left
    assert len(other.got) == tried + left


def test_who_says_to_be_gone_for_good_is_paused_at_once(hook: Subscription, other: Receiver, clock: Clock) -> None:
    other.usual = GONE
    for number in range(3):
        make_notice(hook, f"question {number}", number)
    assert send(hook, clock) == 1
    hook.refresh_from_db()
    assert hook.paused_for == "gone"


def test_what_is_paused_or_removed_or_of_a_token_that_ended_is_not_sent(
    hook: Subscription, other: Receiver, clock: Clock, fatma: Employee
) -> None:
    make_notice(hook, "question 1", 1)
    pause(subscription=hook, by=fatma, at=MONDAY)
    assert send(hook, clock) == 0
    with pytest.raises(IsPaused):
        pause(subscription=hook, by=fatma, at=MONDAY)
    resume(subscription=hook, by=fatma, at=MONDAY)
    with pytest.raises(IsRunning):
        resume(subscription=hook, by=fatma, at=MONDAY)
    grant = Grant(rights=frozenset({"subscriptions.write"}))
    token = make_token(name="ITA", grant=grant, by=fatma, at=MONDAY).token
    Subscription.objects.update(token=token)
    revoke_token(token=token, by=fatma, at=MONDAY)
    assert send(hook, clock) == 0
    remove_subscription(subscription=hook, by=fatma, at=MONDAY)
    assert send(hook, clock) == 0
    assert set(states().values()) == {"withdrawn"}
    assert bytes(Subscription.objects.get().sealed_secret) == b""
    with pytest.raises(IsRemoved):
        resume(subscription=hook, by=fatma, at=MONDAY)
    assert other.got == []


def test_a_crash_after_sending_makes_it_come_twice_with_the_same_id_and_never_not(
    hook: Subscription, other: Receiver, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        make_notice(hook, "question 1", number)

    def die(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_note_sent", die)
        with pytest.raises(DatabaseError):
            send(hook, clock)
    assert numbers(other) == [1]
    assert send(hook, clock) == 0, "it is claimed, and the next waits for it"
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert recover_interrupted(at=clock()) == 1
    assert recover_interrupted(at=clock()) == 0
    clock.move(minutes=1)
    assert send(hook, clock) == 2
    assert numbers(other) == [1, 1, 2]
    assert other.got[0].headers["webhook-id"] == other.got[1].headers["webhook-id"]
    assert codes() == ["interrupted", "204", "204"]


def test_whoever_was_thought_dead_spoils_nothing(hook: Subscription, other: Receiver, clock: Clock) -> None:
    make_notice(hook, "question 1", 1)
    slow = claim_next(hook.pk, at=clock())
    assert slow is not None
    clock.move(seconds=LEASE.total_seconds() + 1)
    recover_interrupted(at=clock())
    clock.move(minutes=1)
    assert send(hook, clock) == 1
    sending._note_failure(slow, "no_answer", is_away=True, since=MONDAY, at=clock())
    assert set(states().values()) == {"sent"}
    assert len(other.got) == 1


def test_a_test_message_is_tried_once_also_while_paused(
    hook: Subscription, other: Receiver, clock: Clock, fatma: Employee
) -> None:
    pause(subscription=hook, by=fatma, at=MONDAY)
    other.statuses = [500]
    notice = send_test(subscription=hook, by=fatma, at=MONDAY)
    assert send(hook, clock) == 1
    notice.refresh_from_db()
    hook.refresh_from_db()
    assert (notice.state, hook.failures) == ("dead", 0)
    assert figures().dead == 0
    send_test(subscription=hook, by=fatma, at=MONDAY)
    assert send(hook, clock) == 1
    assert json.loads(other.got[-1].body)["event"] == "test"


def test_what_waits_for_weeks_is_given_up_and_what_ended_long_ago_forgotten(hook: Subscription) -> None:
    make_notice(hook, "question 1", 1)
    assert end_what_waits_too_long(before=MONDAY, at=MONDAY) == 0
    later = MONDAY + timedelta(days=31)
    assert end_what_waits_too_long(before=later, at=later) == 1
    assert Notice.objects.get().code == "too_old"
    assert forget_ended(before=later) == 0
    assert forget_ended(before=later + timedelta(seconds=1)) == 1
    assert not Notice.objects.exists()


def test_what_was_told_and_tried_cannot_be_rewritten(hook: Subscription, clock: Clock) -> None:
    make_notice(hook, "question 1", 1)
    send(hook, clock)
    for changed in (
        lambda: Notice.objects.update(body="{}"),
        lambda: NoticeAttempt.objects.update(code="200"),
    ):
        with pytest.raises(IntegrityError, match="as it was noted"), transaction.atomic():
            changed()


def test_figures_tell_what_waits_and_since_when(hook: Subscription, fatma: Employee) -> None:
    assert (figures().waiting, figures().since) == (0, None)
    make_notice(hook, "question 1", 1)
    make_notice(hook, "question 1", 2)
    Notice.objects.filter(body='{"number":2}').update(state="dead", ended_at=MONDAY)
    now = figures()
    assert (now.waiting, now.since, now.dead) == (1, MONDAY, 1)
    assert now.longest_wait(at=MONDAY + timedelta(hours=1)) == timedelta(hours=1)
    pause(subscription=hook, by=fatma, at=MONDAY)
    assert figures().waiting == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_keep_the_order_about_each_thing_and_send_nothing_twice(
    hook: Subscription, other: Receiver, clock: Clock
) -> None:
    for number in range(60):
        make_notice(hook, f"question {number % 6}", number)

    def work() -> None:
        try:
            while Notice.objects.filter(state="waiting").exists():
                send(hook, clock)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    sent = numbers(other)
    assert sorted(sent) == list(range(60))
    for thing in range(6):
        about = [number for number in sent if number % 6 == thing]
        assert about == sorted(about)


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_hangs_holds_up_nobody_else(
    other: Receiver, fatma: Employee, hook: Subscription, clock: Clock
) -> None:
    """The slow one gets its answer only after the other has all of its messages; otherwise this would never end."""
    quick_has_all, slow_began = threading.Event(), threading.Event()

    def answer(handler: Any, got: Any) -> None:
        other.got.append(got)
        if got.path == "/hook":
            slow_began.set()
            assert quick_has_all.wait(30)
        elif len([each for each in other.got if each.path == "/quick"]) == 5:
            quick_has_all.set()
        handler.send_response(204)
        handler.end_headers()

    other.answers = answer
    quick = make_webhook(f"{other.url}/quick", by=fatma, channels=[]).subscription
    make_notice(hook, "question 1", 1)
    for number in range(5):
        make_notice(quick, f"question {number}", 10 + number)
    pass_on(clock=clock, seconds=20)
    assert slow_began.is_set()
    assert quick_has_all.is_set()
    assert set(states().values()) == {"sent"}


@pytest.mark.usefixtures("hook")
@pytest.mark.django_db(transaction=True)
def test_from_a_question_at_the_desk_to_another_system(cast: Cast, other: Receiver, clock: Clock) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    pass_on(clock=clock, seconds=20)
    said = [json.loads(got.body) for got in other.got]
    assert [each["event"] for each in said] == [
        "contact.registered",
        "question.registered",
        "question.handed_over",
        "promise.made",
    ]
    assert said[1]["subject"] == {"kind": "question", "uuid": str(question.uuid)}
    assert not ready(at=clock()).exists()
