"""The subcommands about the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.catalogue.models import UplName
from aanspreekpunt.operating import carrying_out
from aanspreekpunt.operating.commands import catalogue

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "bring_up_to_date", lambda: 0)


def run(*arguments: str) -> int:
    """Run a subcommand as the command line does."""
    return carrying_out.run(carrying_out.understood(arguments))


def test_the_shipped_list_is_refreshed_without_naming_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("catalogue", "import-upl") == 0
    assert UplName.objects.count() == 1122
    assert "1122" in capsys.readouterr().out


def test_refused_lines_are_named_and_the_rest_comes_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "upl.csv"
    file.write_text("UniformeProductnaam,URI,Gemeente\npas,http://a.example/pas,X\nmis,,X\n", encoding="utf-8")
    assert run("catalogue", "import-upl", str(file)) == 1
    assert UplName.objects.get().name == "pas"
    said = capsys.readouterr().out
    assert "line 3, URI" in said or "regel 3, URI" in said


def test_another_file_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "upl.csv").write_text("a,b\n", encoding="utf-8")
    assert run("catalogue", "import-upl", str(tmp_path / "upl.csv")) == 1
    assert "upl.csv" in capsys.readouterr().err
    assert not UplName.objects.exists()
