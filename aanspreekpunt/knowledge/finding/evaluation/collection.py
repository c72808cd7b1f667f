"""A collection to measure on, and the files it is read from; what is wrong with a file is said with its line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.documents import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_QREL_COLUMNS = 4


class Problem(Enum):
    """What can be wrong with a line; who shows it finds the words."""

    NOT_UTF8 = auto()
    NOT_JSON = auto()
    NOT_TEXT = auto()
    LACKS = auto()
    TWICE = auto()
    NOT_FOUR_COLUMNS = auto()
    STRANGE_QUERY = auto()
    STRANGE_DOCUMENT = auto()
    NOT_A_NUMBER = auto()
    EMPTY = auto()


class FileIsWrong(Exception):
    """A file cannot be read as what it should be; `line` 0 is the file as a whole, `value` what stands there."""

    def __init__(self, file: Path, line: int, problem: Problem, value: str = "") -> None:
        self.file, self.line, self.problem, self.value = file, line, problem, value
        super().__init__(f"{file}:{line}: {problem.name} {value}".rstrip())


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, questions by id, and for each question the ids of what answers it."""

    documents: tuple[Document, ...]
    queries: dict[str, str]
    right: dict[str, frozenset[str]]


def read_collection(*, corpus: Path, queries: Path, qrels: Path) -> Collection:
    """Read a collection: JSON Lines ``{"id", "title", "body"}`` and ``{"id", "text"}``, judgements as in TREC."""
    documents = _read_documents(corpus)
    asked = _read_queries(queries)
    right = _read_judgements(qrels, asked, {document.id for document in documents})
    return Collection(tuple(documents), {query: asked[query] for query in right}, right)


def _read_documents(file: Path) -> list[Document]:
    documents: dict[str, Document] = {}
    for line, row in _rows(file):
        key = _text(file, line, row, "id")
        if key in documents:
            raise FileIsWrong(file, line, Problem.TWICE, key)
        title = _text(file, line, row, "title", needed=False)
        documents[key] = Document(id=key, title=title, body=_text(file, line, row, "body", needed=bool(not title)))
    if not documents:
        raise FileIsWrong(file, 0, Problem.EMPTY)
    return list(documents.values())


def _read_queries(file: Path) -> dict[str, str]:
    queries: dict[str, str] = {}
    for line, row in _rows(file):
        key = _text(file, line, row, "id")
        if key in queries:
            raise FileIsWrong(file, line, Problem.TWICE, key)
        queries[key] = _text(file, line, row, "text")
    return queries


def _read_judgements(file: Path, queries: dict[str, str], documents: set[str]) -> dict[str, frozenset[str]]:
    right: dict[str, set[str]] = {}
    for line, text in _lines(file):
        columns = text.split()
        if len(columns) != _QREL_COLUMNS:
            raise FileIsWrong(file, line, Problem.NOT_FOUR_COLUMNS)
        query, _iteration, document, relevance = columns
        if query not in queries:
            raise FileIsWrong(file, line, Problem.STRANGE_QUERY, query)
        if document not in documents:
            raise FileIsWrong(file, line, Problem.STRANGE_DOCUMENT, document)
        if not relevance.lstrip("-").isdigit():
            raise FileIsWrong(file, line, Problem.NOT_A_NUMBER, relevance)
        if int(relevance) > 0:
            right.setdefault(query, set()).add(document)
    if not right:
        raise FileIsWrong(file, 0, Problem.EMPTY)
    return {query: frozenset(documents) for query, documents in right.items()}


def _rows(file: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for line, text in _lines(file):
        try:
            row = json.loads(text)
        except ValueError as problem:
            raise FileIsWrong(file, line, Problem.NOT_JSON, str(problem)) from problem
        if not isinstance(row, dict):
            raise FileIsWrong(file, line, Problem.NOT_JSON, text[:40])
        yield line, row


def _text(file: Path, line: int, row: dict[str, object], name: str, *, needed: bool = True) -> str:
    value = row.get(name, "")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise FileIsWrong(file, line, Problem.NOT_TEXT, name)
    if needed and not value.strip():
        raise FileIsWrong(file, line, Problem.LACKS, name)
    return value


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, with their numbers."""
    with file.open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as problem:
                raise FileIsWrong(file, number, Problem.NOT_UTF8) from problem
            if text:
                yield number, text
