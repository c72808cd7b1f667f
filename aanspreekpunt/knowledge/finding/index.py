"""The index: everything that can be found, in memory; built whole and never changed, so threads may share it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.certainty import certainty_of
from aanspreekpunt.knowledge.finding.documents import EVERYTHING, Facets
from aanspreekpunt.knowledge.finding.found import Found, Hit, Match
from aanspreekpunt.knowledge.finding.grams import Grams, grams_of
from aanspreekpunt.knowledge.finding.latent import Latent, latent_of
from aanspreekpunt.knowledge.finding.learned import NO_WAY, Learned, learned_of, with_learned
from aanspreekpunt.knowledge.finding.passages import Passages, passages_of
from aanspreekpunt.knowledge.finding.phrases import Phrases, phrases_of
from aanspreekpunt.knowledge.finding.postings import Postings, Weights, postings_of
from aanspreekpunt.knowledge.finding.ranking import Shares, rank, scored
from aanspreekpunt.knowledge.finding.reading import PLACES, read_documents, terms_of
from aanspreekpunt.knowledge.finding.understanding import Understanding
from aanspreekpunt.knowledge.finding.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.documents import Document
    from aanspreekpunt.knowledge.finding.found import Place
    from aanspreekpunt.knowledge.finding.query import Query
    from aanspreekpunt.knowledge.finding.ranking import Ranked, Scored

_MOST_LEARNED, _MANY = 0.08, 200
"""What learning adds at most to a score, and after how many settled questions."""
_MOST_HITS, _MOST_FILTERS = 100, 64
_PLACES_BY_BITS: tuple[tuple[Place, ...], ...] = tuple(
    tuple(place for number, place in enumerate(PLACES) if bits >> number & 1) for bits in range(1 << len(PLACES))
)
"""The places of a find by the bits of their fields."""


@dataclass(frozen=True, slots=True)
class Index:
    """Finds documents. Make one with `Index.build`; to change it, build another and put it in its place."""

    documents: tuple[Document, ...]
    _understanding: Understanding
    _postings: Postings
    _grams: Grams
    _phrases: Phrases
    _passages: Passages
    _latent: Latent
    _learned: Learned
    _prior: NDArray[np.float32]
    _shares: Shares
    _admitted_by: dict[Facets, NDArray[np.bool_]] = field(default_factory=dict)
    """Remembered for each filter that was asked; more than a few dozen are never in use at once."""

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
        weights = weights or Weights()
        postings = postings_of(terms, count=count, weights=weights)
        vocabulary = Vocabulary(zip(text.surfaces, times.tolist(), strict=True))
        return cls(
            listed,
            Understanding(terms.keys, postings, vocabulary),
            postings,
            grams_of(text, count=count, weights=weights),
            phrases_of(listed),
            passages_of(terms, count=count),
            latent_of(postings, count=count),
            learned_of(listed),
            _prior(listed),
            shares or Shares(),
        )

    def search(self, text: str, *, limit: int = 10, facets: Facets = EVERYTHING, typing: bool = False) -> Found:
        """Return what fits `text`, best first; while `typing`, its last word may be half a word."""
        return self.search_each(text, [(facets, limit)], typing=typing)[0]

    def search_each(self, text: str, asked: Sequence[tuple[Facets, int]], *, typing: bool = False) -> list[Found]:
        """Return what fits `text` for each of several wishes, with how many finds at most; read and scored once."""
        query = self._understanding.read(text, typing=typing)
        if not query.words or not self.documents:
            return [Found((), "nothing", query.readings, query.was_cut)] * len(asked)
        all_scored = scored(
            query, self._postings, self._grams, phrases=self._phrases, prior=self._prior, shares=self._shares
        )
        return [self._found(query, all_scored, facets, limit) for facets, limit in asked]

    def _found(self, query: Query, all_scored: Scored, facets: Facets, limit: int) -> Found:
        admitted = self._admitted(facets)
        ranked = rank(
            query,
            all_scored,
            self._passages,
            self._latent,
            rarities=self._postings.rarity,
            admitted=admitted,
            prior=self._prior,
            shares=self._shares,
        )
        ranked, taught = with_learned(ranked, query, self._learned, admitted=admitted, prior=self._prior)
        shown = max(0, min(limit, _MOST_HITS, len(ranked.documents)))
        why = _why(query, ranked, shown)
        hits = tuple(
            Hit(self.documents[number], float(ranked.scores[place]), (*why[place], *taught.get(number, ())))
            for place, number in enumerate(ranked.documents[:shown].tolist())
        )
        return Found(hits, certainty_of(query, ranked), query.readings, query.was_cut, ranked.total)

    def has_words_of(self, text: str) -> bool:
        """Say whether all words of `text` stand in the documents themselves, the last one at least as a beginning."""
        return self._understanding.has_words_of(text)

    def knows(self, word: str) -> bool:
        """Say whether a word, in small plain letters, stands in any of the documents."""
        return word in self._understanding.vocabulary

    def _admitted(self, facets: Facets) -> NDArray[np.bool_] | None:
        if facets.ask_nothing:
            return None
        admitted = self._admitted_by.get(facets)
        if admitted is None:
            if len(self._admitted_by) >= _MOST_FILTERS:
                self._admitted_by.clear()
            admitted = np.fromiter((facets.admit(each) for each in self.documents), bool, len(self.documents))
            self._admitted_by[facets] = admitted
        return admitted


def _why(query: Query, ranked: Ranked, shown: int) -> list[tuple[Match, ...]]:
    """Return for each find that is shown, and each word of the query, the best way in which it has the word."""
    finds, words = ranked.finds, len(query.words)
    mine = np.flatnonzero((finds.candidate < shown) & (finds.alternative != NO_WAY))
    matches: list[list[Match]] = [[] for _place in range(shown)]
    if not len(mine):
        return [()] * shown
    pairs = finds.candidate[mine] * words + finds.word[mine]
    order = np.lexsort((-finds.value[mine], pairs))
    pairs, mine = pairs[order], mine[order]
    first = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
    places = np.bitwise_or.reduceat(1 << finds.field[mine].astype(np.intp), first)
    best = finds.alternative[mine[first]]
    for pair, alternative, where in zip(pairs[first].tolist(), best.tolist(), places.tolist(), strict=True):
        candidate, word = divmod(pair, words)
        typed, way = query.words[word].typed, query.words[word].alternatives[alternative]
        if way.how != "question":
            matches[candidate].append(Match(typed, way.word, way.how, _PLACES_BY_BITS[where]))
    return [tuple(each) for each in matches]


def _prior(documents: tuple[Document, ...]) -> NDArray[np.float32]:
    """Return what learning adds, as a factor from 1: bounded, and soon little more for each further question."""
    settled = np.asarray([max(0, document.settled) for document in documents], dtype=np.float64)
    return np.asarray(1 + _MOST_LEARNED * np.minimum(1.0, np.log1p(settled) / np.log1p(_MANY)), dtype=np.float32)
