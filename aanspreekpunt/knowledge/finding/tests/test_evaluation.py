"""Measuring is right, reads what it is given, and the search stays ahead of the plain ways."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.knowledge.finding.evaluation.collection import Collection, FileIsWrong, Problem, read_collection
from aanspreekpunt.knowledge.finding.evaluation.comparison import compare, table, trec_lines
from aanspreekpunt.knowledge.finding.evaluation.measures import measure, reciprocal_rank
from aanspreekpunt.knowledge.finding.tests.make import DATA, document, read, some_documents

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = '{"id": "a", "title": "", "body": "paspoort aanvragen"}\n\n{"id": "b", "body": "rijbewijs verlengen"}\n'
QUERIES = '{"id": 1, "text": "Hoe vraag ik een paspoort aan?"}\n'
QRELS = "1 0 a 1\n1 0 b 0\n"


def files(folder: Path, corpus: str = CORPUS, queries: str = QUERIES, qrels: str = QRELS) -> dict[str, Path]:
    paths = {name: folder / name for name in ("corpus", "queries", "qrels")}
    for path, text in zip(paths.values(), (corpus, queries, qrels), strict=True):
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return paths


def test_a_collection_is_read(tmp_path: Path) -> None:
    collection = read_collection(**files(tmp_path))
    assert [each.id for each in collection.documents] == ["a", "b"]
    assert collection.queries == {"1": "Hoe vraag ik een paspoort aan?"}
    assert collection.right == {"1": frozenset({"a"})}


@pytest.mark.parametrize(
    ("name", "text", "line", "problem"),
    [
        ("corpus", "{]", 1, Problem.NOT_JSON),
        ("corpus", "[1]", 1, Problem.NOT_JSON),
        ("corpus", CORPUS + '{"id": "a", "body": "x"}', 4, Problem.TWICE),
        ("corpus", '{"id": "a", "title": "", "body": " "}', 1, Problem.LACKS),
        ("corpus", '{"id": "a", "body": ["x"]}', 1, Problem.NOT_TEXT),
        ("corpus", '{"id": "a", "body": "\udcff"}', 1, Problem.NOT_UTF8),
        ("corpus", "\n", 0, Problem.EMPTY),
        ("queries", '{"id": "1"}', 1, Problem.LACKS),
        ("queries", QUERIES + QUERIES, 2, Problem.TWICE),
        ("qrels", "1 a 1", 1, Problem.NOT_FOUR_COLUMNS),
        ("qrels", "2 0 a 1", 1, Problem.STRANGE_QUERY),
        ("qrels", "1 0 c 1", 1, Problem.STRANGE_DOCUMENT),
        ("qrels", "1 0 a yes", 1, Problem.NOT_A_NUMBER),
        ("qrels", "1 0 a 0", 0, Problem.EMPTY),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, name: str, text: str, line: int, problem: Problem) -> None:
    with pytest.raises(FileIsWrong) as caught:
        read_collection(**files(tmp_path, **{name: text}))
    assert (caught.value.file.name, caught.value.line, caught.value.problem) == (name, line, problem)


def test_the_measures_are_those_of_the_books() -> None:
    run = {"1": ["x", "a"], "2": ["b"], "3": [*"uvwxyzuvwx", "c"]}
    right = {"1": frozenset("a"), "2": frozenset("bd"), "3": frozenset("c"), "4": frozenset("e")}
    means = {each.name: each.mean for each in measure(run, right)}
    assert means == {"recall@1": 0.125, "recall@3": 0.375, "recall@10": 0.375, "MRR@10": 0.375}
    assert reciprocal_rank(["x", "y", "a"], frozenset("a")) == 1 / 3


def test_the_interval_holds_the_mean() -> None:
    run = {str(number): ["a"] if number % 3 else ["b", "a"] for number in range(60)}
    for each in measure(run, dict.fromkeys(run, frozenset("a"))):
        assert each.low <= each.mean <= each.high


def test_a_run_is_written_as_trec_reads_it(tmp_path: Path) -> None:
    outcomes = compare(read_collection(**files(tmp_path)))
    assert trec_lines(outcomes[0])[0].split()[:4] == ["1", "Q0", "a", "1"]
    assert len(table(outcomes)) == 4


def test_the_search_stays_ahead_of_the_plain_ways() -> None:
    """The aim is a third fewer misses than the best of them; below that a change made the search worse."""
    ours, stems, pieces = (outcome.measures[-1].mean for outcome in compare(development_set("official")))
    assert ours > 0.72
    assert 1 - ours < (1 - max(stems, pieces)) * 0.8


def test_a_typing_error_costs_little() -> None:
    clean = development_set("official")
    chance = random.Random(3)
    wrong = {query: with_a_mistake(text, chance) for query, text in clean.queries.items()}
    right, mistaken = (
        compare(Collection(clean.documents, queries, clean.right))[0].measures[-1].mean
        for queries in (clean.queries, wrong)
    )
    assert mistaken > right - 0.06


def test_a_title_is_of_use() -> None:
    documents = (document("a", "tekst", title="Paspoort"), document("b", "Paspoort?"))
    collection = Collection(documents, {"1": "paspoort"}, {"1": frozenset("a")})
    assert compare(collection)[0].measures[-1].mean == 1


def development_set(kind: str) -> Collection:
    """Return bodies of the demo's answers, without titles, and questions that are not their own."""
    asked = [(key, text) for key, kinds in read(DATA / "questions.yaml").items() for text in kinds[kind]]
    queries = {str(number): text for number, (_key, text) in enumerate(asked)}
    right = {str(number): frozenset({key}) for number, (key, _text) in enumerate(asked)}
    return Collection(some_documents(titles=False), queries, right)


def with_a_mistake(text: str, chance: random.Random) -> str:
    """Return a question with two letters swapped in one of its longer words."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) > 5]
    if long:
        place, letter = chance.choice(long), chance.randrange(1, 4)
        word = words[place]
        words[place] = word[:letter] + word[letter + 1] + word[letter] + word[letter + 2 :]
    return " ".join(words)
