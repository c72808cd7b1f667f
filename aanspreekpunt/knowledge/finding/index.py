"""The index: everything that can be found, in memory; built whole and never changed, so threads may share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.certainty import certainty_of
from aanspreekpunt.knowledge.finding.documents import EVERYTHING, Facets
from aanspreekpunt.knowledge.finding.found import Found, Hit, Match
from aanspreekpunt.knowledge.finding.grams import Grams, grams_of
from aanspreekpunt.knowledge.finding.passages import Passages, passages_of
from aanspreekpunt.knowledge.finding.postings import Postings, Weights, postings_of
from aanspreekpunt.knowledge.finding.ranking import Shares, rank
from aanspreekpunt.knowledge.finding.reading import PLACES, read_documents, terms_of
from aanspreekpunt.knowledge.finding.understanding import Understanding
from aanspreekpunt.knowledge.finding.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.documents import Document
    from aanspreekpunt.knowledge.finding.query import Query
    from aanspreekpunt.knowledge.finding.ranking import Ranked

_MOST_LEARNED, _MANY = 0.08, 200
"""What learning adds at most to a score, and after how many settled questions."""
_MOST_HITS = 100


@dataclass(frozen=True, slots=True)
class Index:
    """Finds documents. Make one with `Index.build`; to change it, build another and put it in its place."""

    documents: tuple[Document, ...]
    _understanding: Understanding
    _postings: Postings
    _grams: Grams
    _passages: Passages
    _prior: NDArray[np.float32]
    _shares: Shares

    @classmethod
    def build(
        cls, documents: Iterable[Document], *, weights: Weights | None = None, shares: Shares | None = None
    ) -> Index:
        """Build the index of `documents`; about half a second for each thousand."""
        listed = tuple(documents)
        count = len(listed)
        text = read_documents(listed)
        terms = terms_of(text)
        times = np.bincount(text.surface, minlength=len(text.surfaces))
        postings = postings_of(terms, count=count, weights=weights or Weights())
        vocabulary = Vocabulary(zip(text.surfaces, times.tolist(), strict=True))
        return cls(
            listed,
            Understanding(terms.keys, postings, vocabulary),
            postings,
            grams_of(text, count=count),
            passages_of(terms, count=count),
            _prior(listed),
            shares or Shares(),
        )

    def search(self, text: str, *, limit: int = 10, facets: Facets = EVERYTHING, typing: bool = False) -> Found:
        """Return what fits `text`, best first; while `typing`, its last word may be half a word."""
        query = self._understanding.read(text, typing=typing)
        if not query.words or not self.documents:
            return Found((), "nothing", query.readings, query.was_cut)
        ranked = rank(
            query,
            self._postings,
            self._grams,
            self._passages,
            admitted=self._admitted(facets),
            prior=self._prior,
            shares=self._shares,
        )
        shown = max(0, min(limit, _MOST_HITS, len(ranked.documents)))
        hits = tuple(self._hit(query, ranked, place) for place in range(shown))
        return Found(hits, certainty_of(query, ranked), query.readings, query.was_cut, ranked.total)

    def _admitted(self, facets: Facets) -> NDArray[np.bool_] | None:
        if facets.ask_nothing:
            return None
        return np.fromiter((facets.admit(document) for document in self.documents), bool, len(self.documents))

    def _hit(self, query: Query, ranked: Ranked, place: int) -> Hit:
        document = self.documents[int(ranked.documents[place])]
        return Hit(document, float(ranked.scores[place]), _why(query, ranked, place))


def _why(query: Query, ranked: Ranked, place: int) -> tuple[Match, ...]:
    """Return for each word of the query the best way in which this find has it."""
    finds = ranked.finds
    mine = np.flatnonzero(finds.candidate == place)
    best: dict[int, tuple[float, int]] = {}
    places: dict[int, set[int]] = {}
    for entry in mine.tolist():
        word, value = int(finds.word[entry]), float(finds.value[entry])
        places.setdefault(word, set()).add(int(finds.field[entry]))
        if word not in best or value > best[word][0]:
            best[word] = value, int(finds.alternative[entry])
    matches = []
    for number, (_value, rank_of) in sorted(best.items()):
        way = query.words[number].alternatives[rank_of]
        where = tuple(PLACES[field] for field in sorted(places[number]))
        matches.append(Match(query.words[number].typed, way.word, way.how, where))
    return tuple(matches)


def _prior(documents: tuple[Document, ...]) -> NDArray[np.float32]:
    """Return what learning adds, as a factor from 1: bounded, and soon little more for each further question."""
    settled = np.asarray([max(0, document.settled) for document in documents], dtype=np.float64)
    return (1 + _MOST_LEARNED * np.minimum(1.0, np.log1p(settled) / np.log1p(_MANY))).astype(np.float32)
