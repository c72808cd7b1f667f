"""`mail test` tries everything that mail needs, and says what to do about what is wrong."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.utils import translation

from aanspreekpunt.config.safety import Finding, Verdict
from aanspreekpunt.intake.channels.email.listener import Listener
from aanspreekpunt.intake.channels.email.mailboxes import ListenPart
from aanspreekpunt.intake.channels.email.tests.make import MONDAY, mail
from aanspreekpunt.intake.channels.email.tests.misbehaving import Misbehaving
from aanspreekpunt.operating.mail_trying import try_mail
from aanspreekpunt.operating.mailcatcher import start_mail_catcher
from aanspreekpunt.operating.tests.installation import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def trying(settings: SettingsWrapper, tmp_path: Path) -> Callable[..., list[Finding]]:
    """Try an installation with this file, and a mail server that nobody runs."""
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", free_port(), False
    (tmp_path / "password").write_text("geheim")

    def trying_it(to: str = "", **content: Any) -> list[Finding]:
        settings.MAILBOXES_FILE = tmp_path / "mailboxes.yaml"
        settings.MAILBOXES_FILE.write_text(yaml.safe_dump(content))
        return list(try_mail(to=to))

    return trying_it


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Read what an administrator reads whose terminal speaks English."""
    with translation.override("en"):
        yield


def box(**fields: Any) -> dict[str, Any]:
    usual = {"name": "post", "host": "127.0.0.1", "security": "none", "user": "post"}
    return {**usual, "password_file": "password", **fields}


def test_a_good_mailbox_says_what_will_come_in(trying: Callable[..., list[Finding]]) -> None:
    with Misbehaving({1: mail(1), 2: mail(2)}) as server:
        found = trying(mailboxes=[box(port=server.port)])
    assert [finding.verdict for finding in found] == ["ok", "ok", "ok", "error"]
    assert "2 mails, of which 2 will come in" in found[1].message
    assert "no IDLE" in found[2].message
    assert not [command for command in server.heard if command.startswith(("UID STORE", "SELECT"))]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"host": "localhost", "port": 1}, "nobody listens on this port"),
        ({"folders": ["Nergens"]}, "no such folder"),
        ({"security": "starttls"}, "no STARTTLS"),
        ({"security": "tls"}, "security"),
        ({"password_file": "elsewhere"}, "cannot be read"),
        ({"after": "delete"}, "may only be read"),
    ],
)
def test_what_is_wrong_with_a_mailbox_is_explained(
    trying: Callable[..., list[Finding]], fields: dict[str, Any], words: str
) -> None:
    with Misbehaving({}, on={'EXAMINE "Nergens"': lambda _: b"TAG NO x\r\n"}) as server:
        found = trying(mailboxes=[box(**{"port": server.port, **fields})])
    errors = [finding.message for finding in found if finding.verdict is Verdict.ERROR and "post" in finding.name]
    assert len(errors) == 1
    assert words in errors[0]


def test_the_listener_is_knocked_at(trying: Callable[..., list[Finding]]) -> None:
    port = free_port()
    listen = {"port": port, "recipients": ["*"]}
    assert "nobody listens" in trying(listen=listen)[0].message
    running = Listener(ListenPart(port=port, recipients=("*",)), clock=lambda: MONDAY)
    running.start()
    try:
        assert trying(listen=listen)[0].verdict is Verdict.OK
    finally:
        running.stop()


def test_another_program_on_our_port_is_said(trying: Callable[..., list[Finding]], tmp_path: Path) -> None:
    port = free_port()
    other = start_mail_catcher(directory=tmp_path, port=port)
    try:
        assert "another program" in trying(listen={"port": port, "recipients": ["*"]})[0].message
    finally:
        other.stop()


def test_the_server_that_takes_our_mail_is_tried_and_given_a_mail_if_asked(
    trying: Callable[..., list[Finding]], settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.DEFAULT_FROM_EMAIL = "gemeente@kleinveen.example"
    caught = tmp_path / "caught"
    catcher = start_mail_catcher(directory=caught, port=settings.EMAIL_PORT)
    listen = {"port": free_port(), "recipients": ["*"]}
    try:
        assert [finding.name for finding in trying(listen=listen)][1:] == ["mail server"]
        assert not caught.exists()
        found = trying(to="beheer@kleinveen.example", listen=listen)
        settings.EMAIL_HOST_USER = "iemand"
        refused = trying(listen=listen)[1]
    finally:
        catcher.stop()
    assert [(finding.name, finding.verdict) for finding in found[1:]] == [("mail server", "ok"), ("test mail", "ok")]
    assert len(list(caught.glob("*.eml"))) == 1
    assert (refused.verdict, "AANSPREEKPUNT_SMTP_SECURITY" in refused.message) == (Verdict.ERROR, True)


def test_without_anything_that_is_said(settings: SettingsWrapper) -> None:
    settings.MAILBOXES_FILE, settings.EMAIL_HOST = None, ""
    assert [finding.verdict for finding in try_mail()] == [Verdict.WARNING, Verdict.ERROR]


def test_a_server_that_does_not_exist_is_said(
    trying: Callable[..., list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = trying(mailboxes=[box(port=993, host="imap.kleinveen.example", security="tls")])
    assert all("no server of this name" in finding.message for finding in found)
