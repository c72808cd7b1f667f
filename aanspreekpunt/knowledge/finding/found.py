"""What a search returns: the finds, how sure it is, and why each was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.documents import Document

How = Literal[
    "exact",
    "stem",
    "part",
    "everyday",
    "synonym",
    "english",
    "spelling",
    "joined",
    "split",
    "prefix",
    "code",
    "question",
    "learned",
]
"""The ways in which a word fits; "question" is what kind of question it is, and never shown as a match, and "learned"
is a word by which others found it."""
Place = Literal["title", "words", "body"]
Certainty = Literal["good", "unsure", "nothing"]


@dataclass(frozen=True, slots=True)
class Match:
    """Why a document was found: how one word of the query fits it, and where."""

    typed: str
    matched: str
    """The word as the collection has it."""
    how: How
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One find. `score` is about 0 to 1 and compares finds of one search only."""

    document: Document
    score: float
    why: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a word of the query was understood, when it was not taken as typed."""

    typed: str
    taken_as: str
    how: How


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one search."""

    hits: tuple[Hit, ...]
    certainty: Certainty
    readings: tuple[Reading, ...] = ()
    was_cut: bool = False
    """Whether only the beginning of a very long query was looked at."""
    total: int = 0
    """How many documents share at least a word with the query."""
