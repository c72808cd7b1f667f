"""The subcommands about answers."""

from __future__ import annotations

import pytest

from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.tests.make import make_editor
from aanspreekpunt.operating import adopting, carrying_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adopting, "bring_up_to_date", lambda: 0)


def run(*arguments: str) -> int:
    """Run a subcommand as the command line does."""
    return carrying_out.run(carrying_out.understood(arguments))


def test_the_starter_base_is_adopted_for_an_owner(capsys: pytest.CaptureFixture[str]) -> None:
    editor = make_editor()
    assert run("knowledge", "adopt", "--themes", "afval", "--owner", editor.email.upper()) == 0
    assert Article.objects.filter(owner=editor).count() == Article.objects.count() == 19
    assert str(Article.objects.count()) in capsys.readouterr().out
    assert run("knowledge", "adopt", "--themes", "afval") == 0
    assert Version.objects.filter(number=2).count() == 0


def test_what_is_not_published_is_said_and_makes_the_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("knowledge", "adopt", "--publish", "--themes", "afval") == 1
    said = capsys.readouterr().out
    assert "container-kapot: " in said
    assert "container_reparatie_termijn" in said


def test_a_theme_or_owner_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("knowledge", "adopt", "--themes", "vuil") == 1
    assert "afval" in capsys.readouterr().err
    assert run("knowledge", "adopt", "--owner", "niemand@gemeente.example") == 1
    assert not Article.objects.exists()
