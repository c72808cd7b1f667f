"""Words by which people found an answer that does not say them: they bring it into view, and never to the top.

What a word adds that others found an answer by is less than what the word itself adds, and it never lifts an answer
above one that says the word itself in its title. So a word learned by mistake, or on purpose, can do little harm.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.found import Match
from aanspreekpunt.knowledge.finding.passages import Finds
from aanspreekpunt.knowledge.finding.ranking import Ranked
from aanspreekpunt.knowledge.finding.reading import BODY, TITLE
from aanspreekpunt.knowledge.finding.words.analysis import sense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.documents import Document
    from aanspreekpunt.knowledge.finding.query import Query

_ADDS, _COVERS = 1.2, 0.8
"""What a learned word adds to a score, and how much of it counts as said; both as a share of how much it says."""
_JUST_BELOW = 0.999
_MOST_ANSWERS = 50
"""A word that more answers were found by says nothing about any of them."""
NO_WAY = -1
"""Stands for the way in which a learned word is had: none of those in which the text may have it."""
_ITSELF = frozenset(("exact", "stem"))


@dataclass(frozen=True, slots=True)
class Learned:
    """By the stem of each learned word, the documents that are found by it, and the word as people type it."""

    by_stem: dict[str, tuple[tuple[int, str], ...]]

    def found_by(self, query: Query) -> dict[int, dict[int, str]]:
        """Return the documents found by words of `query`: for each, the numbers of those words and how it has them."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for number, word in enumerate(query.words if self.by_stem else ()):
            meaning = sense(word.typed) if word.is_subject else None
            for document, learned in self.by_stem.get(meaning.key, ()) if meaning else ():
                found[document][number] = learned
        return found


def learned_of(documents: Sequence[Document]) -> Learned:
    """Return what is learned about `documents`."""
    by_stem: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, document in enumerate(documents):
        for word in document.learned:
            meaning = sense(word)
            if meaning is not None:
                by_stem[meaning.key].append((number, word))
    return Learned({key: tuple(found) for key, found in by_stem.items() if len(found) <= _MOST_ANSWERS})


def with_learned(
    ranked: Ranked,
    query: Query,
    learned: Learned,
    *,
    admitted: NDArray[np.bool_] | None = None,
    prior: NDArray[np.float32],
) -> tuple[Ranked, dict[int, list[Match]]]:
    """Return the ranking with what learned words add, and for each document that has some what it has by them."""
    wanted = learned.found_by(query)
    found = {
        document: words
        for document, mine in wanted.items()
        if (admitted is None or admitted[document]) and (words := _not_said(document, mine, ranked, query))
    }
    if not found:
        return ranked, {}
    all_of_them = _joined(ranked, query, found)
    lifted = _lifted(all_of_them, ranked, query, found, prior=prior)
    why = {
        document: [Match(query.words[number].typed, word, "learned", ()) for number, word in mine.items()]
        for document, mine in found.items()
    }
    return _in_order(all_of_them, lifted), why


def _not_said(document: int, words: dict[int, str], ranked: Ranked, query: Query) -> dict[int, str]:
    """Leave out the words that a document says itself after all."""
    finds, place = ranked.finds, np.flatnonzero(ranked.documents == document)
    mine = np.flatnonzero(np.isin(finds.candidate, place))
    ways = zip(finds.word[mine].tolist(), finds.alternative[mine].tolist(), strict=True)
    said = {word for word, way in ways if query.words[word].alternatives[way].how in _ITSELF}
    return {number: word for number, word in words.items() if number not in said}


def _joined(ranked: Ranked, query: Query, found: dict[int, dict[int, str]]) -> Ranked:
    """Add the documents that only learned words find, and the learned words as finds of no place in a text."""
    added = sorted(found.keys() - set(ranked.documents.tolist()))
    documents = np.concatenate((ranked.documents, np.asarray(added, dtype=np.int64)))
    scores = np.concatenate((ranked.scores, np.zeros(len(added), dtype=np.float32)))
    place_of = {document: place for place, document in enumerate(documents.tolist())}
    rows = [(place_of[document], number) for document, words in found.items() for number in words]
    candidate, word = np.asarray(rows, dtype=np.int64).T
    asked = (query.words[number].rarity if query.words[number].alternatives else query.most_rare for number in word)
    value = _COVERS * np.fromiter(asked, np.float32, len(rows))
    nowhere = np.zeros(len(rows), dtype=np.int64)
    finds = ranked.finds
    more = Finds(candidate, word, nowhere + NO_WAY, value, nowhere, nowhere, np.full(len(rows), BODY, dtype=np.uint8))
    pairs = ((getattr(finds, each.name), getattr(more, each.name)) for each in fields(Finds))
    return Ranked(documents, scores, Finds(*map(np.concatenate, pairs)), ranked.total + len(added))


def _lifted(
    joined: Ranked, ranked: Ranked, query: Query, found: dict[int, dict[int, str]], *, prior: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the scores with what is added, kept just below those of documents with the word itself in their title."""
    reachable = sum(word.rarity for word in query.words) or 1.0
    ceilings = _ceilings(ranked, query)
    lifted = joined.scores.copy()
    for place, document in enumerate(joined.documents.tolist()):
        numbers = found.get(document, ())
        if numbers:
            added = _ADDS * sum(query.words[number].rarity for number in numbers) / reachable * float(prior[document])
            most = min((ceilings[number] for number in numbers if number in ceilings), default=np.inf)
            before = float(joined.scores[place])
            lifted[place] = max(before, min(before + added, most * _JUST_BELOW))
    return lifted


def _ceilings(ranked: Ranked, query: Query) -> dict[int, float]:
    """Return for each word of the query the lowest score of a document that says it itself in its title."""
    finds, lowest = ranked.finds, dict[int, float]()
    said = np.flatnonzero(finds.field == TITLE)
    columns = (finds.candidate[said], finds.word[said], finds.alternative[said])
    for candidate, word, way in zip(*(each.tolist() for each in columns), strict=True):
        if query.words[word].alternatives[way].how in _ITSELF:
            lowest[word] = min(lowest.get(word, np.inf), float(ranked.scores[candidate]))
    return lowest


def _in_order(joined: Ranked, scores: NDArray[np.float32]) -> Ranked:
    order = np.argsort(-scores, kind="stable")
    place_of = np.empty_like(order)
    place_of[order] = np.arange(len(order))
    finds = replace(joined.finds, candidate=place_of[joined.finds.candidate])
    return Ranked(joined.documents[order], scores[order], finds, joined.total)
