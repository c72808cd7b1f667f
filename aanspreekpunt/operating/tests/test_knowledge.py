"""Anyone can measure the search on questions of his own, and is told what is wrong with a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.knowledge.finding.evaluation.collection import Problem
from aanspreekpunt.operating import command
from aanspreekpunt.operating.commands.knowledge import PROBLEMS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    (tmp_path / "corpus.jsonl").write_text('{"id": "a", "body": "paspoort"}\n{"id": "b", "body": "auto"}\n')
    (tmp_path / "queries.jsonl").write_text('{"id": "1", "text": "paspoorten"}\n')
    (tmp_path / "qrels.txt").write_text("1 0 a 1\n")
    names = {"--corpus": "corpus.jsonl", "--queries": "queries.jsonl", "--qrels": "qrels.txt"}
    given = [part for option, name in names.items() for part in (option, str(tmp_path / name))]
    return ["knowledge", "evaluate", *given]


def test_a_search_is_measured_without_a_database(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([*arguments, "--run", str(tmp_path / "run.txt")]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in ("MRR@10", "recall@1", "BM25, Dutch stems", "BM25, 4 letters"))
    assert (tmp_path / "run.txt").read_text().startswith("1 Q0 a 1 ")


def test_a_wrong_file_is_named_with_its_line(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qrels.txt").write_text("1 0 a 1\n1 0 z 1\n")
    assert command.main(arguments) == 1
    assert f'{tmp_path / "qrels.txt"}:2: document "z" is not in the corpus' in capsys.readouterr().err


def test_a_missing_file_is_named(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "queries.jsonl").unlink()
    assert command.main(arguments) == 1
    assert "queries.jsonl" in capsys.readouterr().err


def test_every_problem_has_its_words() -> None:
    assert set(PROBLEMS) == set(Problem)
