"""Says whether the finds answer the question, so that a bad list is not shown as if it were an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.found import Certainty
    from aanspreekpunt.knowledge.finding.query import Query
    from aanspreekpunt.knowledge.finding.ranking import Ranked

GOOD, UNSURE = 0.5, 0.25
"""Least score of the best find. Measured on our development sets; see docs/search.md."""


def certainty_of(_query: Query, ranked: Ranked) -> Certainty:
    """Return how sure the best find is."""
    best = float(ranked.scores[0]) if len(ranked.scores) else 0.0
    return "good" if best >= GOOD else "unsure" if best >= UNSURE else "nothing"
