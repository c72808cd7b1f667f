"""Requests of other systems that are odd or go wrong: nothing breaks, and nothing anybody said gets out."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest
from django.test import RequestFactory

from aanspreekpunt.api.klantinteracties.tests.things import PEOPLE, System
from aanspreekpunt.config import logs
from aanspreekpunt.config.handling import Handler

if TYPE_CHECKING:
    from django.test import Client

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
