"""Pieces of four letters: what still fits when a word is misspelled, bent or joined in a way that no rule knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from scipy.sparse import coo_array, csr_array

from aanspreekpunt.knowledge.finding.postings import place_weights, rarity
from aanspreekpunt.knowledge.finding.words.tokens import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.postings import Weights
    from aanspreekpunt.knowledge.finding.reading import Text

_SIZE = 4
_BUCKETS = 1 << 17
_FEW = 1 << 16
"""So many documents can be numbered in two bytes."""


@dataclass(frozen=True, slots=True)
class Grams:
    """BM25 over pieces of words, ready to add up: for each piece the documents and what it says about each."""

    starts: NDArray[np.int32]
    documents: NDArray[np.uint16] | NDArray[np.int32]
    impacts: NDArray[np.float32]
    rarity: NDArray[np.float32]
    count: int

    def scores(self, words: list[str]) -> tuple[NDArray[np.float32], float]:
        """Return a score for each document, and the score that a document with all pieces of `words` would reach."""
        total = np.zeros(self.count, dtype=np.float32)
        pieces = [piece for word in words for piece in pieces_of(word)]
        for piece in pieces:
            start, end = self.starts[piece], self.starts[piece + 1]
            total[self.documents[start:end]] += self.impacts[start:end]
        return total, float(sum(self.rarity[piece] for piece in pieces))


def grams_of(text: Text, *, count: int, weights: Weights, saturation: float = 0.9, length: float = 0.5) -> Grams:
    """Return the pieces of all words in `text`, of `count` documents; first sentences count for more there too."""
    surfaces = max(1, len(text.surfaces))
    counted = place_weights(text, replace(weights, title=weights.lead, words=weights.second))
    standing = coo_array((counted, (text.document, text.surface)), shape=(count, surfaces)).tocsr()
    rows, columns = [], []
    for number, surface in enumerate(text.surfaces):
        pieces = pieces_of(plain(surface))
        rows.extend([number] * len(pieces))
        columns.extend(pieces)
    made_of = csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(surfaces, _BUCKETS))
    times = (standing @ made_of).tocsc()
    sizes = np.diff(made_of.indptr)[text.surface] if rows else np.zeros(0)
    lengths = np.bincount(text.document, weights=sizes, minlength=count)
    norm = 1 - length + length * lengths / max(1.0, float(lengths.mean()) if count else 1.0)
    frequency = np.diff(times.indptr)
    rare = rarity(frequency, count).astype(np.float32)
    impacts = times.data.astype(np.float32, copy=False)
    impacts /= norm.astype(np.float32)[times.indices]
    impacts /= saturation + impacts
    impacts *= np.repeat(rare * np.float32(1 + saturation), frequency)
    documents = times.indices.astype(np.uint16) if count <= _FEW else times.indices
    return Grams(times.indptr, documents, impacts, rare, count)


def pieces_of(word: str) -> list[int]:
    """Return the numbers of the pieces of `word`; a short word is one piece."""
    padded = f" {word} "
    if len(padded) <= _SIZE:
        return [crc32(padded.encode()) % _BUCKETS]
    return [crc32(padded[at : at + _SIZE].encode()) % _BUCKETS for at in range(len(padded) - _SIZE + 1)]
