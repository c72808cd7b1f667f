"""`check` tells whether mail comes in, is read, and leaves, and what to do when it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from aanspreekpunt.config.safety import Verdict
from aanspreekpunt.intake.channels.email.trouble import LASTING
from aanspreekpunt.messaging.arriving import store_arrival
from aanspreekpunt.messaging.mailboxes import note_look, watch_mailboxes
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.operating.mail_checkup import check_mail, check_mail_server
from aanspreekpunt.operating.mail_words import TROUBLES, words_for
from aanspreekpunt.operating.mailcatcher import start_mail_catcher
from aanspreekpunt.operating.tests.installation import free_port
from aanspreekpunt.operating.tests.test_checkup import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FILE = """\
mailboxes:
  - {name: info, host: imap.kleinveen.example, user: info, password_file: info, folders: [INBOX, Klachten]}
"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Read what an administrator reads whose terminal speaks English."""
    with translation.override("en"):
        yield


@pytest.mark.django_db
def test_mail_that_waits_too_long_is_an_error() -> None:
    for age, state in ((timedelta(minutes=5), "waiting"), (timedelta(minutes=1), "uncertain")):
        Delivery.objects.create(
            key=str(age),
            kind="receipt",
            to_address="a@voorbeeld.nl",
            subject="x",
            body_text="x",
            state=state,
            next_attempt_at=NOW,
            made_at=NOW - age,
        )
    found = verdicts(check_mail(at=NOW))
    assert (found["outgoing mail"], found["failed mail"]) == (Verdict.OK, Verdict.WARNING)
    assert verdicts(check_mail(at=NOW + timedelta(hours=1)))["outgoing mail"] is Verdict.ERROR


@pytest.mark.django_db
def test_each_mailbox_is_judged(settings: SettingsWrapper, tmp_path: Path) -> None:
    assert verdicts(check_mail(at=NOW))["mailboxes"] is Verdict.WARNING
    settings.MAILBOXES_FILE = tmp_path / "mailboxes.yaml"
    settings.MAILBOXES_FILE.write_text(FILE)
    found = verdicts(check_mail(at=NOW))
    assert (found["email/info INBOX"], found["email/info Klachten"]) == (Verdict.ERROR, Verdict.ERROR)
    watch_mailboxes([("email/info", "INBOX"), ("email/info", "Klachten")], at=NOW - HOUR)
    note_look(account="email/info", folder="INBOX", error="cannot_move", at=NOW)
    note_look(account="email/info", folder="Klachten", error="login_refused 400", is_good=False, at=NOW)
    findings = {finding.name: finding for finding in check_mail(at=NOW)}
    assert findings["email/info INBOX"].verdict is Verdict.WARNING
    assert findings["email/info Klachten"].verdict is Verdict.ERROR
    assert "refused the login" in findings["email/info Klachten"].message
    assert findings["email/info Klachten"].message.endswith("(400)")
    note_look(account="email/info", folder="INBOX", at=NOW)
    assert verdicts(check_mail(at=NOW))["email/info INBOX"] is Verdict.OK


@pytest.mark.django_db
def test_a_file_that_is_wrong_is_said(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MAILBOXES_FILE = tmp_path / "mailboxes.yaml"
    settings.MAILBOXES_FILE.write_text(FILE.replace("host", "hots"))
    (finding,) = [finding for finding in check_mail(at=NOW) if finding.name == "mailboxes"]
    assert finding.verdict is Verdict.ERROR
    assert "mailboxes.yaml:2" in finding.message


@pytest.mark.django_db
def test_mail_that_waits_to_be_read_and_quarantine_are_said() -> None:
    assert verdicts(check_mail(at=NOW))["incoming mail"] is Verdict.OK
    store_arrival(account="email/info", external_id="1", raw=b"1", at=NOW)
    store_arrival(account="email/info", external_id="2", raw=b"2", quarantined_for="too_large", at=NOW)
    found = verdicts(check_mail(at=NOW))
    assert (found["incoming mail"], found["quarantine"]) == (Verdict.OK, Verdict.WARNING)
    assert verdicts(check_mail(at=NOW + HOUR))["incoming mail"] is Verdict.ERROR


def test_every_trouble_has_words() -> None:
    assert set(TROUBLES) >= LASTING
    assert words_for("") == ""
    assert "weird" in words_for("weird thing")


def test_the_mail_server_is_tried(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.EMAIL_HOST = ""
    assert verdicts(check_mail_server()) == {}
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    assert verdicts(check_mail_server()) == {"mail server": Verdict.WARNING}
    settings.IS_PRODUCTION = True
    assert verdicts(check_mail_server()) == {"mail server": Verdict.ERROR}
    catcher = start_mail_catcher(directory=tmp_path, port=settings.EMAIL_PORT)
    assert verdicts(check_mail_server()) == {"mail server": Verdict.OK}
    settings.EMAIL_HOST_USER = "name"
    assert verdicts(check_mail_server()) == {"mail server": Verdict.ERROR}
    catcher.stop()
