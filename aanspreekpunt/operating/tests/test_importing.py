"""Copying another register from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.api.klantinteracties.importing.register import NotARegister, base_address
from aanspreekpunt.api.klantinteracties.tests.other_register import (
    TOKEN,
    OtherRegister,
    contact_said,
    furnished,
    served,
)
from aanspreekpunt.operating import carrying_out, command
from aanspreekpunt.operating.importing import VARIABLE
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command leave the database of the tests alone when it is done."""
    monkeypatch.setattr(carrying_out.connections, "close_all", lambda: None)
    monkeypatch.setattr(carrying_out, "stop_unused_database", lambda: None)
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def other() -> Iterator[OtherRegister]:
    make_cast()
    with served(OtherRegister()) as register:
        yield register


def run(*arguments: str) -> int:
    return command.main(["import", "klantinteracties", *arguments])


def test_a_register_is_copied_and_reported(
    other: OtherRegister, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    furnished(other)
    token, report = tmp_path / "token", tmp_path / "report.json"
    token.write_text(f"{TOKEN}\n")
    assert run("--from", other.address, "--token-file", str(token), "--report", str(report)) == 0
    said = capsys.readouterr()
    assert "klantcontacten: 1 of 1" in said.err
    assert "came in" in said.out
    assert TOKEN not in said.out + said.err + report.read_text()
    told = json.loads(report.read_text())
    assert told["run"]["register"] == other.address
    assert {each["path"]: each["came_in"] for each in told["lists"]}["klantcontacten"] == 1
    assert told["refusals"] == []


def test_what_is_refused_makes_it_end_with_1(
    other: OtherRegister, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = [other.add("klantcontacten", **contact_said(kanaal="")) for _ in range(25)]
    monkeypatch.setenv(VARIABLE, TOKEN)
    assert run("--from", f"{other.address}/klantinteracties/api/v1/") == 1
    said = capsys.readouterr().out
    assert any(f"klantcontacten {each['uuid']} kanaal: blank (stayed out)" in said for each in made)
    assert "and 5 more" in said


def test_a_token_on_the_command_line_works_with_a_warning(
    other: OtherRegister, capsys: pytest.CaptureFixture[str]
) -> None:
    other.add("klantcontacten", **contact_said())
    assert run("--from", other.address, "--token", TOKEN) == 0
    assert "--token-file" in capsys.readouterr().err
    assert Contact.objects.count() == 1


def test_a_wrong_token_is_a_sentence(other: OtherRegister, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--from", other.address, "--token", "verkeerd") == 1
    said = capsys.readouterr()
    assert "does not accept the token" in said.err
    assert "verkeerd" not in said.err + said.out


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://openklant.example.nl", "https://openklant.example.nl"),
        ("https://Example.nl:443/klantinteracties/api/v1/", "https://example.nl"),
        ("https://example.nl:8443/ok/klantinteracties/api/v1/partijen", "https://example.nl:8443/ok"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_where_a_register_is(given: str, base: str) -> None:
    assert base_address(given) == base


@pytest.mark.parametrize(
    "given",
    [
        "",
        "example.nl",
        "ftp://example.nl",
        "https://u:geheim@example.nl",
        "https://example.nl/?token=geheim",
        "https://",
        "https://example.nl:99999",
        "https://exam ple.nl",
        "https://example.nl/#a",
    ],
)
def test_what_is_no_address_is_refused_without_what_may_be_secret(given: str) -> None:
    with pytest.raises(NotARegister) as refused:
        base_address(given)
    assert "geheim" not in str(refused.value)


def test_plain_http_is_for_this_machine_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--from", "http://openklant.example.nl", "--token", "x") == 1
    assert "everybody on the way could read along" in capsys.readouterr().err
