"""Around every request: the resident's own address, the end of a session, and the language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from aanspreekpunt.config.middleware import ClientAddress, ContentPolicy, Language
from aanspreekpunt.knowledge.tests.make import make_answer
from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "192.0.2.1", "10.0.0.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        (2, "6.6.6.6, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
        (2, "192.0.2.1", "192.0.2.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: SettingsWrapper, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    ClientAddress(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address


@pytest.fixture
def employee() -> Employee:
    """Somebody who can log in."""
    return Employee.objects.create(email="a@voorbeeld.nl", name="Anja", language="en")


def still_logged_in(client: Client, *, at: int, monkeypatch: pytest.MonkeyPatch, **headers: Any) -> bool:
    """Ask for any page at that moment, and look whether the session still knows the employee."""
    monkeypatch.setattr("aanspreekpunt.config.middleware.time.time", lambda: at)
    client.get("/nergens", headers=headers)
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_a_session_ends_after_doing_nothing(
    client: Client, employee: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(employee, backend="aanspreekpunt.organisation.backends.LoginBackend")
    assert still_logged_in(client, at=1_000, monkeypatch=monkeypatch)
    assert still_logged_in(client, at=1_000 + 3_600, monkeypatch=monkeypatch)
    assert still_logged_in(client, at=1_000 + 7_200, monkeypatch=monkeypatch)
    assert not still_logged_in(client, at=1_000 + 10_801, monkeypatch=monkeypatch)


@pytest.mark.django_db
def test_a_screen_that_asks_by_itself_does_not_count_as_doing_something(
    client: Client, employee: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(employee, backend="aanspreekpunt.organisation.backends.LoginBackend")
    assert still_logged_in(client, at=1_000, monkeypatch=monkeypatch)
    assert still_logged_in(client, at=3_000, monkeypatch=monkeypatch, **{"X-Poll": "1"})
    assert not still_logged_in(client, at=4_601, monkeypatch=monkeypatch, **{"X-Poll": "1"})


@pytest.mark.django_db
def test_a_session_ends_after_a_working_day(
    client: Client, employee: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(employee, backend="aanspreekpunt.organisation.backends.LoginBackend")
    for hour in range(24):
        assert still_logged_in(client, at=hour * 1_800, monkeypatch=monkeypatch)
    assert not still_logged_in(client, at=12 * 3_600 + 1, monkeypatch=monkeypatch)


@pytest.mark.django_db
def test_each_employee_has_a_language(client: Client, employee: Employee) -> None:
    client.force_login(employee, backend="aanspreekpunt.organisation.backends.LoginBackend")
    assert client.get("/nergens")["Content-Language"] == "en"


def test_dutch_unless_a_resident_chose_otherwise(client: Client, english_client: Client) -> None:
    assert english_client.get("/health/live")["Content-Language"] == "en"
    client.cookies.clear()
    assert client.get("/health/live", headers={"Accept-Language": "de"})["Content-Language"] == "nl"
    client.cookies["language"] = "xx"
    assert client.get("/health/live")["Content-Language"] == "nl"


def test_the_page_is_made_in_that_language() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    request = RequestFactory().get("/")
    request.COOKIES["language"] = "en"
    assert Language(view)(request).content == b"en"


def test_every_answer_says_what_its_page_may_load(settings: SettingsWrapper) -> None:
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'none'"], "script-src": ["'self'"]}}
    usual = ContentPolicy(lambda _request: HttpResponse())
    own = ContentPolicy(csp_replace({"default-src": ["'none'"], "script-src": None})(lambda _request: HttpResponse()))
    for _ in range(2):
        policy = usual(HttpRequest())["Content-Security-Policy"]
        assert sorted(policy.split("; ")) == ["default-src 'none'", "script-src 'self'"]
        assert own(HttpRequest())["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "ours"),
    [
        ("/desk/antwoorden/", "/desk/antwoorden"),
        ("/desk/antwoorden/geheim/schrijven/", "/desk/antwoorden/geheim/schrijven"),
        ("/desk/wachtrij/?team=3&kanaal=phone", "/desk/wachtrij?team=3&kanaal=phone"),
        ("/desk/zoeken/?q=caf%C3%A9+%26+bar", "/desk/zoeken?q=caf%C3%A9+%26+bar"),
        ("/desk", "/desk/"),
        ("/zoeken?q=paspoort", "/zoeken/?q=paspoort"),
        ("/antwoord/bestaat-niet", "/antwoord/bestaat-niet/"),
        ("/health/live/", "/health/live"),
    ],
)
def test_an_address_without_or_with_its_final_slash_leads_to_ours(client: Client, asked: str, ours: str) -> None:
    for ask in (client.get, client.head):
        response = ask(asked)
        assert (response.status_code, response["Location"]) == (301, ours)
        assert "Content-Security-Policy" in response


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    ["/nergens", "/nergens/", "/desk/nergens/", "//evil.example/%2f..", "//evil.example", "/desk/antwoorden//"],
)
def test_an_address_that_is_not_ours_either_way_is_not_there(client: Client, asked: str) -> None:
    assert client.get("/", PATH_INFO=asked).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/volgen", "/desk/antwoorden/", "/vraag"])
def test_what_somebody_sends_is_never_sent_on(client: Client, path: str) -> None:
    assert client.post(path, {"q": "x"}).status_code == 404


@pytest.mark.django_db
def test_the_final_slash_does_not_tell_what_is_there(client: Client, employee: Employee) -> None:
    there, not_there = f"/desk/antwoorden/{make_answer('pas').key}", "/desk/antwoorden/niets"
    assert client.get(f"{there}/")["Location"] == there
    assert client.get(f"{not_there}/")["Location"] == not_there
    assert client.get(there)["Location"] == f"/desk/inloggen?next={there}"
    client.force_login(employee, backend="aanspreekpunt.organisation.backends.LoginBackend")
    assert {client.get(path).status_code for path in (there, not_there, f"{there}/nergens")} == {404}
