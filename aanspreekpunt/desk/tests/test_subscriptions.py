"""The screens on which it is said which systems are told what happens."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.subscriptions.models import Notice, NoticeAttempt, Subscription
from aanspreekpunt.subscriptions.tests.make import make_notice, make_webhook

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
LIST, CHOOSE = reverse("desk:subscriptions"), reverse("desk:choose-subscription")
KINDS = {kind: reverse("desk:new-subscription", args=[kind]) for kind in Subscription.Kind.values}
SAID: dict[str, dict[str, Any]] = {
    "webhook": {"name": "Datahub", "callback_url": "https://datahub.example.org/in", "channels": ["question"]},
    "notificaties": {
        "name": "ITA",
        "callback_url": "https://ita.example.org/in",
        "channels": ["internetaken"],
        "secret": "Bearer geheim",
        "filters": "internetaken status=te_verwerken",
    },
    "router": {
        "name": "Open Notificaties",
        "callback_url": "https://nrc.example.org/api/v1/notificaties",
        "channels": ["klantcontacten", "partijen"],
        "client_id": "aanspreekpunt",
        "secret": "geheim",
    },
}


@pytest.fixture
def fatma(cast: Cast) -> Employee:  # noqa: ARG001 - after the municipality
    fatma = make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))
    fatma.language = "en"
    fatma.save(update_fields=["language"])
    return fatma


@pytest.fixture
def hook(fatma: Employee) -> Subscription:
    return make_webhook("https://datahub.example.org/in", by=fatma).subscription


def at(name: str, subscription: Subscription) -> str:
    return reverse(f"desk:{name}", args=[subscription.uuid])


def text_of(response: Any) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def dead(subscription: Subscription, number: int) -> Notice:
    notice = make_notice(subscription, f"question {number}", number)
    Notice.objects.filter(pk=notice.pk).update(state="dead", ended_at=timezone.now(), code="http_400")
    return notice


def test_only_an_administrator_of_everything_finds_these_screens(
    logged_in: LogIn, cast: Cast, client: Client, hook: Subscription
) -> None:
    of_one_team = make_employee("Tim", (Role.FUNCTIONAL_ADMINISTRATOR, cast.waste))
    names = ("subscription", "renew-subscription-key", "remove-subscription")
    addresses = (LIST, CHOOSE, *KINDS.values(), *(at(name, hook) for name in names))
    for employee in (cast.anna, cast.sofie, cast.olga, cast.wim, of_one_team):
        browser = logged_in(employee)
        for address in addresses:
            assert browser.get(address).status_code == 404, (employee.name, address)
            assert browser.post(address, SAID["webhook"]).status_code in {404, 405}, (employee.name, address)
        for command in ("pause", "test", "all-again"):
            assert browser.post(at("do-with-subscription", hook), {"do": command}).status_code == 404
    for address in addresses:
        assert client.get(address)["Location"].startswith(reverse("desk:login"))
    hook.refresh_from_db()
    assert (hook.paused_at, hook.removed_at, Notice.objects.count()) == (None, None, 0)


@pytest.mark.parametrize("kind", SAID)
def test_a_subscription_of_each_kind_is_made(logged_in: LogIn, fatma: Employee, kind: str) -> None:
    browser = logged_in(fatma)
    assert browser.get(CHOOSE).status_code == 200
    assert browser.get(KINDS[kind]).status_code == 200
    response = browser.post(KINDS[kind], SAID[kind], follow=True)
    made = Subscription.objects.get()
    assert (made.kind, made.name, made.made_by) == (kind, SAID[kind]["name"], fatma)
    assert [each["name"] for each in made.channels] == SAID[kind]["channels"]
    assert ("whsec_" in text_of(response)) == (kind == "webhook")
    listed = text_of(browser.get(LIST))
    assert made.name in listed
    shown = browser.get(at("subscription", made)).content.decode()
    assert "geheim" not in shown
    assert "whsec_" not in shown


def test_filters_are_read_line_by_line_and_shown_again(logged_in: LogIn, fatma: Employee) -> None:
    browser = logged_in(fatma)
    browser.post(KINDS["notificaties"], SAID["notificaties"])
    made = Subscription.objects.get()
    assert made.channels == [{"name": "internetaken", "filters": {"status": "te_verwerken"}}]
    assert "internetaken status=te_verwerken" in browser.get(at("subscription", made)).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"callback_url": "https://127.0.0.1/"}, "inside our own network"),
        ({"callback_url": "http://ita.example.org/"}, "begin with https://"),
        ({"callback_url": "niets"}, "not a web address"),
        ({"secret": ""}, "This field is required"),
        ({"secret": "é"}, "cannot be sent along"),
        ({"channels": []}, "This field is required"),
        ({"filters": "onzin"}, "cannot read “onzin”"),
        ({"filters": "partijen nummer=1"}, "cannot read"),
        ({"filters": "internetaken kleur=rood"}, "cannot be filtered on “kleur”"),
        ({"name": " "}, "This field is required"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    logged_in: LogIn, fatma: Employee, change: dict[str, Any], said: str
) -> None:
    response = logged_in(fatma).post(KINDS["notificaties"], {**SAID["notificaties"], **change})
    assert response.status_code == 422
    assert said in text_of(response)
    assert "geheim" not in response.content.decode()
    assert not Subscription.objects.exists()


def test_there_is_no_other_kind(logged_in: LogIn, fatma: Employee) -> None:
    assert logged_in(fatma).get(reverse("desk:new-subscription", args=["fax"])).status_code == 404


def test_it_is_changed_and_keeps_its_secret(logged_in: LogIn, fatma: Employee) -> None:
    browser = logged_in(fatma)
    browser.post(KINDS["notificaties"], SAID["notificaties"])
    made = Subscription.objects.get()
    changed = {**SAID["notificaties"], "name": "ITA 2", "secret": ""}
    assert browser.post(at("subscription", made), changed).status_code == 302
    after = Subscription.objects.get()
    assert after.name == "ITA 2"
    assert bytes(after.sealed_secret) == bytes(made.sealed_secret)
    browser.post(at("subscription", made), {**changed, "secret": "Bearer nieuw"})
    assert bytes(Subscription.objects.get().sealed_secret) != bytes(made.sealed_secret)


def test_it_is_paused_goes_on_and_is_tried(logged_in: LogIn, fatma: Employee, hook: Subscription) -> None:
    browser, address = logged_in(fatma), at("do-with-subscription", hook)
    said = text_of(browser.post(address, {"do": "pause"}, follow=True))
    assert "Paused. What happens meanwhile waits." in said
    assert "is paused" in text_of(browser.post(address, {"do": "pause"}, follow=True))
    assert "It goes on" in text_of(browser.post(address, {"do": "resume"}, follow=True))
    assert "A test message is on its way" in text_of(browser.post(address, {"do": "test"}, follow=True))
    assert Notice.objects.get().event == "test"
    assert browser.post(address, {"do": "iets"}).status_code == 404
    assert browser.get(address).status_code == 405


def test_what_was_given_up_is_shown_with_why_and_sent_again(
    logged_in: LogIn, fatma: Employee, hook: Subscription
) -> None:
    browser, address = logged_in(fatma), at("do-with-subscription", hook)
    notices = [dead(hook, number) for number in range(3)]
    NoticeAttempt.objects.create(
        notice=notices[0], at=timezone.now(), has_succeeded=False, code="http_400", milliseconds=12
    )
    shown = text_of(browser.get(at("subscription", hook)))
    assert shown.count("Not taken: HTTP 400.") == 4
    assert "12 ms" in shown
    assert "It is sent again." in text_of(
        browser.post(address, {"do": "again", "notice": notices[0].uuid}, follow=True)
    )
    assert Notice.objects.filter(state="waiting").count() == 1
    for wrong in (notices[0].uuid, "onzin", ""):
        assert browser.post(address, {"do": "again", "notice": wrong}).status_code == 404
    assert "2 notices are sent again." in text_of(browser.post(address, {"do": "all-again"}, follow=True))
    assert not Notice.objects.filter(state="dead").exists()


def test_nobody_sends_again_what_is_of_another_subscription(
    logged_in: LogIn, fatma: Employee, hook: Subscription
) -> None:
    other = make_webhook("https://anders.example.org/", by=fatma, name="Anders").subscription
    notice = dead(other, 1)
    asked = {"do": "again", "notice": notice.uuid}
    assert logged_in(fatma).post(at("do-with-subscription", hook), asked).status_code == 404


def test_a_new_key_and_removing_are_asked_first(logged_in: LogIn, fatma: Employee, hook: Subscription) -> None:
    browser = logged_in(fatma)
    assert browser.get(at("renew-subscription-key", hook)).status_code == 200
    before = bytes(Subscription.objects.get().sealed_secret)
    assert "whsec_" in text_of(browser.post(at("renew-subscription-key", hook)))
    assert bytes(Subscription.objects.get().sealed_secret) != before
    assert browser.get(at("remove-subscription", hook)).status_code == 200
    assert Subscription.objects.get().removed_at is None
    said = text_of(browser.post(at("remove-subscription", hook), follow=True))
    assert "Datahub is told nothing any more" in said
    assert browser.get(at("subscription", hook)).status_code == 404


def test_only_a_webhook_has_a_key_of_ours(logged_in: LogIn, fatma: Employee) -> None:
    browser = logged_in(fatma)
    browser.post(KINDS["router"], SAID["router"])
    assert browser.post(at("renew-subscription-key", Subscription.objects.get())).status_code == 404


def test_the_screens_cost_the_same_however_much_there_is(
    logged_in: LogIn, fatma: Employee, hook: Subscription, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    for number in range(30):
        dead(hook, number)
    browser = logged_in(fatma)
    browser.get(LIST)
    with django_assert_max_num_queries(8):
        browser.get(LIST)
    with django_assert_max_num_queries(11):
        browser.get(at("subscription", hook))
