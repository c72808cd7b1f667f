"""Pieces of four letters: what still fits when a word is misspelled, bent or joined in a way that no rule knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from aanspreekpunt.knowledge.finding.postings import place_weights, rarity
from aanspreekpunt.knowledge.finding.tables import added_up, roughly_added_up
from aanspreekpunt.knowledge.finding.words.tokens import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.postings import Weights
    from aanspreekpunt.knowledge.finding.reading import Text
    from aanspreekpunt.knowledge.finding.tables import Table

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
        if not pieces:
            return total, 0.0
        numbers = np.asarray(pieces)
        bounds = list(zip(self.starts[numbers].tolist(), self.starts[numbers + 1].tolist(), strict=True))
        documents = np.concatenate([self.documents[start:end] for start, end in bounds])
        impacts = np.concatenate([self.impacts[start:end] for start, end in bounds])
        np.add.at(total, documents.astype(np.intp), impacts)
        return total, float(sum(self.rarity[numbers].tolist()))


def grams_of(text: Text, *, count: int, weights: Weights, saturation: float = 0.9, length: float = 0.5) -> Grams:
    """Return the pieces of all words in `text`, of `count` documents; first sentences count for more there too."""
    pieces = [pieces_of(plain(surface)) for surface in text.surfaces]
    counted = place_weights(text, replace(weights, title=weights.lead, words=weights.second))
    times = _times(text, pieces, counted, max(1, count))
    sizes = np.asarray([len(each) for each in pieces], dtype=np.int64)
    lengths = np.bincount(text.document, weights=sizes[text.surface], minlength=count)
    norm = 1 - length + length * lengths / max(1.0, float(lengths.mean()) if count else 1.0)
    frequency = np.diff(times.starts)
    rare = rarity(frequency, count).astype(np.float32)
    impacts = times.values
    impacts /= norm.astype(np.float32)[times.columns]
    impacts /= saturation + impacts
    impacts *= np.repeat(rare * np.float32(1 + saturation), frequency)
    documents = times.columns.astype(np.uint16) if count <= _FEW else times.columns
    return Grams(times.starts, documents, impacts, rare, count)


def _times(text: Text, pieces: list[list[int]], counted: NDArray[np.float32], count: int) -> Table:
    """Return how often each piece is in each document, each word as much as it is `counted`; by piece."""
    standing = added_up(text.document, text.surface, counted, shape=(count, max(1, len(text.surfaces))))
    document = np.repeat(np.arange(count), np.diff(standing.starts))
    sizes = np.asarray([len(each) for each in pieces], dtype=np.int64)
    first = np.cumsum(sizes) - sizes
    each = sizes[standing.columns]
    within = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each)
    made_of = np.fromiter(chain.from_iterable(pieces), np.int64, int(sizes.sum()))
    piece = made_of[np.repeat(first[standing.columns], each) + within]
    often = np.repeat(standing.values, each)
    return roughly_added_up(piece, np.repeat(document, each), often, shape=(_BUCKETS, count))


def pieces_of(word: str) -> list[int]:
    """Return the numbers of the pieces of `word`; a short word is one piece."""
    padded = f" {word} "
    if len(padded) <= _SIZE:
        return [crc32(padded.encode()) % _BUCKETS]
    return [crc32(padded[at : at + _SIZE].encode()) % _BUCKETS for at in range(len(padded) - _SIZE + 1)]
