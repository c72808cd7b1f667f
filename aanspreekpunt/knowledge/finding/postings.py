"""Which documents a term stands in, and how much it says about each: BM25 over fields.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.6: BM25F.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.reading import BODY
from aanspreekpunt.knowledge.finding.tables import added_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.reading import Terms, Text


@dataclass(frozen=True, slots=True)
class Weights:
    """How fields and lengths count. Chosen on our development sets where the measures hardly change any more."""

    title: float = 3.0
    words: float = 2.0
    lead: float = 2.2
    """The first sentence of a body, which most often repeats the question."""
    second: float = 1.5
    saturation: float = 1.5
    """k1: how soon repeating a word stops adding."""
    length: float = 0.5
    """b: how much a long document is held back."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents and impacts of all terms, those of term `t` from ``starts[t]`` to ``starts[t + 1]``."""

    starts: NDArray[np.int32]
    documents: NDArray[np.int32]
    impacts: NDArray[np.float32]
    rarity: NDArray[np.float32]
    """For each term how rare it is (idf); for words in all documents nearly 0."""
    most_rare: float
    """The rarity of a word that is in no document."""

    def of(self, term: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the documents with `term` and what it says about each, 0 to 1."""
        start, end = self.starts[term], self.starts[term + 1]
        return self.documents[start:end], self.impacts[start:end]


def postings_of(terms: Terms, *, count: int, weights: Weights) -> Postings:
    """Return the postings of `terms` in `count` documents."""
    text, size = terms.text, max(1, len(terms.keys))
    shares = terms.weight * place_weights(text, weights)[terms.source]
    documents = text.document[terms.source]
    lengths = np.bincount(documents, weights=terms.weight, minlength=count)
    times = added_up(terms.term, documents, shares, shape=(size, max(1, count)))
    norm = 1 - weights.length + weights.length * lengths / max(1.0, float(lengths.mean()) if count else 1.0)
    relative = times.values / np.maximum(norm[times.columns], 1e-6)
    frequency = np.diff(times.starts)
    return Postings(
        times.starts,
        times.columns,
        (relative / (weights.saturation + relative) * (1 + weights.saturation)).astype(np.float32),
        rarity(frequency, count).astype(np.float32),
        float(rarity(np.zeros(1), count)[0]),
    )


def rarity(frequency: NDArray[np.int64] | NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the idf of words that stand in `frequency` of `count` documents; never below 0."""
    return np.log1p((count - frequency + 0.5) / (frequency + 0.5))


def place_weights(text: Text, weights: Weights) -> NDArray[np.float32]:
    """Return for each word how much the place where it stands counts."""
    by_field = np.asarray([weights.title, weights.words, 1.0], dtype=np.float32)[text.field]
    within = text.sentence.astype(np.int64) - _first_body_sentence(text)[text.document]
    by_field[(text.field == BODY) & (within == 0)] = weights.lead
    by_field[(text.field == BODY) & (within == 1)] = weights.second
    return by_field


def _first_body_sentence(text: Text) -> NDArray[np.int64]:
    size = int(text.document.max()) + 1 if len(text.document) else 0
    first = np.full(size, 65_535, dtype=np.int64)
    body = text.field == BODY
    np.minimum.at(first, text.document[body], text.sentence[body])
    return first
