"""Runs the search and the baselines over one collection, and lays what they reach side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.evaluation import baselines
from aanspreekpunt.knowledge.finding.evaluation.measures import MEASURES, measure
from aanspreekpunt.knowledge.finding.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.knowledge.finding.evaluation.collection import Collection
    from aanspreekpunt.knowledge.finding.evaluation.measures import Measure

Run = dict[str, list[tuple[str, float]]]
"""For each question the ids found with their scores, best first."""
OURS = "aanspreekpunt"
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way of searching reached."""

    name: str
    measures: tuple[Measure, ...]
    run: Run


def compare(collection: Collection) -> list[Outcome]:
    """Return the outcome of the search as the product does it, then of both baselines."""
    index = Index.build(collection.documents)
    stems, pieces = baselines.stems(collection.documents), baselines.pieces(collection.documents)
    return [
        _outcome(OURS, collection, lambda text: ranking(index, text)),
        _outcome("BM25, Dutch stems", collection, lambda text: stems.search(text, limit=DEPTH)),
        _outcome("BM25, 4 letters", collection, lambda text: pieces.search(text, limit=DEPTH)),
    ]


def ranking(index: Index, text: str) -> list[tuple[str, float]]:
    """Return what the product finds for a finished question, as ids with scores."""
    return [(hit.document.id, hit.score) for hit in index.search(text, limit=DEPTH).hits]


def table(outcomes: list[Outcome]) -> list[str]:
    """Return the lines to print."""
    width = max(len(outcome.name) for outcome in outcomes)
    lines = [" " * width + "".join(f"{name:>24}" for name in MEASURES)]
    for outcome in outcomes:
        cells = (f"{each.mean:.3f} ({each.low:.3f}-{each.high:.3f})" for each in outcome.measures)
        lines.append(f"{outcome.name:<{width}}" + "".join(f"{cell:>24}" for cell in cells))
    return lines


def trec_lines(outcome: Outcome) -> list[str]:
    """Return a run in the format of TREC: query, Q0, document, rank, score, name of the run."""
    return [
        f"{query} Q0 {document} {place} {score:.6f} {outcome.name}"
        for query, found in outcome.run.items()
        for place, (document, score) in enumerate(found, start=1)
    ]


def _outcome(name: str, collection: Collection, search: Callable[[str], list[tuple[str, float]]]) -> Outcome:
    run = {query: search(text) for query, text in collection.queries.items()}
    found = {query: [document for document, _score in hits] for query, hits in run.items()}
    return Outcome(name, measure(found, collection.right), run)
