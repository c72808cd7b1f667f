"""Says whether the finds answer the question, so that a bad list is not shown as if it were an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.reading import TITLE

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.found import Certainty
    from aanspreekpunt.knowledge.finding.query import Query
    from aanspreekpunt.knowledge.finding.ranking import Ranked

GOOD, UNSURE = 2.58, 1.8
"""Least sum of the share of the question that one of the first finds covers and the score of the first, which knows
letters, nearness and subject as well. Measured on our development sets: docs/search.md."""
_TITLED = 0.4
"""How much more it must be for a find by its title to be good: one word of it that fits by chance counts for much."""
_FIRST = 3


def certainty_of(query: Query, ranked: Ranked) -> Certainty:
    """Return how sure it is that the first finds are about what was asked."""
    share = covered_share(query, ranked)
    by_title = bool((ranked.finds.field[ranked.finds.candidate == 0] == TITLE).any())
    sure = share + float(ranked.scores[0]) if share else 0.0
    return "good" if sure >= GOOD + _TITLED * by_title else "unsure" if sure >= UNSURE else "nothing"


def covered_share(query: Query, ranked: Ranked) -> float:
    """Return how much of what the question says the best of the first finds covers, 0 to 1.

    Each word counts as much as it is rare, and a word that no document has as the rarest; another word for the one
    that was typed covers it in part.
    """
    asked = [word.rarity if word.alternatives else query.most_rare for word in query.words]
    subject = np.asarray([value if word.is_subject else 0.0 for word, value in zip(query.words, asked, strict=True)])
    if not subject.sum() or not len(ranked.documents):
        return 0.0
    finds = ranked.finds
    first = np.flatnonzero(finds.candidate < _FIRST)
    covered = np.zeros((_FIRST, len(subject)))
    np.maximum.at(covered, (finds.candidate[first], finds.word[first]), finds.value[first])
    return float((np.minimum(covered, subject).sum(axis=1) / subject.sum()).max())
