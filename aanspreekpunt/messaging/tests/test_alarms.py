"""Alarms about mail: what raises one, and that the administrator hears of each once, and once that it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override

from aanspreekpunt.messaging.alarm_words import SENTENCES, sentence_of
from aanspreekpunt.messaging.alarms import FEWEST_SENT, MANY_UNREADABLE, Alarm, Kind, alarms, alarms_lately
from aanspreekpunt.messaging.arriving import store_arrival
from aanspreekpunt.messaging.mailboxes import note_look, watch_mailboxes
from aanspreekpunt.messaging.models import Attempt, Delivery, ToldAlarm
from aanspreekpunt.messaging.telling import CALM, tell_of_alarms
from aanspreekpunt.messaging.tests.make import MONDAY, make_delivery

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BOX = "email/info INBOX"


@pytest.fixture(autouse=True)
def _somebody(settings: Any) -> None:
    settings.ADMINISTRATOR_EMAIL = "beheer@voorbeeldstad.example"


def kinds(at: datetime) -> set[Kind]:
    return {alarm.kind for alarm in alarms(at=at)}


def silent(*folders: str) -> None:
    watch_mailboxes([("email/info", folder) for folder in folders or ("INBOX",)], at=MONDAY - HOUR)


def looked(at: datetime, folder: str = "INBOX") -> None:
    note_look(account="email/info", folder=folder, at=at)


def letters() -> list[Delivery]:
    return list(Delivery.objects.filter(kind="alarm").order_by("id"))


def test_nothing_is_the_matter_with_nothing() -> None:
    assert alarms(at=MONDAY) == ()


def test_each_thing_that_can_be_the_matter_raises_its_alarm() -> None:
    silent()
    make_delivery(at=MONDAY - HOUR)
    store_arrival(account="email/info", external_id="1", raw=b"1", at=MONDAY - HOUR)
    for number in range(MANY_UNREADABLE):
        raw = b"q%d" % number
        store_arrival(
            account="email/info", external_id=f"q{number}", raw=raw, quarantined_for="empty", at=MONDAY - HOUR
        )
    for number in range(FEWEST_SENT):
        Attempt.objects.create(delivery=make_delivery(at=MONDAY), at=MONDAY - HOUR, outcome="sent")
        if number < 3:
            Attempt.objects.create(delivery=make_delivery(at=MONDAY), at=MONDAY - HOUR, outcome="bounced")
    doubtful = make_delivery(at=MONDAY)
    Delivery.objects.filter(pk=doubtful.pk).update(state="uncertain", claimed_at=MONDAY - HOUR, attempts=1)
    assert kinds(MONDAY) == set(Kind)


def test_just_below_each_threshold_nothing_is_the_matter() -> None:
    watch_mailboxes([("email/info", "INBOX")], at=MONDAY - 14 * MINUTE)
    make_delivery(at=MONDAY - 29 * MINUTE)
    store_arrival(account="email/info", external_id="1", raw=b"1", at=MONDAY - 9 * MINUTE)
    for number in range(MANY_UNREADABLE - 1):
        raw = b"q%d" % number
        store_arrival(account="email/info", external_id=f"q{number}", raw=raw, quarantined_for="empty", at=MONDAY)
    for number in range(FEWEST_SENT):
        Attempt.objects.create(delivery=make_delivery(at=MONDAY), at=MONDAY, outcome="sent")
        if number < 2:
            Attempt.objects.create(delivery=make_delivery(at=MONDAY), at=MONDAY, outcome="bounced")
    assert alarms(at=MONDAY) == ()


def test_screens_that_ask_often_cost_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    alarms_lately(at=MONDAY)
    with django_assert_num_queries(0):
        alarms_lately(at=MONDAY)


def test_every_alarm_has_words_in_both_languages() -> None:
    assert set(SENTENCES) == set(Kind)
    for kind in Kind:
        alarm = Alarm(kind, BOX, MONDAY, 3)
        with override("nl"):
            dutch = sentence_of(alarm)
        with override("en"):
            assert sentence_of(alarm) != dutch
        assert "%(" not in dutch


def test_the_administrator_hears_once_that_it_began_and_once_that_it_is_over() -> None:
    silent()
    for minute in range(3):
        tell_of_alarms(at=MONDAY + minute * MINUTE)
    (begun,) = letters()
    assert begun.to_address == "beheer@voorbeeldstad.example"
    assert BOX in begun.body_text
    looked(MONDAY + 3 * MINUTE)
    last = MONDAY + 2 * MINUTE
    tell_of_alarms(at=last + CALM - MINUTE)
    assert len(letters()) == 1
    tell_of_alarms(at=last + CALM)
    tell_of_alarms(at=last + 2 * CALM)
    _, over = letters()
    assert BOX in over.body_text
    assert over.subject != begun.subject
    assert ToldAlarm.objects.get().over_at == last + CALM


def test_what_comes_and_goes_is_told_once() -> None:
    silent()
    for minute in range(10):
        looked(MONDAY - (HOUR if minute % 3 == 0 else MINUTE))
        tell_of_alarms(at=MONDAY + minute * MINUTE)
    assert len(letters()) == ToldAlarm.objects.count() == 1


def test_what_begins_again_after_it_was_over_is_told_again() -> None:
    silent()
    tell_of_alarms(at=MONDAY)
    looked(MONDAY)
    tell_of_alarms(at=MONDAY + CALM)
    tell_of_alarms(at=MONDAY + HOUR)
    assert [letter.subject for letter in letters()] == [
        letters()[0].subject,
        letters()[1].subject,
        letters()[0].subject,
    ]


def test_what_begins_together_is_told_in_one_mail() -> None:
    silent("INBOX", "Klachten")
    tell_of_alarms(at=MONDAY)
    (letter,) = letters()
    assert "Klachten" in letter.body_text
    assert BOX in letter.body_text
    assert ToldAlarm.objects.count() == 2


def test_without_an_address_it_is_kept_all_the_same(settings: Any) -> None:
    settings.ADMINISTRATOR_EMAIL = ""
    silent()
    tell_of_alarms(at=MONDAY)
    assert (letters(), ToldAlarm.objects.count()) == ([], 1)


def test_a_wall_may_ask_at_any_time_also_when_nobody_tells() -> None:
    silent()
    assert not ToldAlarm.objects.exists()
    (alarm,) = alarms(at=MONDAY)
    assert (alarm.key, alarm.since) == (f"mailbox_silent {BOX}", MONDAY - HOUR)
