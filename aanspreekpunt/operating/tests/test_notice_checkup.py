"""`check`, health and metrics tell whether other systems are told what happens, and what to do when they are not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from aanspreekpunt.config.health import warnings
from aanspreekpunt.config.safety import Verdict
from aanspreekpunt.operating.notice_checkup import check_notices
from aanspreekpunt.operating.tests.test_checkup import verdicts
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee, make_municipality
from aanspreekpunt.subscriptions.models import Notice, Subscription
from aanspreekpunt.subscriptions.tests.make import make_notice, make_webhook

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def hook() -> Subscription:
    make_municipality()
    fatma = make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))
    return make_webhook("https://datahub.example.org/in", by=fatma).subscription


def figures() -> dict[str, float]:
    lines = Client().get("/metrics").content.decode().splitlines()
    split = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in split if "notice" in name or "news" in name or "subscr" in name}


def test_without_subscriptions_there_is_nothing_to_say() -> None:
    assert verdicts(check_notices(at=timezone.now())) == {"notices": Verdict.OK}
    assert warnings() == []


def test_what_waits_too_long_is_said_everywhere(hook: Subscription) -> None:
    now = timezone.now()
    make_notice(hook, "question 1", 1, at=now - HOUR / 2)
    assert verdicts(check_notices(at=now)) == {"notices": Verdict.OK, "dead notices": Verdict.OK}
    assert warnings() == []
    make_notice(hook, "question 2", 2, at=now - 2 * HOUR)
    Notice.objects.filter(subject="question 1").delete()
    cache.clear()
    assert verdicts(check_notices(at=now))["notices"] is Verdict.WARNING
    assert warnings() == ["notices wait to be sent"]
    shown = figures()
    assert shown["aanspreekpunt_notices_waiting"] == 1
    assert shown["aanspreekpunt_notices_oldest_seconds"] >= 2 * 3600


def test_what_was_given_up_and_who_is_paused_is_said_everywhere(hook: Subscription) -> None:
    now = timezone.now()
    make_notice(hook, "question 1", 1, at=now)
    Notice.objects.update(state="dead", ended_at=now)
    Subscription.objects.update(failing_since=now, paused_at=now, paused_for="failing")
    found = {each.name: each for each in check_notices(at=now)}
    assert found["dead notices"].verdict is Verdict.WARNING
    assert "send them again at the desk" in found["dead notices"].message
    assert "is paused" in found["Datahub"].message
    assert warnings() == ["notices given up", "subscription paused"]
    shown = figures()
    assert (shown["aanspreekpunt_notices_dead"], shown["aanspreekpunt_subscriptions_paused"]) == (1, 1)
    Subscription.objects.update(paused_at=None, paused_for="")
    assert "takes nothing since" in {each.name: each for each in check_notices(at=now)}["Datahub"].message
