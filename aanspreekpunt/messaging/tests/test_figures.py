"""The figures say how mail is doing, and cost the same however much of it there is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.messaging import figures as figures_module
from aanspreekpunt.messaging.arriving import store_arrival
from aanspreekpunt.messaging.figures import figures
from aanspreekpunt.messaging.mailboxes import note_look, watch_mailboxes
from aanspreekpunt.messaging.models import Attempt
from aanspreekpunt.messaging.tests.make import MONDAY, make_delivery

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


def test_a_mailbox_is_silent_when_no_look_succeeded_for_too_long() -> None:
    watch_mailboxes([("email/info", "INBOX"), ("email/info", "Klachten")], at=MONDAY)
    note_look(account="email/info", folder="INBOX", at=MONDAY + QUARTER)
    later = MONDAY + QUARTER + timedelta(seconds=1)
    note_look(account="email/info", folder="INBOX", error="no_answer", is_good=False, at=later)
    assert [mailbox.folder for mailbox in figures(at=later).silent(after=QUARTER, at=later)] == ["Klachten"]
    assert len(figures(at=later).silent(after=QUARTER, at=later + QUARTER)) == 2


def test_a_process_that_keeps_starting_hides_no_silence() -> None:
    for minutes in (0, 10, 20):
        watch_mailboxes([("email/info", "INBOX")], at=MONDAY + timedelta(minutes=minutes))
    assert len(figures(at=MONDAY).silent(after=QUARTER, at=MONDAY + timedelta(minutes=21))) == 1


def test_queues_are_counted_up_to_a_thousand(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(figures_module, "MOST_COUNTED", 2)
    for number in range(3):
        store_arrival(account="email/info", external_id=f"{number}", raw=b"%d" % number, at=MONDAY)
        reason = {"quarantined_for": "too_large"}
        store_arrival(account="email/info", external_id=f"q{number}", raw=b"q%d" % number, at=MONDAY, **reason)
        make_delivery(at=MONDAY)
    with django_assert_num_queries(6):
        now = figures(at=MONDAY)
    assert (now.arrivals.count, now.quarantined, now.outbox.count, now.doubtful.count) == (2, 2, 2, 0)
    assert now.arrivals.longest_wait(at=MONDAY + QUARTER) == now.outbox.longest_wait(at=MONDAY + QUARTER) == QUARTER


def test_what_came_back_is_a_part_of_what_was_sent() -> None:
    old, new = MONDAY - timedelta(days=3), MONDAY - timedelta(hours=3)
    for at, outcomes in (
        (old, "sent sent sent bounced"),
        (new, "sent permanent"),
        (MONDAY - timedelta(days=8), "bounced"),
    ):
        for outcome in outcomes.split():
            Attempt.objects.create(delivery=make_delivery(), at=at, outcome=outcome)
    Attempt.objects.create(delivery=make_delivery(), at=new, outcome="temporary")
    now = figures(at=MONDAY)
    assert (now.lately.sent, now.lately.bounced, now.lately.share) == (2, 1, 0.5)
    assert (now.of_week.sent, now.of_week.bounced) == (5, 2)


def test_with_nothing_to_do_nothing_waits() -> None:
    now = figures(at=MONDAY)
    assert (now.mailboxes, now.arrivals.count, now.arrivals.longest_wait(at=MONDAY)) == ((), 0, timedelta(0))
