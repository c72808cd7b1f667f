"""The subcommands that bring answers in from a file and write them to one."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.catalogue.operations.upl import fill_upl
from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor
from aanspreekpunt.operating import carrying_out, exchanging
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from aanspreekpunt.operating.tests.installation import Installation

GOOD = '{"key": "pas", "question": "Hoe kom ik aan een pas?", "answer": "Kom langs.", "upl_names": ["paspoort"]}\n'
BAD = '{"key": "leeg", "question": "Vraag?"}\n'


@pytest.fixture
def _up_to_date(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    assert db is None
    monkeypatch.setattr(exchanging, "bring_up_to_date", lambda: 0)
    fill_upl()
    make_cast()


def run(*arguments: object) -> int:
    """Run a subcommand as the command line does."""
    return carrying_out.run(carrying_out.understood([str(argument) for argument in arguments]))


@pytest.mark.usefixtures("_up_to_date")
def test_refused_rows_are_named_on_the_screen_and_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, refused = tmp_path / "in.jsonl", tmp_path / "refused.jsonl"
    file.write_text(GOOD + BAD, encoding="utf-8")
    editor = make_editor()
    assert run("knowledge", "import", file, "--publish", "--owner", editor.email, "--refused", refused) == 1
    assert Article.objects.get().owner == editor
    assert Version.objects.get().state == "published"
    assert " 2, ?, answer: " in capsys.readouterr().out
    (line,) = refused.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["line"] == 2
    assert json.loads(line)["field"] == "answer"
    file.write_text(GOOD, encoding="utf-8")
    assert run("knowledge", "import", file, "--publish") == 0
    assert Version.objects.count() == 1


@pytest.mark.usefixtures("_up_to_date")
def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(GOOD, encoding="utf-8")
    assert run("knowledge", "import", tmp_path / "in.jsonl", "--dry-run") == 0
    assert not Article.objects.exists()


@pytest.mark.usefixtures("_up_to_date")
def test_a_file_whose_shape_nobody_says_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.json").write_text("[]", encoding="utf-8")
    assert run("knowledge", "import", tmp_path / "in.json") == 1
    assert "--shape" in capsys.readouterr().err
    assert run("knowledge", "import", tmp_path / "weg.csv") == 1
    assert "weg.csv" in capsys.readouterr().err


@pytest.mark.usefixtures("_up_to_date")
@pytest.mark.parametrize("shape", list(exchanging.SHAPES))
def test_answers_are_written_in_every_shape(tmp_path: Path, shape: str, capsys: pytest.CaptureFixture[str]) -> None:
    make_answer("pas", "Hoe kom ik aan een pas?", "Kom langs.", desk_note="Intern.", upl_names=("paspoort",))
    make_answer("geheim", is_published=False)
    file = tmp_path / "uit"
    assert run("knowledge", "export", file, "--shape", shape) == 0
    assert "Kom langs." in file.read_text(encoding="utf-8")
    assert "Intern." not in file.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["uit"]
    assert run("knowledge", "export", file, "--shape", shape, "--internal") == 0
    assert "2" in capsys.readouterr().out
    assert run("knowledge", "import", file, "--shape", shape) == 0


@pytest.mark.usefixtures("_up_to_date")
def test_an_export_that_fails_leaves_the_file_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "uit.jsonl")

    (tmp_path / "uit.jsonl").write_text("oud", encoding="utf-8")
    monkeypatch.setattr(exchanging, "write_answers", broken)
    assert run("knowledge", "export", tmp_path / "uit.jsonl") == 1
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"uit.jsonl": "oud"}


@pytest.mark.slow
def test_killed_halfway_and_run_again_there_are_no_doubles(with_tables: Installation, tmp_path: Path) -> None:
    rows = [f'{{"key": "rij-{number}", "question": "Vraag {number}?", "answer": "A."}}\n' for number in range(40)]
    pipe, whole = tmp_path / "pipe.jsonl", tmp_path / "whole.jsonl"
    os.mkfifo(pipe)
    whole.write_text("".join(rows), encoding="utf-8")
    running = with_tables.start("knowledge", "import", str(pipe), output=tmp_path / "log")
    with pipe.open("w", encoding="utf-8") as half:
        half.write("".join(rows[:25]))
        half.flush()
        time.sleep(5)  # it has read what there is, and waits for more
        running.send_signal(signal.SIGKILL)
        running.wait()
    again = with_tables.run("knowledge", "import", str(whole))
    assert again.returncode == 0, again.stderr
    created, _changed, unchanged, _refused = map(int, re.findall(r"\d+", again.stdout))
    assert (created + unchanged, unchanged) in {(40, kept) for kept in range(1, 26)}
    third = with_tables.run("knowledge", "import", str(whole))
    assert "40 unchanged" in third.stdout


def test_every_command_in_the_docs_is_one_that_can_be_given() -> None:
    page = Path(exchanging.__file__).parents[2] / "docs" / "knowledge.md"
    given = re.findall(r"^ {4}aanspreekpunt (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(given) == 6
    for line in given:
        assert carrying_out.understood(shlex.split(line)).run


def test_every_shape_is_in_the_docs() -> None:
    page = Path(exchanging.__file__).parents[2] / "docs" / "knowledge.md"
    assert set(re.findall(r"^\| `(\w+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE)) == set(exchanging.SHAPES)
