"""How much one domain gets: what is agreed, all senders together, without holding up mail to others."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from aanspreekpunt.messaging.mail_server import NotAccepted, RecordingMailServer
from aanspreekpunt.messaging.models import Delivery, Destination
from aanspreekpunt.messaging.rules import MOST_REFUSALS, rest_after
from aanspreekpunt.messaging.sending import claim_next, send_waiting
from aanspreekpunt.messaging.tests.make import MONDAY, make_delivery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Any) -> Iterator[None]:
    settings.MAIL_PER_DOMAIN_PER_MINUTE = 3
    yield
    RecordingMailServer.forget()


def send(now: datetime) -> int:
    return send_waiting(clock=lambda: now)


def sent_to() -> Counter[str]:
    return Counter(to.rpartition("@")[2] for to, _mail in RecordingMailServer.sent)


def test_a_domain_gets_what_is_agreed_in_a_minute_and_the_rest_later() -> None:
    for _ in range(8):
        make_delivery()
    assert [send(MONDAY), send(MONDAY + MINUTE - SECOND), send(MONDAY + MINUTE), send(MONDAY + 2 * MINUTE)] == [
        3,
        0,
        3,
        2,
    ]
    assert not Delivery.objects.exclude(state="sent").exists()


def test_no_minute_whatever_brings_more() -> None:
    for _ in range(6):
        make_delivery()
    assert send(MONDAY) == 3
    Delivery.objects.filter(pk=Delivery.objects.earliest("id").pk).update(claimed_at=MONDAY - 30 * SECOND)
    Destination.objects.update(closed_until=MONDAY)
    assert send(MONDAY + 30 * SECOND) == 1
    assert send(MONDAY + 59 * SECOND) == 0


def test_mail_to_others_does_not_wait_for_a_domain_that_is_full() -> None:
    for _ in range(8):
        make_delivery()
    make_delivery(to="els@Elders.example")
    make_delivery(to="jan@elders.EXAMPLE")
    assert send(MONDAY) == 5
    assert sent_to() == {"example.org": 3, "Elders.example": 1, "elders.EXAMPLE": 1}
    assert set(Delivery.objects.exclude(domain="example.org").values_list("domain", flat=True)) == {"elders.example"}


def test_zero_is_no_limit(settings: Any) -> None:
    settings.MAIL_PER_DOMAIN_PER_MINUTE = 0
    for _ in range(8):
        make_delivery()
    assert send(MONDAY) == 8


@pytest.mark.django_db(transaction=True)
def test_several_senders_keep_to_it_together() -> None:
    for number in range(40):
        make_delivery(to=f"x@{('een', 'twee')[number % 2]}.example")
    claimed: list[str] = []

    def claim() -> None:
        try:
            while (delivery := claim_next(at=MONDAY)) is not None:
                claimed.append(delivery.domain)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(claimed) == {"een.example": 3, "twee.example": 3}


def test_claiming_costs_the_same_however_much_waits(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(20):
        make_delivery(to=f"x@domein{number % 4}.example")
    with django_assert_num_queries(4 + 2):  # look, take turns, count, claim; and a savepoint
        assert claim_next(at=MONDAY) is not None
    for _ in range(11):
        assert claim_next(at=MONDAY) is not None
    with django_assert_num_queries(4 * (3 + 4 + 2) + 3):  # each domain found full and closed, once
        assert claim_next(at=MONDAY) is None
    with django_assert_num_queries(1 + 2):
        assert claim_next(at=MONDAY) is None


def test_a_domain_that_turns_mail_away_is_left_alone_and_others_are_not() -> None:
    for _ in range(MOST_REFUSALS + 2):
        make_delivery(to="x@vol.example")
    make_delivery()
    RecordingMailServer.answers = [NotAccepted("451") for _ in range(MOST_REFUSALS)]
    assert send(MONDAY) == MOST_REFUSALS + 1
    assert sent_to() == {"example.org": 1}
    untouched = Delivery.objects.filter(domain="vol.example", attempts=0)
    assert untouched.count() == 2
    assert send(MONDAY + MINUTE - SECOND) == 0

    RecordingMailServer.answers = [NotAccepted("451")]
    assert send(MONDAY + MINUTE) == 1  # one more try, and it rests longer
    assert Destination.objects.get(domain="vol.example").closed_until == MONDAY + MINUTE + 2 * MINUTE
    RecordingMailServer.answers = []
    send(MONDAY + 3 * MINUTE)
    assert sent_to()["vol.example"] == 3
    assert Destination.objects.get(domain="vol.example").refusals == 0


def test_one_mailbox_that_is_full_or_a_server_of_ours_that_is_away_closes_no_domain() -> None:
    for _ in range(2):
        make_delivery()
    RecordingMailServer.answers = [NotAccepted("452"), NotAccepted("gone", is_away=True)]
    send(MONDAY)
    assert Destination.objects.get().refusals == 1
    assert Destination.objects.get().closed_until == MONDAY


def test_rests_grow_and_stop_growing() -> None:
    rests = [rest_after(number) for number in range(1, 12)]
    assert rests[:2] == [None, None]
    assert [rest for rest in rests[2:] if rest] == sorted(rest for rest in rests[2:] if rest)
    assert rests[-1] == rests[-2] == timedelta(minutes=30)
