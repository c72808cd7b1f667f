"""The words of each document in order, to see whether those of a query stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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
        here = self.term[entries]
        wanted = np.zeros(len(rarities), dtype=bool)
        ways = [
            (number, rank, term, weight)
            for number, word in enumerate(query.words)
            for rank, alternative in enumerate(word.alternatives)
            for term, weight in alternative.terms
        ]
        wanted[[term for _number, _rank, term, _weight in ways]] = True
        some = np.flatnonzero(wanted[here])
        here = here[some]
        rows = [(way, np.flatnonzero(here == way[2])) for way in ways]
        at = np.concatenate([some[found] for _way, found in rows]) if rows else np.zeros(0, dtype=np.int64)
        sizes = [len(found) for _way, found in rows]
        entry = entries[at]
        share = np.repeat(np.asarray([self._value(query, way, rarities) for way, _found in rows], np.float32), sizes)
        return Finds(
            candidate[at],
            np.repeat(np.asarray([way[0] for way, _found in rows], np.int64), sizes),
            np.repeat(np.asarray([way[1] for way, _found in rows], np.int64), sizes),
            share * self.weight[entry],
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

    @staticmethod
    def _value(query: Query, way: tuple[int, int, int, float], rarities: NDArray[np.float32]) -> float:
        number, _rank, term, weight = way
        return weight * min(float(rarities[term]), query.words[number].rarity * 1.2)


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
