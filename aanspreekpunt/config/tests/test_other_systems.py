"""Requests of other systems that are odd or go wrong: nothing breaks, and nothing anybody said gets out."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test import RequestFactory

from aanspreekpunt.api.klantinteracties.tests.things import PEOPLE, People, System
from aanspreekpunt.config import logs
from aanspreekpunt.config.handling import Handler

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.urls("aanspreekpunt.api.klantinteracties.tests.things")]


@pytest.fixture
def kiss(client: Client) -> System:
    return System(client)


@pytest.mark.parametrize("charset", ["rot13", "idna", "utf-7", "x" * 500])
def test_an_odd_character_set_breaks_nothing(kiss: System, charset: str) -> None:
    said = {"Authorization": f"Token {kiss.key}", "Content-Type": f"application/json; charset={charset}"}
    environ = RequestFactory(headers=said).get(PEOPLE).environ | {"QUERY_STRING": "naam=%ff"}
    statuses: list[str] = []
    Handler()({**environ, "CONTENT_TYPE": said["Content-Type"]}, lambda status, _headers: statuses.append(status))
    assert statuses == ["415 Unsupported Media Type"]


def test_when_the_database_is_given_no_more_time_that_is_said(kiss: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(People, "table", "(SELECT 1 AS id FROM pg_sleep(60))")
    kiss.client.raise_request_exception = False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")
        answer = kiss.calls("GET", PEOPLE)
        transaction.set_rollback(True)
    assert answer.status_code == 503
    assert answer.json()["code"] == "took_too_long"


def test_when_we_fail_ourselves_nothing_anybody_said_gets_out(kiss: System) -> None:
    root, written = logging.getLogger(), io.StringIO()
    before = list(root.handlers), root.level
    logs.configure(level="debug", form="json")
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]  # it is a StreamHandler
    kiss.client.raise_request_exception = False
    answer = kiss.calls("POST", PEOPLE, {"naam": "Boem"})
    root.handlers, level = before
    root.setLevel(level)
    assert answer.status_code == 500
    assert answer.json()["code"] == "error"
    assert '"exception": "ValueError"' in written.getvalue()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {line["trace_id"] for line in lines if line["event"] == "request"} == {answer["traceparent"].split("-")[1]}
    assert "Boem" not in written.getvalue() + answer.content.decode()


def test_other_systems_are_answered_without_what_is_there_for_people(
    kiss: System, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kiss.calls("GET", PEOPLE)
    kiss.client.cookies["sessionid"], kiss.client.cookies["language"] = "of somebody", "en"
    with django_assert_num_queries(2):  # the token, and how many people there are
        answer = kiss.calls("GET", PEOPLE)
    assert answer["Content-Language"] == "nl"
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in answer
    assert "csrftoken" not in answer.cookies
    assert answer.resolver_match.route.endswith("partijen")


@pytest.mark.parametrize("rest", ["/", "/x/y", "//", "x", "/x/"])
def test_addresses_that_the_standard_does_not_have_are_not_found_as_any_other(kiss: System, rest: str) -> None:
    assert kiss.calls("GET", f"{PEOPLE}{rest}").status_code in {301, 404}


def test_a_host_that_is_not_ours_is_refused(kiss: System) -> None:
    assert kiss.calls("GET", PEOPLE, Host="elders.example").status_code == 400


def test_each_of_many_addresses_has_its_own_answer(kiss: System) -> None:
    made = [kiss.calls("POST", PEOPLE, {"naam": name}).json() for name in ("Anna", "Bram")]
    for each in made:
        answer = kiss.calls("GET", f"{PEOPLE}/{each['uuid']}")
        assert answer.json() == each
        assert answer["API-version"] == "0.9.0"
    assert kiss.calls("GET", f"{PEOPLE}/uuid").status_code == 404
