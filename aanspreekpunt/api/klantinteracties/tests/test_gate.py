"""Who gets in: keys, rights, purposes, pace and traces; and what is written about each request."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from aanspreekpunt.api.klantinteracties.contract.rights import KINDS
from aanspreekpunt.api.klantinteracties.resources import CREATE_ONLY, RESOURCES
from aanspreekpunt.api.klantinteracties.tests.things import CONTACTS, PEOPLE, System, make_question
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Access
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.tokens.operations import revoke_token
from aanspreekpunt.tokens.pace import seconds_to_wait

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.urls("aanspreekpunt.api.klantinteracties.tests.things")]


@pytest.fixture
def kiss(client: Client) -> System:
    return System(client)


def body(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    said: dict[str, Any] = answer.json()
    assert said["status"] == status
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", said["instance"])
    assert answer["Content-Type"] == "application/json"
    assert answer["API-version"] == "0.9.0"
    return said


@pytest.mark.parametrize("header", ["", "Basic YTpi", "x", "Tokens abc"])
def test_who_shows_no_token_is_told_so(client: Client, header: str) -> None:
    answer = client.get(PEOPLE, headers={"Authorization": header} if header else {})
    said = body(answer, 401)
    assert said["code"] == "not_authenticated"
    assert said["type"].endswith("/ref/fouten/NotAuthenticated/")
    assert answer["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize(
    ("header", "detail"),
    [
        (f"Token {'0' * 40}", "Ongeldige token."),
        ("Bearer apt_x", "Ongeldige token."),
        ("Token é\x7f", "Ongeldige token."),
        ("Token", "Ongeldige token header. Geen inloggegevens opgegeven."),
        ("Token a b", "Ongeldige token header. Token kan geen spaties bevatten."),
    ],
)
def test_who_shows_a_wrong_token_is_told_so(client: Client, header: str, detail: str) -> None:
    said = body(client.get(PEOPLE, headers={"Authorization": header}), 401)
    assert said["code"] == "authentication_failed"
    assert said["detail"] == detail


@pytest.mark.parametrize("scheme", ["Token", "token", "Bearer", "BEARER"])
def test_both_ways_to_show_a_token_open_the_door(kiss: System, scheme: str) -> None:
    assert kiss.calls("GET", PEOPLE, Authorization=f"{scheme}  {kiss.key}").status_code == 200


def test_a_token_revoked_between_two_requests_opens_nothing_any_more(kiss: System) -> None:
    assert kiss.calls("GET", PEOPLE).status_code == 200
    revoke_token(token=kiss.token, by=SYSTEM, at=timezone.now())
    assert body(kiss.calls("GET", PEOPLE), 401)["code"] == "authentication_failed"


def test_each_right_is_asked_for_by_kind_and_verb(client: Client) -> None:
    owner = System(client, "Eigenaar")
    one = owner.calls("POST", PEOPLE, {"naam": "Els"}).json()["url"]
    requests = {
        "r": (("GET", PEOPLE), ("HEAD", PEOPLE), ("GET", one), ("HEAD", one)),
        "w": (("POST", PEOPLE), ("PUT", one), ("PATCH", one)),
        "d": (("DELETE", one),),
    }
    for held in ("r", "w", "rw", "d"):
        limited = System(client, held, f"parties={held}")
        for letter, some in requests.items():
            for method, address in some:
                answer = limited.calls(method, address, {"naam": "Els"} if letter == "w" else None)
                if letter in held:
                    assert answer.status_code < 300, (held, method)
                    if method == "DELETE":
                        one = owner.calls("POST", PEOPLE, {"naam": "Els"}).json()["url"]
                elif method == "HEAD":
                    assert answer.status_code == 403
                else:
                    assert body(answer, 403)["code"] == "permission_denied"
        assert limited.calls("GET", CONTACTS).status_code == 403


def test_every_address_of_the_standard_has_its_right() -> None:
    assert {kind.path for kind in (*RESOURCES, *CREATE_ONLY)} <= set(KINDS)


def test_what_may_not_be_read_is_not_shown_inside_other_things_either(client: Client) -> None:
    cast = make_cast()
    make_question(to=cast.waste, by=cast.anna)
    limited = System(client, "X", "contacts=r")
    assert limited.calls("GET", CONTACTS).json()["count"] == 1
    assert body(limited.calls("GET", f"{CONTACTS}?expand=hadBetrokkenen"), 403)["code"] == "permission_denied"


def test_who_must_say_why_is_refused_until_he_does(client: Client) -> None:
    system = System(client, needs_purpose=True)
    said = body(system.calls("GET", PEOPLE), 403)
    assert "X-Doelbinding" in said["detail"]
    assert system.calls("GET", PEOPLE, X_Doelbinding="klantcontact").status_code == 200


def test_the_access_log_tells_what_each_request_read_and_wrote(kiss: System) -> None:
    cast = make_cast()
    question = make_question(to=cast.waste, by=cast.anna)
    contact = question.contacts.get()
    headers = {"X_Doelbinding": "klantcontact", "X_Gebruiker": "els", "traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    made = kiss.calls("POST", PEOPLE, {"naam": "Els"}, **headers).json()
    kiss.calls("GET", PEOPLE, **headers)
    kiss.calls("GET", made["url"], **headers)
    kiss.calls("PATCH", made["url"], {"naam": "Eva"}, **headers)
    kiss.calls("GET", f"{CONTACTS}/{contact.uuid}?expand=hadBetrokkenen", **headers)
    kiss.calls("DELETE", made["url"], **headers)
    kiss.calls("GET", PEOPLE, **headers)
    kiss.calls("GET", made["url"], **headers)
    lines = Access.objects.order_by("id")
    assert [(line.verb, line.resource, [str(each) for each in line.ids]) for line in lines] == [
        ("create", "parties", [made["uuid"]]),
        ("list", "parties", [made["uuid"]]),
        ("read", "parties", [made["uuid"]]),
        ("change", "parties", [made["uuid"]]),
        ("read", "contacts", [str(contact.uuid)]),
        ("read", "parties", [made["uuid"]]),
        ("delete", "parties", [made["uuid"]]),
    ], "an empty list and what is not there show nothing"
    assert {(line.token_id, line.token_name) for line in lines} == {(kiss.token.pk, "KISS")}
    assert {(line.purpose, line.on_behalf_of, line.trace_id) for line in lines} == {("klantcontact", "els", "ab" * 16)}


@pytest.mark.parametrize(
    ("headers", "purpose"),
    [
        ({"X_NLX_Request_Process_Id": "proces-7"}, "proces-7"),
        ({"X_Audit_Toelichting": "Gebeld met 06 1234 5678, els@example.org"}, "Gebeld met …, …"),
        ({"X_Audit_Toelichting": "bsn 123456782."}, "bsn …."),
        ({"Doelbinding": "a" * 300}, "a" * 200),
        ({"X_Audit_Toelichting": "b", "X_Doelbinding": "a"}, "a"),
        ({}, ""),
    ],
)
def test_purposes_are_taken_as_systems_give_them_without_what_names_a_person(
    kiss: System, headers: dict[str, str], purpose: str
) -> None:
    kiss.calls("POST", PEOPLE, {"naam": "Els"}, **headers)
    assert Access.objects.get().purpose == purpose


@pytest.mark.parametrize("given", ["", "00-x", f"ff-{'ab' * 16}-{'cd' * 8}-01", f"00-{'0' * 32}-{'cd' * 8}-01", "é"])
def test_a_request_without_a_trace_gets_one(kiss: System, given: str) -> None:
    answer = kiss.calls("POST", PEOPLE, {"naam": "Els"}, **({"traceparent": given} if given else {}))
    trace = re.fullmatch(r"00-([0-9a-f]{32})-[0-9a-f]{16}-01", answer["traceparent"])
    assert trace
    assert Access.objects.get().trace_id == trace[1]
    assert trace[1] != "ab" * 16


def test_a_trace_goes_on_in_answers_and_refusals(kiss: System) -> None:
    trace = f"00-{'ab' * 16}-{'cd' * 8}-01"
    for key in (kiss.key, "wrong"):
        answer = kiss.calls("GET", PEOPLE, Authorization=f"Token {key}", traceparent=trace)
        assert answer["traceparent"].startswith(f"00-{'ab' * 16}-")
        assert "cd" * 8 not in answer["traceparent"]


def test_reading_costs_two_queries_more_whatever_it_shows(
    kiss: System, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(9):
        kiss.calls("POST", PEOPLE, {"naam": f"Els {number}"})
    with django_assert_num_queries(5):  # token, count, ids, people, access log
        assert len(kiss.calls("GET", PEOPLE).json()["results"]) == 9


def test_who_asks_too_much_is_told_when_to_ask_again(kiss: System, settings: SettingsWrapper) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    other = System(kiss.client, "Ander")
    statuses = [kiss.calls("GET", PEOPLE).status_code for _ in range(5)]
    assert statuses[:2] == [200, 200]
    assert 429 in statuses[2:], "all in one minute, or in two"
    answer = next(each for each in iter(lambda: kiss.calls("GET", PEOPLE), None) if each.status_code == 429)
    assert body(answer, 429)["code"] == "throttled"
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert other.calls("GET", PEOPLE).status_code == 200, "each at his own pace"


def test_the_pace_is_counted_by_the_minute(kiss: System, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    at = timezone.now().replace(second=20, microsecond=0)
    assert [seconds_to_wait(by=kiss.token, most=2, at=at) for _ in range(4)] == [0, 0, 40, 40]
    assert seconds_to_wait(by=kiss.token, most=2, at=at + timedelta(seconds=40)) == 0
    with django_assert_num_queries(0):
        assert seconds_to_wait(by=kiss.token, most=0, at=at) == 0
