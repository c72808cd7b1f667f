"""Settings are read by type, and a wrong one stops the start with a sentence that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured

from aanspreekpunt.config import env

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_declarations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "declared", {})


def test_what_is_left_out_gets_its_default() -> None:
    assert env.text("NAME", default="Jan", meaning="A name.") == "Jan"
    assert env.number("AGE", default=5, meaning="An age.") == 5
    assert env.flag("OLD", default=True, meaning="Whether it is old.") is True
    assert env.words("HOSTS", meaning="Names.") == []


def test_every_setting_read_is_declared() -> None:
    env.text("NAME", default="Jan", meaning="A name.")
    env.url("DATABASE_URL", schemes=("postgresql",), meaning="A database.")
    assert list(env.declared) == ["AANSPREEKPUNT_NAME", "DATABASE_URL"]
    assert env.declared["AANSPREEKPUNT_NAME"].meaning == "A name."


@pytest.mark.parametrize(("raw", "value"), [("ja", True), ("YES", True), ("1", True), ("nee", False), ("off", False)])
def test_yes_and_no_in_two_languages(monkeypatch: pytest.MonkeyPatch, raw: str, value: bool) -> None:  # noqa: FBT001 - a parameter
    monkeypatch.setenv("AANSPREEKPUNT_OLD", raw)
    assert env.flag("OLD", default=not value, meaning="Whether it is old.") is value


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANSPREEKPUNT_HOSTS", "a.nl, b.nl,,")
    assert env.words("HOSTS", meaning="Names.") == ["a.nl", "b.nl"]


@pytest.mark.parametrize("raw", ["x", "0", "11", "1.5"])
def test_a_wrong_number_is_named(monkeypatch: pytest.MonkeyPatch, raw: str) -> None:
    monkeypatch.setenv("AANSPREEKPUNT_AGE", raw)
    with pytest.raises(ImproperlyConfigured, match="AANSPREEKPUNT_AGE must be"):
        env.number("AGE", default=5, least=1, most=10, meaning="An age.")


def test_a_number_below_an_open_range_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANSPREEKPUNT_AGE", "-1")
    with pytest.raises(ImproperlyConfigured, match="at least 0"):
        env.number("AGE", default=5, meaning="An age.")


def test_a_wrong_flag_choice_or_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANSPREEKPUNT_X", "mabye")
    for read in (
        lambda: env.flag("X", default=True, meaning="A flag."),
        lambda: env.choice("X", options=("a", "b"), default="a", meaning="A choice."),
        lambda: env.url("X", schemes=("https",), meaning="An address."),
    ):
        with pytest.raises(ImproperlyConfigured, match="AANSPREEKPUNT_X must"):
            read()


def test_an_address_loses_the_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANSPREEKPUNT_X", "https://a.nl/")
    assert env.url("X", schemes=("https",), meaning="An address.") == "https://a.nl"


def test_a_secret_comes_from_itself_a_file_or_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.secret("KEY", otherwise=lambda: "made", meaning="A key.") == "made"
    monkeypatch.setenv("AANSPREEKPUNT_KEY", "given")
    assert env.secret("KEY", otherwise=lambda: "made", meaning="A key.") == "given"
    (tmp_path / "key").write_text("kept\n")
    monkeypatch.setenv("AANSPREEKPUNT_KEY_FILE", str(tmp_path / "key"))
    assert env.secret("KEY", meaning="A key.") == "kept"


def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AANSPREEKPUNT_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="AANSPREEKPUNT_KEY_FILE cannot be read"):
        env.secret("KEY", meaning="A key.")
