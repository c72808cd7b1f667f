"""Counting what is searched for, without keeping anything about whoever searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.words.lexicon import dutch_words
from aanspreekpunt.knowledge.finding.words.tokens import is_code, tokens
from aanspreekpunt.knowledge.operations.uses import tally_search
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.search.results import Results

MOST_WORDS = 8
"""A longer text is a story; its first words say what it is about."""
_LEFT_OUT = "…"


def known_words(text: str) -> str:
    """Return the words of `text` that stand in a Dutch dictionary; a name, number or address becomes "…".

    A search for a person or an address says nothing that an editor needs, and must not be kept.
    """
    words = [token.word for token in tokens(text[:400])][:MOST_WORDS]
    kept = [word if not is_code(word) and word in dutch_words() else _LEFT_OUT for word in words]
    return "" if all(word == _LEFT_OUT for word in kept) else " ".join(kept)


def note_search(*, text: str, results: Results, face: str, at: datetime) -> None:
    """Count a search that somebody finished, by the words of it that may be kept."""
    tally_search(text=known_words(text), certainty=results.certainty, face=face, on=local_date(at))
