"""The words of each document in order, to see whether those of a query stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.query import BESIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.query import Query
    from aanspreekpunt.knowledge.finding.reading import Terms


@dataclass(frozen=True, slots=True)
class Finds:
    """Where words of a query stand in some documents; each array has one number for each find."""

    candidate: NDArray[np.int64]
    word: NDArray[np.int64]
    alternative: NDArray[np.int64]
    value: NDArray[np.float32]
    """What it says: the rarity of the word times how near it is to what was typed."""
    sentence: NDArray[np.int64]
    place: NDArray[np.int64]
    field: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Passages:
    """All entries of the collection, those of document `d` from ``starts[d]`` to ``starts[d + 1]``."""

    starts: NDArray[np.int64]
    term: NDArray[np.int32]
    weight: NDArray[np.float32]
    place: NDArray[np.uint16]
    sentence: NDArray[np.uint16]
    field: NDArray[np.uint8]

    def find(self, query: Query, rarities: NDArray[np.float32], documents: NDArray[np.int64]) -> Finds:
        """Return where the words of `query` stand in `documents`."""
        entries, candidate = self._entries(documents)
        ways = _ways(query, rarities)
        here = self.term[entries]
        some = np.flatnonzero(ways.wanted[here])
        first = np.searchsorted(ways.term, here[some], side="left")
        counts = np.searchsorted(ways.term, here[some], side="right") - first
        at = np.repeat(some, counts)
        way = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(len(at))
        entry = entries[at]
        return Finds(
            candidate[at],
            ways.word[way],
            ways.alternative[way],
            ways.value[way] * self.weight[entry],
            self.sentence[entry].astype(np.int64),
            self.place[entry].astype(np.int64),
            self.field[entry],
        )

    def _entries(self, documents: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        first = self.starts[documents]
        counts = self.starts[documents + 1] - first
        candidate = np.repeat(np.arange(len(documents)), counts)
        before = np.cumsum(counts) - counts
        return np.arange(int(counts.sum())) + np.repeat(first - before, counts), candidate


@dataclass(frozen=True, slots=True)
class _Ways:
    """All ways in which words of a query may stand somewhere, by term."""

    wanted: NDArray[np.bool_]
    term: NDArray[np.int64]
    word: NDArray[np.int64]
    alternative: NDArray[np.int64]
    value: NDArray[np.float32]


def _ways(query: Query, rarities: NDArray[np.float32]) -> _Ways:
    rows = sorted(
        (term, number, rank, weight * min(float(rarities[term]), word.rarity * BESIDE))
        for number, word in enumerate(query.words)
        for rank, alternative in enumerate(word.alternatives)
        for term, weight in alternative.terms
    )
    term, word, alternative, value = zip(*rows, strict=True) if rows else ((), (), (), ())
    wanted = np.zeros(len(rarities), dtype=bool)
    wanted[list(term)] = True
    return _Ways(
        wanted,
        np.asarray(term, dtype=np.int64),
        np.asarray(word, dtype=np.int64),
        np.asarray(alternative, dtype=np.int64),
        np.asarray(value, dtype=np.float32),
    )


def passages_of(terms: Terms, *, count: int) -> Passages:
    """Return the passages of `count` documents."""
    text = terms.text
    per_document = np.bincount(text.document[terms.source], minlength=count)
    return Passages(
        np.concatenate(([0], np.cumsum(per_document))),
        terms.term,
        terms.weight,
        text.place[terms.source],
        text.sentence[terms.source],
        text.field[terms.source],
    )
