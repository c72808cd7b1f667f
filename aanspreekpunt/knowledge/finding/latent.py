"""What documents are about, beyond their words: words that keep the same company lie near each other.

Source: Halko, Martinsson and Tropp, "Finding Structure with Randomness" (2011), algorithm 4.4, for the few strongest
directions of the table of documents and words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.tables import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.postings import Postings
    from aanspreekpunt.knowledge.finding.query import Query

_MOST, _DOCUMENTS_EACH = 64, 3
"""How many directions, and for how many documents one: with as many as documents nothing would be joined."""
_SPARE, _ROUNDS, _SEED = 8, 2, 14_0199
_FIRST_WAYS = 3


@dataclass(frozen=True, slots=True)
class Latent:
    """Where each document and each term lies in a room of few directions; those of documents have length 1."""

    documents: NDArray[np.float32]
    terms: NDArray[np.float16]

    def likeness(self, query: Query, documents: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much each of `documents` is about what `query` is about, 0 to 1."""
        pairs = [
            (term, weight * word.rarity)
            for word in query.words
            if word.is_subject
            for way in word.alternatives[:_FIRST_WAYS]
            for term, weight in way.terms
        ]
        if not pairs:
            return np.zeros(len(documents), dtype=np.float32)
        rows, weights = zip(*pairs, strict=True)
        meant = np.asarray(weights, dtype=np.float32) @ self.terms[list(rows)].astype(np.float32)
        length = max(float(np.linalg.norm(meant)), 1e-9)
        return np.asarray(np.maximum(self.documents[documents] @ meant / length, 0.0), dtype=np.float32)


def latent_of(postings: Postings, *, count: int) -> Latent:
    """Return the room of `count` documents; the same documents always give the same."""
    words = len(postings.rarity)
    size = min(_MOST, count // _DOCUMENTS_EACH, words)
    if not size:
        return Latent(np.zeros((count, 1), np.float32), np.zeros((words, 1), np.float16))
    by_term = _table(postings, count)
    by_document = by_term.turned(count)
    terms = _directions(by_document, by_term, size)
    documents = by_document.times(terms)
    documents /= np.maximum(np.linalg.norm(documents, axis=1, keepdims=True), 1e-9)
    return Latent(documents, terms.astype(np.float16))


def _table(postings: Postings, count: int) -> Table:
    """Return by term what it says about each document, the column of each document of length 1."""
    said = postings.impacts * np.repeat(postings.rarity, np.diff(postings.starts))
    lengths = np.sqrt(np.bincount(postings.documents, weights=said**2, minlength=count)).astype(np.float32)
    said /= np.maximum(lengths, 1e-9)[postings.documents]
    return Table(postings.starts, postings.documents, said)


def _directions(by_document: Table, by_term: Table, size: int) -> NDArray[np.float32]:
    """Return for each term where it lies along the `size` strongest directions of the table."""
    documents, words = len(by_document.starts) - 1, len(by_term.starts) - 1
    wide = min(size + _SPARE, documents, words)
    start = np.random.default_rng(_SEED).standard_normal((words, wide), dtype=np.float32)
    found = np.linalg.qr(by_document.times(start))[0]
    for _round in range(_ROUNDS):
        found = np.linalg.qr(by_document.times(by_term.times(found)))[0]
    across = by_term.times(found)
    values, turned = np.linalg.eigh(across.T @ across)
    strongest = np.argsort(-values)[:size]
    spread = np.sqrt(np.maximum(values[strongest], 1e-9))
    return np.asarray(across @ turned[:, strongest] / spread, dtype=np.float32)
