"""Letters have the colours of the municipality's theme, as far as its style sheet can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.common.colours import ENOUGH, WHITE, contrast
from aanspreekpunt.common.paper import Look
from aanspreekpunt.common.remembering import forget
from aanspreekpunt.organisation.looks import look_of_letters
from aanspreekpunt.organisation.models import Municipality
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _theme(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.THEME_DIR = tmp_path
    make_cast()


def look_with(**fields: str) -> Look:
    Municipality.objects.update(**fields)
    forget()
    return look_of_letters()


def test_the_example_theme_gives_letters_its_colours() -> None:
    look = look_with(theme="voorbeeld-theme", theme_css="")
    assert look.accent != Look().accent
    assert look.link != Look().link
    assert contrast(look.link, WHITE) >= ENOUGH


def test_a_theme_of_its_own_does_so_too(tmp_path: Path) -> None:
    css = ".stad-theme { --utrecht-button-primary-action-background-color: #006600; --utrecht-link-color: #990000 }"
    (tmp_path / "stad.css").write_text(css)
    look = look_with(theme="stad-theme", theme_css="stad.css")
    assert (str(look.accent), str(look.link)) == ("#006600", "#990000")


@pytest.mark.parametrize("named", ["nowhere.css", "/elders/stad.css"])
def test_a_style_sheet_that_is_not_here_leaves_letters_plain(named: str) -> None:
    assert look_with(theme="stad-theme", theme_css=named) == Look()


def test_a_style_sheet_without_such_colours_leaves_letters_plain(tmp_path: Path) -> None:
    (tmp_path / "stad.css").write_bytes(b"\xff.stad-theme { color: red }")
    assert look_with(theme="stad-theme", theme_css="stad.css") == Look.of(accent=None, link=None)
