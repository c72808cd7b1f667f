"""A municipality's own theme: linked on every page beside the example, served from its directory, and no other file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from aanspreekpunt.organisation.queries import forget_remembered
from aanspreekpunt.organisation.tests.make import make_cast, make_municipality

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

PAGES = ("/", "/bestaat-niet/", "/desk/inloggen")
EXAMPLE = "vendor/voorbeeld/theme.css"


@pytest.fixture
def directory(tmp_path: Path, settings: SettingsWrapper) -> Path:
    settings.THEME_DIR = tmp_path / "theme"
    settings.THEME_DIR.mkdir()
    (settings.THEME_DIR / "gemeente.css").write_text(".gemeente-theme { --basis-color-action-1-bg-default: green }")
    (tmp_path / "secret.css").write_text("secret")
    return tmp_path / "theme"


def choose(sheet: str) -> None:
    make_cast()
    here = make_municipality()
    here.theme, here.theme_css = "gemeente-theme", sheet
    here.save()
    forget_remembered()


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    ("sheet", "address"), [("gemeente.css", "/huisstijl/gemeente.css"), ("/elders/a.css", "/elders/a.css")]
)
def test_every_page_links_it_after_the_example(client: Client, sheet: str, address: str) -> None:
    choose(sheet)
    for page in PAGES:
        response = client.get(page)
        html = response.content.decode()
        assert 'class="gemeente-theme"' in html, page
        assert html.index(EXAMPLE) < html.index(f'<link rel="stylesheet" href="{address}">'), page
        assert "style-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_without_one_only_the_example_is_linked(client: Client) -> None:
    choose("")
    for page in PAGES:
        html = client.get(page).content.decode()
        assert EXAMPLE in html
        assert "huisstijl" not in html


def test_files_of_the_theme_are_served_and_asked_for_again_only_when_changed(client: Client, directory: Path) -> None:
    (directory / "letter.woff2").write_bytes(b"wOF2")
    response = client.get(reverse("theme", args=["gemeente.css"]))
    assert (response.status_code, response["Content-Type"]) == (200, "text/css")
    assert b"gemeente-theme" in response.content
    again = client.get("/huisstijl/gemeente.css", headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304
    assert client.get("/huisstijl/letter.woff2")["Content-Type"] == "font/woff2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["absent.css", "..%2Fsecret.css", "../secret.css", ".hidden.css", "script.js", "a.html"]
)
def test_nothing_else_is_served(client: Client, directory: Path, name: str) -> None:
    make_cast()
    for other in ("script.js", "a.html", ".hidden.css"):
        (directory / other).write_text("x")
    assert client.get(f"/huisstijl/{name}").status_code == 404
