"""What comes in is stored once and whole, and ends understood or in quarantine, whoever dies on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from aanspreekpunt.messaging.arriving import (
    DIED,
    ClaimIsLost,
    claim_arrival,
    note_understood,
    quarantine,
    store_arrival,
    try_again,
)
from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.messaging.refusals import NotInQuarantine
from aanspreekpunt.messaging.rules import MOST_INTERPRETATIONS, TIME_TO_INTERPRET
from aanspreekpunt.messaging.tests.make import MONDAY

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

RAW = b"From: karel@example.org\r\n\r\nDe bak is niet geleegd.\r\n"


def stored(number: int = 1, *, raw: bytes = RAW, account: str = "post") -> bool:
    return store_arrival(account=account, external_id=f"INBOX 7 {number}", raw=raw, at=MONDAY)


def test_the_same_delivery_twice_is_one_arrival() -> None:
    assert stored()
    assert not stored()
    assert Arrival.objects.get().raw == RAW


def test_the_same_message_under_a_new_number_is_one_arrival() -> None:
    assert stored(1)
    assert not stored(2)
    assert stored(3, account="info")
    assert Arrival.objects.count() == 2


def test_the_bytes_stay_as_delivered_even_in_sql() -> None:
    stored()
    with pytest.raises(IntegrityError, match="stays as it was delivered"), transaction.atomic():
        Arrival.objects.update(raw=b"something else")
    with pytest.raises(IntegrityError, match="arrival_raw_until_understood"), transaction.atomic():
        Arrival.objects.update(raw=None, erased_at=MONDAY)
    Arrival.objects.update(state="understood", ended_at=MONDAY)
    assert Arrival.objects.update(raw=None, erased_at=MONDAY) == 1


def test_what_is_claimed_is_left_alone_until_its_interpreter_must_be_gone() -> None:
    stored()
    arrival = claim_arrival(at=MONDAY)
    assert arrival is not None
    assert claim_arrival(at=MONDAY + TIME_TO_INTERPRET) is None
    again = claim_arrival(at=MONDAY + TIME_TO_INTERPRET + timedelta(seconds=1))
    assert again is not None
    with pytest.raises(ClaimIsLost):  # who came back too late changes nothing
        note_understood(arrival=arrival, became="question", at=MONDAY)
    assert not quarantine(arrival=arrival, reason="unreadable", at=MONDAY)
    note_understood(arrival=again, became="question", at=MONDAY)
    assert Arrival.objects.get().state == "understood"


def test_a_message_at_which_interpreters_die_is_set_apart_and_blocks_nothing() -> None:
    stored(1)
    stored(2, raw=RAW + b"Nog een.")
    at = MONDAY
    for _ in range(MOST_INTERPRETATIONS):
        first = claim_arrival(at=at)
        assert first is not None
        assert first.external_id == "INBOX 7 1"
        at += TIME_TO_INTERPRET + timedelta(seconds=1)
    second = claim_arrival(at=at)
    assert second is not None
    assert second.external_id == "INBOX 7 2"
    assert list(Arrival.objects.filter(state="quarantined").values_list("reason", "raw")) == [(DIED, RAW)]


def test_a_claim_is_one_exchange_with_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    stored()
    with django_assert_num_queries(1):
        arrival = claim_arrival(at=MONDAY)
    assert arrival is not None
    assert (arrival.attempts, arrival.claimed_at, arrival.raw) == (1, MONDAY, RAW)
    arrival.refresh_from_db()
    assert (arrival.attempts, arrival.claimed_at) == (1, MONDAY)


def test_what_is_in_quarantine_can_be_tried_again() -> None:
    stored()
    arrival = claim_arrival(at=MONDAY)
    assert arrival is not None
    with pytest.raises(NotInQuarantine):
        try_again(arrival=arrival, at=MONDAY)
    assert quarantine(arrival=arrival, reason="unreadable", at=MONDAY)
    assert claim_arrival(at=MONDAY + timedelta(days=1)) is None
    try_again(arrival=arrival, at=MONDAY)
    again = claim_arrival(at=MONDAY)
    assert again is not None
    assert again.attempts == 1
