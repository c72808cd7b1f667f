"""Shows where a find has the words of a query: as places in its text, never as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.words.analysis import sense
from aanspreekpunt.knowledge.finding.words.tokens import tokens

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.found import Hit, Match
    from aanspreekpunt.knowledge.finding.words.tokens import Token

_MATCHES_KEPT = 500
_TITLES_KEPT, _BODIES_KEPT = 1_000, 200
"""Titles and bodies whose words are remembered: while somebody types, the same few stand in every list."""
_SENTENCE = re.compile(r"(?:^|(?<=[.!?:;])\s+|\n+)(?=\S)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places to mark, as (start, end) in it, in order and apart from each other."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    is_cut_before: bool = False
    is_cut_after: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    match: int
    """Which of the words of the query it is."""


def marked_title(hit: Hit) -> Marked:
    """Return the title of a find with the words of the query marked."""
    return Marked(hit.document.title, _spans(_marks(_words_of_title(hit.document.title), hit.why), 0))


def best_passage(hit: Hit, *, length: int = 240) -> Marked:
    """Return the sentences of a body that have most of the query, at most `length` letters, with its words marked."""
    body = hit.document.body
    marks = _marks(_words_of_body(body), hit.why)
    starts = [found.end() for found in _SENTENCE.finditer(body)] or [0]
    start = max(starts, key=lambda place: (_worth(marks, place, place + length), -place))
    end = _end_of_word(body, start + length)
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    text = body[start:end].rstrip()
    return Marked(text, _spans(inside, start), start > starts[0], bool(body[end:].strip()))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text that stand for something, and for each key at which of them it is found again."""

    tokens: tuple[Token, ...]
    by_key: dict[str, list[int]]


@lru_cache(_BODIES_KEPT)
def _words_of_body(body: str) -> _Words:
    return _words(body)


@lru_cache(_TITLES_KEPT)
def _words_of_title(title: str) -> _Words:
    return _words(title)


def _words(text: str) -> _Words:
    telling = [(token, meaning) for token in tokens(text) if (meaning := sense(token.word)) is not None]
    by_key: dict[str, list[int]] = {}
    for place, (_token, meaning) in enumerate(telling):
        for key in (meaning.key, *(key for key, _weight in meaning.parts)):
            by_key.setdefault(key, []).append(place)
    return _Words(tuple(token for token, _meaning in telling), by_key)


def _marks(words: _Words, why: tuple[Match, ...]) -> list[_Mark]:
    """Return the words that a match is about; of several matches the first has it."""
    about: dict[int, int] = {}
    for number, match in enumerate(why):
        for key in _keys(match):
            for place in words.by_key.get(key, ()):
                about.setdefault(place, number)
        if match.how == "prefix":
            begun = (place for place, token in enumerate(words.tokens) if token.word.startswith(match.typed))
            for place in begun:
                about.setdefault(place, number)
    return [_Mark(words.tokens[place].start, words.tokens[place].end, about[place]) for place in sorted(about)]


@lru_cache(_MATCHES_KEPT)
def _keys(match: Match) -> frozenset[str]:
    """Return the stems by which a match is known again: of the word found, and of its parts when those were found."""
    keys: set[str] = set()
    for word in (*match.matched.split(), match.typed):
        meaning = sense(word)
        if meaning is not None:
            keys.add(meaning.key)
            keys.update(key for key, _weight in meaning.parts if match.how != "exact")
    return frozenset(keys)


def _worth(marks: list[_Mark], start: int, end: int) -> tuple[int, int]:
    """Different words count first, then how many there are."""
    inside = [mark.match for mark in marks if start <= mark.start and mark.end <= end]
    return len(set(inside)), len(inside)


def _end_of_word(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
    return space if space > end // 2 else end


def _spans(marks: list[_Mark], offset: int) -> tuple[tuple[int, int], ...]:
    return tuple((mark.start - offset, mark.end - offset) for mark in marks)
