"""Showing where a find has the words that were searched for: in its title, and in the passage that has most of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from aanspreekpunt.knowledge.finding.words.analysis import sense
from aanspreekpunt.knowledge.finding.words.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aanspreekpunt.knowledge.finding.found import Match

LONGEST_PASSAGE = 220
"""Letters of a text that a list of finds shows."""
_LOOK_AT = 20_000
"""Letters of a text that are looked through for its best passage."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words a find was found by: as they stand, and what they stand for."""

    words: frozenset[str]
    keys: frozenset[str]
    starts: tuple[str, ...]

    @classmethod
    def of(cls, why: Iterable[Match]) -> Wanted:
        """Return what `why` says was found."""
        words = {word for match in why for word in (match.typed, match.matched)}
        pieces = {piece for word in words for piece in word.split()}
        senses = [meaning for piece in pieces if (meaning := sense(piece)) is not None]
        keys = {meaning.key for meaning in senses} | {key for meaning in senses for key, _ in meaning.parts}
        return cls(frozenset(pieces), frozenset(keys), tuple(match.typed for match in why if match.how == "prefix"))

    def has(self, word: str) -> bool:
        """Say whether this word of a text is one of them, in any form or as part of a compound."""
        if word in self.words or (self.starts and word.startswith(self.starts)):
            return True
        meaning = sense(word)
        return meaning is not None and (meaning.key in self.keys or any(key in self.keys for key, _ in meaning.parts))


def marked(text: str, wanted: Wanted) -> SafeString:
    """Return `text` as HTML with the wanted words in `<mark>`."""
    pieces, at = [], 0
    for start, end in _places(text, wanted):
        pieces += [escape(text[at:start]), mark_safe("<mark>"), escape(text[start:end]), mark_safe("</mark>")]
        at = end
    return mark_safe("".join([*pieces, escape(text[at:])]))


def best_passage(text: str, wanted: Wanted) -> SafeString:
    """Return the piece of `text` with most of the wanted words, marked; its beginning when it has none."""
    text = " ".join(text[:_LOOK_AT].split())
    places = _places(text, wanted)
    start = max((_start_of(text, place) for place, _ in places), key=lambda at: _worth(text, places, at), default=0)
    end = _end_of(text, start + LONGEST_PASSAGE)
    return marked(text[start:end], wanted)


def _places(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    return [(token.start, token.end) for token in tokens(text) if wanted.has(token.word)]


def _worth(text: str, places: list[tuple[int, int]], start: int) -> tuple[int, int]:
    """Return how many different wanted words a passage has; of equal ones the first is best."""
    inside = {text[begin:end].lower() for begin, end in places if start <= begin < start + LONGEST_PASSAGE}
    return len(inside), -start


def _start_of(text: str, place: int) -> int:
    """Return where the sentence with this place begins, or a word a little before it when that is far away."""
    begins = max(text.rfind(end, 0, place) + 2 for end in (". ", "! ", "? "))
    if begins <= 1:
        begins = 0
    return begins if place - begins < LONGEST_PASSAGE // 2 else text.rfind(" ", 0, place - 60) + 1


def _end_of(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place)
    return space if space > place - LONGEST_PASSAGE // 2 else place
