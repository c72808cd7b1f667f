"""A small collection to search in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aanspreekpunt.knowledge.finding.documents import Document
from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.starter.reading import starter_answers

DATA = Path(__file__).parent / "data"
_VALUE = re.compile(r"\{\{ *(\w+) *\}\}")


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def document(id: str, body: str = "", **more: Any) -> Document:  # noqa: A002 - named as in Document
    return Document(id=id, body=body, **more)


@cache
def some_documents(*, titles: bool) -> tuple[Document, ...]:
    """Return the answers of the starter base that somebody wrote questions for."""
    asked = set(read(DATA / "questions.yaml"))
    return tuple(
        Document(
            id=answer.key,
            title=_VALUE.sub(_value, answer.question) if titles else "",
            words=answer.search_words if titles else (),
            body=_VALUE.sub(_value, answer.answer),
            products=frozenset(answer.products),
        )
        for answer in starter_answers()
        if answer.key in asked
    )


def _value(found: re.Match[str]) -> str:
    return found[1].replace("_", " ")


@cache
def some_index(*, titles: bool = True) -> Index:
    return Index.build(some_documents(titles=titles))


def first(text: str, *, typing: bool = False) -> str:
    """Return the id of the first find in these answers; nothing when there is none."""
    hits = some_index().search(text, limit=1, typing=typing).hits
    return hits[0].document.id if hits else ""
