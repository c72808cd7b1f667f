"""Builders for tests: subscriptions, and a clock that the test moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aanspreekpunt.promises.tests.make import MONDAY
from aanspreekpunt.subscriptions.models import Notice, Subscription
from aanspreekpunt.subscriptions.operations import Subscribed, Wanted, subscribe

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor

EVERYTHING = [{"name": name} for name in ("question", "contact", "party")]


@dataclass
class Clock:
    """Says what time it is; stands still until the test moves it."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def move(self, **units: float) -> datetime:
        self.now += timedelta(**units)
        return self.now


def make_webhook(url: str, *, by: Actor, at: datetime = MONDAY, **fields: Any) -> Subscribed:
    """Make a subscription by plain webhook, to all there is unless `fields` say otherwise."""
    values: dict[str, Any] = {"name": "Datahub", "callback_url": url, "channels": EVERYTHING, **fields}
    return subscribe(kind="webhook", wanted=Wanted(**values), by=by, at=at)


def make_notice(subscription: Subscription, subject: str, number: int, *, at: datetime = MONDAY) -> Notice:
    """Put a notice in the outbox."""
    return Notice.objects.create(
        subscription=subscription,
        key=f"{subject} {number}",
        subject=subject,
        channel="question",
        event="question.noted",
        body=f'{{"number":{number}}}',
        next_attempt_at=at,
        made_at=at,
    )
