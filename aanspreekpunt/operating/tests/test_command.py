"""The command turns every failure into a sentence and an exit code, in the language of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.config.embedded import EmbeddedDatabaseFailed
from aanspreekpunt.operating import carrying_out, words

if TYPE_CHECKING:
    from aanspreekpunt.operating.tests.installation import Installation


class Options:
    """Parsed arguments, for a subcommand that fails."""

    def __init__(self, problem: BaseException) -> None:
        self.problem = problem

    def run(self, _options: object) -> int:
        raise self.problem


@pytest.mark.parametrize(
    ("problem", "code", "expected"),
    [
        (ImproperlyConfigured("not safe"), 2, "not safe"),
        (Refusal(), 1, ""),
        (EmbeddedDatabaseFailed("no room"), 1, "no room"),
        (psycopg.OperationalError("refused\nDETAIL: Jansen"), 1, "refused"),
        (FileNotFoundError(2, "No such file", "a.yaml"), 1, "a.yaml: No such file"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_every_failure_is_a_sentence_and_a_code(
    problem: BaseException, code: int, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert carrying_out.run(Options(problem)) == code  # type: ignore[arg-type]  # all it needs of parsed arguments
    said = capsys.readouterr().err
    assert expected in said
    assert "Jansen" not in said


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_it_speaks_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert words.language_of_user() == language


@pytest.mark.slow
def test_from_outside(installation: Installation) -> None:
    wrong = installation.run("nonsense")
    assert wrong.returncode == 2
    installation.variables["AANSPREEKPUNT_PORT"] = "x"
    unreadable = installation.run("check")
    assert (unreadable.returncode, unreadable.stderr.count("\n")) == (2, 1)
    del installation.variables["AANSPREEKPUNT_PORT"]
    installation.variables["AANSPREEKPUNT_MODE"] = "production"
    for name in ("serve", "web", "worker"):
        refused = installation.run(name)
        assert refused.returncode == 2
        assert "AANSPREEKPUNT_SECRET_KEY: is missing." in refused.stderr
    installation.variables["LANG"] = "nl_NL.UTF-8"
    checked = installation.run("check")
    assert checked.returncode == 1
    assert "AANSPREEKPUNT_SECRET_KEY" in checked.stdout
    assert "ontbreekt" in checked.stdout
    assert not installation.postgres.is_running()
    assert "niet bereikbaar" not in installation.run("migrate").stderr
    assert installation.run("migrate").stdout.strip() == "De database is bij."
