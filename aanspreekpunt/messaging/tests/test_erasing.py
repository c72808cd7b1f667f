"""Mails as delivered are kept for some time and then erased, by nobody sooner; what is known of them stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from aanspreekpunt.messaging import erasing
from aanspreekpunt.messaging.arriving import claim_arrival, note_understood, quarantine, store_arrival
from aanspreekpunt.messaging.erasing import erase_old_messages
from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.messaging.tests.make import MONDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def understood(name: str = "1") -> Arrival:
    store_arrival(account="email/info", external_id=name, raw=name.encode(), at=MONDAY)
    arrival = claim_arrival(at=MONDAY)
    assert arrival is not None
    note_understood(arrival=arrival, became="question", at=MONDAY)
    arrival.refresh_from_db()
    return arrival


def test_a_mail_is_erased_when_its_time_is_over_and_what_is_known_of_it_stays() -> None:
    arrival = understood()
    assert erase_old_messages(at=MONDAY + 90 * DAY) == 0
    later = MONDAY + 90 * DAY + timedelta(seconds=1)
    assert erase_old_messages(at=later) == 1
    known = (bytes(arrival.sha256), arrival.size, arrival.arrived_at, arrival.became)
    arrival.refresh_from_db()
    assert (arrival.raw, arrival.erased_at) == (None, later)
    assert (bytes(arrival.sha256), arrival.size, arrival.arrived_at, arrival.became) == known
    assert erase_old_messages(at=later) == 0
    assert store_arrival(account="email/info", external_id="other", raw=b"1", at=later) is False


def test_what_nobody_has_read_yet_is_kept() -> None:
    store_arrival(account="email/info", external_id="1", raw=b"1", at=MONDAY)
    store_arrival(account="email/info", external_id="2", raw=b"2", at=MONDAY)
    arrival = claim_arrival(at=MONDAY)
    assert arrival is not None
    quarantine(arrival=arrival, reason="failed", at=MONDAY)
    assert erase_old_messages(at=MONDAY + 999 * DAY) == 0


def test_many_are_erased_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "MOST_AT_ONCE", 2)
    for number in range(5):
        understood(str(number))
    assert erase_old_messages(at=MONDAY + 91 * DAY) == 5


def test_a_municipality_decides_how_long(settings: Any) -> None:
    settings.RAW_MAIL_DAYS = 0
    understood()
    assert erase_old_messages(at=MONDAY + 9999 * DAY) == 0
    settings.RAW_MAIL_DAYS = 10
    assert erase_old_messages(at=MONDAY + 11 * DAY) == 1


@pytest.mark.parametrize("change", [{"raw": None}, {"erased_at": MONDAY}, {"raw": b"other"}])
def test_what_is_erased_says_when_and_nothing_is_put_in_its_place(change: dict[str, Any]) -> None:
    understood()
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.update(**change)
    erase_old_messages(at=MONDAY + 91 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.update(raw=b"1", erased_at=None)
