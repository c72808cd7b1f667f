"""Puts documents in order: first by their words and letters, then the best by how the words stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.query import BESIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.grams import Grams
    from aanspreekpunt.knowledge.finding.latent import Latent
    from aanspreekpunt.knowledge.finding.passages import Finds, Passages
    from aanspreekpunt.knowledge.finding.phrases import Phrases
    from aanspreekpunt.knowledge.finding.postings import Postings
    from aanspreekpunt.knowledge.finding.query import Alternative, Query, QueryWord


_OTHER_WAYS = 0.35
_PLACE_BITS = 16
"""Places in a document are kept in so many."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How much each way of looking adds. Chosen on our development sets, in the middle of where it hardly matters."""

    grams: float = 1.0
    nearness: float = 1.0
    latent: float = 0.45
    kind: float = 0.15
    phrase: float = 2.0
    """For who types a whole search phrase of a document and nothing else."""
    candidates: int = 60
    farthest: int = 6
    """How many words apart two words of the query may stand to support each other."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents, best first, with their scores (0 to about 1) and where the words were found."""

    documents: NDArray[np.int64]
    scores: NDArray[np.float32]
    finds: Finds
    total: int


@dataclass(frozen=True, slots=True)
class Scored:
    """What all documents score before any is left out, in words alone and in all, and what can be reached."""

    words: NDArray[np.float32]
    score: NDArray[np.float32]
    reachable: float


def scored(
    query: Query, postings: Postings, grams: Grams, *, phrases: Phrases, prior: NDArray[np.float32], shares: Shares
) -> Scored:
    """Return what each document has of `query`."""
    words = word_scores(query, postings, count=len(prior))
    reachable = sum(word.rarity for word in query.words) or 1.0
    letters, most = grams.scores(_letters(query))
    score = words + shares.grams * reachable / (most or 1.0) * letters
    whole = phrases.shares(query.meant_words, count=len(prior))
    if whole is not None:
        score += shares.phrase * reachable * whole * whole
    score *= prior
    return Scored(words, score, reachable)


def rank(
    query: Query,
    all_scored: Scored,
    passages: Passages,
    latent: Latent,
    *,
    rarities: NDArray[np.float32],
    admitted: NDArray[np.bool_] | None = None,
    prior: NDArray[np.float32],
    shares: Shares,
) -> Ranked:
    """Return the documents that fit `query`, of those `admitted`."""
    words, score, reachable = all_scored.words, all_scored.score, all_scored.reachable
    if admitted is not None:
        score = score * admitted
    total = int(np.count_nonzero(words if admitted is None else words * admitted))
    size = min(shares.candidates, int(np.count_nonzero(score)))
    best = np.argpartition(-score, size - 1)[:size] if size else np.zeros(0, dtype=np.int64)
    finds = passages.find(query, rarities, best)
    score = score[best]
    again = shares.nearness * _nearness(finds, size, shares.farthest)
    again += shares.latent * reachable * latent.likeness(query, best)
    again += shares.kind * reachable * _kinds_answered(query, finds, size)
    score += prior[best] * again
    order = np.argsort(-score, kind="stable")
    scores = np.asarray(score[order] / reachable, dtype=np.float32)
    return Ranked(best[order], scores, _reordered(finds, order), total)


def _letters(query: Query) -> list[str]:
    """Return the words to compare by their letters: as typed, and what wrong ones are taken for as well."""
    typed = set(query.plain_words)
    return [*query.plain_words, *(word for word in query.meant_words if word not in typed)]


def word_scores(query: Query, postings: Postings, *, count: int) -> NDArray[np.float32]:
    """Return for each document what it has of each word, added up.

    A word counts in its best way, and its other ways together a little more: who writes *kliko* and *container* and
    *afvalcontainer* is more about it than who writes one of them. Together they never count more than the best.
    """
    total = np.zeros(count, dtype=np.float32)
    for word in query.words:
        best = np.zeros(count, dtype=np.float32)
        sums = np.zeros(count, dtype=np.float32) if len(word.alternatives) > 1 else best
        for alternative in word.alternatives:
            _add_way(best, sums, alternative, word, postings)
        total += best + _OTHER_WAYS * np.minimum(sums - best, best) if sums is not best else best
    return total


def _add_way(
    best: NDArray[np.float32], sums: NDArray[np.float32], way: Alternative, word: QueryWord, postings: Postings
) -> None:
    """Raise `best` to what a word is worth in this way, and add that to `sums` when it is another array."""
    if len(way.terms) == 1:
        documents, values = _worth(way.terms[0], word, postings)
        best[documents] = np.maximum(best[documents], values)
        if sums is not best:
            sums[documents] += values
        return
    together = np.zeros(len(best), dtype=np.float32)
    for term in way.terms:
        documents, values = _worth(term, word, postings)
        together[documents] += values
    np.maximum(best, together, out=best)
    if sums is not best:
        sums += together


def _worth(
    weighted: tuple[int, float], word: QueryWord, postings: Postings
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    term, weight = weighted
    documents, impacts = postings.of(term)
    return documents, impacts * np.float32(weight * min(float(postings.rarity[term]), word.rarity * BESIDE))


def _kinds_answered(query: Query, finds: Finds, size: int) -> NDArray[np.float32]:
    """Return for each candidate which share of the kinds of question it has a word of an answer to."""
    kinds = np.flatnonzero([not word.is_subject for word in query.words])
    has = np.zeros((size, len(query.words)), dtype=bool)
    has[finds.candidate, finds.word] = True
    return has[:, kinds].mean(axis=1, dtype=np.float32) if len(kinds) else np.zeros(size, dtype=np.float32)


def _nearness(finds: Finds, size: int, farthest: int) -> NDArray[np.float32]:
    """Return for each candidate how near each pair of query words comes, worth the lesser of the two."""
    result = np.zeros(size, dtype=np.float32)
    if len(finds.candidate) <= 1:
        return result
    order = np.argsort(finds.candidate << _PLACE_BITS | finds.place, kind="stable")
    candidate, place = finds.candidate[order], finds.place[order]
    word, value = finds.word[order], finds.value[order]
    groups, values = [], []
    for step in (1, 2, 3):
        apart = place[step:] - place[:-step]
        near = np.flatnonzero((apart <= farthest) & (apart > 0) & (candidate[step:] == candidate[:-step]))
        one, other = word[near + step], word[near]
        groups.append((candidate[near] << 16) | (np.minimum(one, other) << 8) | np.maximum(one, other))
        both = np.minimum(value[near + step], value[near]) * (one != other)
        values.append(both / np.sqrt(apart[near]))
    group, near_value = np.concatenate(groups), np.concatenate(values)
    if not len(group):
        return result
    order = np.argsort(group, kind="stable")
    group = group[order]
    first = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
    np.add.at(result, group[first] >> 16, np.maximum.reduceat(near_value[order], first).astype(np.float32))
    return result


def _reordered(finds: Finds, order: NDArray[np.int64]) -> Finds:
    """Return the finds with the candidates numbered as they are ordered now."""
    rank_of = np.empty(len(order), dtype=np.int64)
    rank_of[order] = np.arange(len(order))
    candidate = rank_of[finds.candidate] if len(order) else finds.candidate
    return type(finds)(candidate, finds.word, finds.alternative, finds.value, finds.sentence, finds.place, finds.field)
