"""What somebody typed, as the index understands it: for each word the ways in which a document may have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.found import How, Reading

LONGEST = 600
"""Letters of a query that are looked at; the rest says no better what is meant."""
MOST_WORDS = 40
BESIDE = 1.2
"""How much rarer than the word typed another word for it may count."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A way in which a document may have a word: all `terms` count together, each as much as its weight says."""

    terms: tuple[tuple[int, float], ...]
    how: How
    word: str


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word that says what the question is about."""

    typed: str
    place: int
    alternatives: tuple[Alternative, ...]
    rarity: float
    """How much it says: the idf of the best way to have it; of a strange word that of a word nobody uses."""
    is_subject: bool = True
    """Whether it says what the question is about, not what kind of question it is."""


@dataclass(frozen=True, slots=True)
class Query:
    """All that was typed."""

    words: tuple[QueryWord, ...]
    plain_words: tuple[str, ...]
    """All words as typed, for what looks at letters only."""
    meant_words: tuple[str, ...]
    """The same, with what a wrong one is taken for in its place."""
    readings: tuple[Reading, ...]
    was_cut: bool
    most_rare: float
    """The rarity of a word that no document has."""
