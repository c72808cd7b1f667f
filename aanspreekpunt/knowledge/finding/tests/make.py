"""A small collection to search in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aanspreekpunt.knowledge.finding.documents import Document
from aanspreekpunt.knowledge.finding.index import Index

DATA = Path(__file__).parent / "data"
ARTICLES = Path(__file__).resolve().parents[3] / "setup/data/demo/articles.yaml"


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def document(id: str, body: str = "", **more: Any) -> Document:  # noqa: A002 - named as in Document
    return Document(id=id, body=body, **more)


@cache
def demo_documents(*, titles: bool) -> tuple[Document, ...]:
    return tuple(
        Document(
            id=article["key"],
            title=article["question"] if titles else "",
            words=tuple(article["search_words"]) if titles else (),
            body=article["answer"],
            products=frozenset({article.get("product", "")}),
        )
        for article in read(ARTICLES)
    )


@cache
def demo_index(*, titles: bool = True) -> Index:
    return Index.build(demo_documents(titles=titles))


def first(text: str, *, typing: bool = False) -> str:
    """Return the id of the first find in the demo answers; nothing when there is none."""
    hits = demo_index().search(text, limit=1, typing=typing).hits
    return hits[0].document.id if hits else ""
