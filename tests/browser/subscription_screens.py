"""Every screen about who is told what happens, in every state that looks different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.subscriptions.models import Notice, NoticeAttempt, Subscription
from aanspreekpunt.subscriptions.operations import pause
from aanspreekpunt.subscriptions.tests.make import make_notice, make_webhook

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.browser.stage import Stage

LIST = "/desk/systemen/meldingen"


def _made(stage: Stage, **fields: str) -> Subscription:
    at = timezone.now()
    return make_webhook(
        "https://datahub.example.org/haak/voor/meldingen", by=stage.town.frits, at=at, **fields
    ).subscription


def _at(name: str, subscription: Subscription) -> str:
    return reverse(f"desk:{name}", args=[subscription.uuid])


def _troubled(stage: Stage) -> Subscription:
    """Return a subscription at which much went wrong."""
    subscription, at = _made(stage), timezone.now()
    for number in range(3):
        notice = make_notice(subscription, f"question {number}", number, at=at)
        for code in ("no_answer", "http_401"):
            NoticeAttempt.objects.create(notice=notice, at=at, has_succeeded=False, code=code, milliseconds=15003)
    Notice.objects.filter(body__in=['{"number":0}', '{"number":1}']).update(state="dead", ended_at=at, code="http_401")
    Subscription.objects.filter(pk=subscription.pk).update(failing_since=at, succeeded_at=at)
    return subscription


def _list(stage: Stage) -> Person:
    _troubled(stage)
    pause(subscription=_made(stage, name="Zaaksysteem"), by=stage.town.frits, at=timezone.now())
    return stage.staff(stage.town.frits, LIST).sees("Datahub", "Zaaksysteem", "Paused")


def _key(stage: Stage) -> Person:
    person = stage.staff(stage.town.frits, f"{LIST}/nieuw/webhook").fills("Which system", "Datahub")
    person.fills("Where to send it", "https://datahub.example.org/haak").chooses("Questions")
    return person.presses("Tell it from now on").sees("whsec_")


def _refused(stage: Stage) -> Person:
    person = stage.staff(stage.town.frits, f"{LIST}/nieuw/router").expects("422")
    return person.presses("Tell it from now on").sees("Dit veld is verplicht")


def _changing(stage: Stage) -> Person:
    person = stage.staff(stage.town.frits, _at("subscription", _troubled(stage)))
    person.page.get_by_text(person.word("Change it")).click()
    person.page.get_by_text(person.word("The last messages as we send them")).click()
    return person


SUBSCRIPTION_SCREENS: dict[str, Callable[[Stage], Person]] = {
    "who is told, nobody": lambda stage: stage.staff(stage.town.frits, LIST),
    "who is told": _list,
    "who is told, which way": lambda stage: stage.staff(stage.town.frits, f"{LIST}/nieuw"),
    "who is told, by notification": lambda stage: stage.staff(stage.town.frits, f"{LIST}/nieuw/notificaties"),
    "who is told, the key": _key,
    "who is told, refused": _refused,
    "subscription": lambda stage: stage.staff(stage.town.frits, _at("subscription", _troubled(stage))),
    "subscription, changing": _changing,
    "subscription, new key": lambda stage: stage.staff(stage.town.frits, _at("renew-subscription-key", _made(stage))),
    "subscription, removing": lambda stage: stage.staff(stage.town.frits, _at("remove-subscription", _made(stage))),
}

SUBSCRIPTIONS_WITHOUT_SCREEN = {"desk:do-with-subscription": "leads back"}
