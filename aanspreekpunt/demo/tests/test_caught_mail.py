"""The caught mails of a demo can be read, and do nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

MAIL = b"""From: Gemeente <post@voorbeeldstad.example>\r
To: karel@example.org\r
Subject: Wij hebben uw vraag ontvangen (260 0000 1236)\r
Date: Mon, 02 Mar 2026 09:00:00 +0000\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary="x"\r
\r
--x\r
Content-Type: text/plain; charset="utf-8"\r
\r
Beste Karel,\r
--x\r
Content-Type: text/html; charset="utf-8"\r
\r
<p style="color: red">Beste Karel,</p>\r
--x--\r
"""


@pytest.fixture(autouse=True)
def _caught(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.CAUGHT_MAIL_DIR = tmp_path
    (tmp_path / "17-1-1.eml").write_bytes(MAIL)
    (tmp_path / ".18-1-1.eml").write_bytes(b"half written")


def test_caught_mail_is_listed_and_read(client: Client) -> None:
    html = client.get("/demo/mail/").content.decode()
    assert "karel@example.org" in html
    assert "maandag 2 maart, 10.00 uur" in html
    assert "half written" not in html
    assert "Beste Karel," in client.get("/demo/mail/17-1-1/").content.decode()


def test_the_html_of_a_mail_may_only_bring_its_styles(client: Client) -> None:
    response = client.get("/demo/mail/17-1-1/html/")
    assert "color: red" in response.content.decode()
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["1", "..", "17-1-1.eml", "%2e%2e%2fx"])
def test_only_caught_mails_are_shown(client: Client, name: str) -> None:
    assert client.get(f"/demo/mail/{name}/").status_code == 404


def test_an_empty_box_says_what_to_do(client: Client, settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.CAUGHT_MAIL_DIR = tmp_path / "nothing"
    assert "Stel op de website een vraag" in client.get("/demo/mail/").content.decode()
