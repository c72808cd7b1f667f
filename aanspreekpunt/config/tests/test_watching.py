"""What whoever watches over the installation sees: health, figures and logs; and what nobody may see there."""

from __future__ import annotations

import io
import json
import logging
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest import mock

import pytest
import structlog
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone

from aanspreekpunt.config import health, logs, metrics, notice_metrics
from aanspreekpunt.messaging.arriving import store_arrival
from aanspreekpunt.messaging.mailboxes import watch_mailboxes
from aanspreekpunt.messaging.tests.make import make_delivery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

PERSONAL = ("jansen@voorbeeld.nl", "0612345678", "Jansen", "ABCD-EFGH-JKMN")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, as it would be written."""
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    logs.configure(level="debug", form="json")
    stream = io.StringIO()
    root.handlers[0].setStream(stream)  # type: ignore[attr-defined]  # it is a StreamHandler
    yield stream
    root.handlers, level = before[0], before[1]
    root.setLevel(level)


def test_live_needs_no_database(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_database_and_tables_are_there(client: Client) -> None:
    assert client.get("/health/ready").status_code == 200


def test_not_ready_without_database(client: Client) -> None:
    with mock.patch.object(health.connection, "cursor", side_effect=OperationalError):
        response = client.get("/health/ready")
    assert (response.status_code, response.json()["problem"]) == (503, "database")


@pytest.mark.django_db
def test_what_an_administrator_should_look_at_is_named_though_requests_are_answered(client: Client) -> None:
    assert client.get("/health/ready").json() == {"status": "ok", "warnings": []}
    cache.clear()  # it is looked up every few seconds only
    long_ago = timezone.now() - timedelta(days=1)
    watch_mailboxes([("email/info", "INBOX")], at=long_ago)
    store_arrival(account="email/info", external_id="1", raw=b"1", at=long_ago)
    store_arrival(account="email/info", external_id="2", raw=b"2", quarantined_for="too_large", at=long_ago)
    make_delivery(at=long_ago)
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json()["warnings"] == [
        "mailbox silent",
        "mail waits to be read",
        "mail waits to be sent",
        "mail in quarantine",
    ]
    figures = client.get("/metrics").content.decode()
    assert "aanspreekpunt_arrivals_quarantined 1.0" in figures
    assert "aanspreekpunt_deliveries_waiting 1.0" in figures
    assert 'aanspreekpunt_mail_alarms{kind="mailbox_silent"} 1.0' in figures
    assert 'aanspreekpunt_mail_bounce_share{span="week"} 0.0' in figures
    assert 'aanspreekpunt_mailbox_silence_seconds{account="email/info",folder="INBOX"} 864' in figures


def test_figures_are_shown_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (metrics, notice_metrics):
        monkeypatch.setattr(place, "figures", mock.Mock(side_effect=OperationalError))
    response = client.get("/metrics")
    assert response.status_code == 200
    assert not re.search(rb"aanspreekpunt_(arrivals|notices)", response.content)


@pytest.mark.django_db
def test_not_ready_before_migrating(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_known", {})
    monkeypatch.setattr(health, "unapplied_migrations", lambda: ["questions.0009"])
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["problem"]) == (503, "migrations")


@pytest.mark.django_db
def test_this_machine_may_read_the_figures(client: Client) -> None:
    client.get("/nergens")
    response = client.get("/metrics")
    assert response.status_code == 200
    assert b'aanspreekpunt_request_seconds_count{method="GET",route="unknown",status="404"}' in response.content


@pytest.mark.django_db
def test_strangers_may_not_read_the_figures(client: Client, settings: SettingsWrapper) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    settings.METRICS_TOKEN = "t" * 40
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    token = {"Authorization": f"Bearer {settings.METRICS_TOKEN}"}
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers=token).status_code == 200


@pytest.mark.django_db
def test_requests_are_logged_without_personal_data(client: Client, written: io.StringIO) -> None:
    client.get("/nergens/ABCD-EFGH-JKMN", {"naam": "Jansen"}, headers={"User-Agent": "Jansen"})
    client.post("/nergens", {"mail": "jansen@voorbeeld.nl", "telefoon": "0612345678"})
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["status"] for line in lines if line["event"] == "request"] == [404, 404]
    assert all(line["request_id"] for line in lines if line["event"] == "request")
    assert not [word for word in PERSONAL if word in written.getvalue()]


def test_errors_are_logged_by_kind_and_place_only(written: io.StringIO) -> None:
    def fail(name: str) -> None:
        raise ValueError(f"cannot store {name}")

    for logger in (logging.getLogger("django.request"), logging.getLogger("other")):
        try:
            fail("Jansen")
        except ValueError:
            logger.exception("went wrong")
    try:
        fail("Jansen")
    except ValueError as problem:
        structlog.get_logger("ours").warning("went wrong", exc_info=problem)
        structlog.get_logger("ours").exception("went wrong")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["exception"] for line in lines] == ["ValueError"] * 4
    assert all("test_watching.py" in line["at"][0] for line in lines)
    assert "Jansen" not in written.getvalue()


@pytest.mark.parametrize("name", ["django.security.DisallowedHost", "axes.attempts", "procrastinate.worker"])
def test_other_peoples_messages_are_not_logged(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).warning("no entry for %s", "jansen@voorbeeld.nl")
    assert "jansen" not in written.getvalue()
    assert json.loads(written.getvalue())["logger"] == name


def test_lines_for_people(written: io.StringIO) -> None:
    logs.configure(level="info", form="lines")
    logging.getLogger().handlers[0].setStream(written)  # type: ignore[attr-defined]  # it is a StreamHandler
    logging.getLogger("x").info("hello")
    assert "hello" in written.getvalue()


def test_a_request_keeps_the_id_a_proxy_gave_it(client: Client) -> None:
    assert client.get("/health/live", headers={"X-Request-Id": "abcd-1234"})["X-Request-Id"] == "abcd-1234"
    assert len(client.get("/health/live", headers={"X-Request-Id": "<script>"})["X-Request-Id"]) == 32
