"""Counting what is searched for, without keeping anything about whoever searched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.words.analysis import sense
from aanspreekpunt.knowledge.finding.words.lexicon import dutch_words
from aanspreekpunt.knowledge.finding.words.stems import lemma
from aanspreekpunt.knowledge.finding.words.tokens import is_code, tokens
from aanspreekpunt.knowledge.operations.uses import tally_search
from aanspreekpunt.organisation.rules import local_date
from aanspreekpunt.search.shelf import current_shelf

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.search.results import Results

MOST_WORDS = 8
"""A longer text is a story; its first words say what it is about."""
_LEFT_OUT = "…"
_ADDRESS = re.compile(r"\S*@\S*")


def known_words(text: str) -> str:
    """Return the words of `text` that stand in a Dutch dictionary; a name, number or address becomes "…".

    A search for a person or an address says nothing that an editor needs, and must not be kept.
    """
    words = [token.word for token in tokens(_ADDRESS.sub(" ", text[:400]))][:MOST_WORDS]
    kept = [word if not is_code(word) and _is_dutch(word) else _LEFT_OUT for word in words]
    return "" if all(word == _LEFT_OUT for word in kept) else " ".join(kept)


def searched_words(text: str) -> str:
    """Return the words of a search that may be kept with the answer it led to: never what may be somebody's own.

    A word must stand in a Dutch dictionary or in what everybody may read here; numbers and addresses are left out, and
    of a story nothing is kept at all.
    """
    words = [token.word for token in tokens(_ADDRESS.sub(" ", text[:400]))]
    if len(words) > MOST_WORDS:
        return ""
    public = current_shelf().public
    kept = [word for word in words if not is_code(word) and sense(word) and (_is_dutch(word) or public.knows(word))]
    return " ".join(dict.fromkeys(kept))


def _is_dutch(word: str) -> bool:
    """Say whether a dictionary has this word, or the one it is a form of: *omgevallen* stands there as *omvallen*."""
    return word in dutch_words() or bool(lemma(word))


def note_search(*, text: str, results: Results, face: str, at: datetime) -> None:
    """Count a search that somebody finished, by the words of it that may be kept."""
    tally_search(text=known_words(text), certainty=results.certainty, face=face, on=local_date(at))
