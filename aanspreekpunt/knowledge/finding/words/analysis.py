"""What a word stands for in the index: its stem, and with less weight the parts of a compound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from aanspreekpunt.knowledge.finding.words.compounds import split_compound
from aanspreekpunt.knowledge.finding.words.lexicon import particle_verbs, stop_words
from aanspreekpunt.knowledge.finding.words.stems import PARTICLES, infinitive, lemma, stem
from aanspreekpunt.knowledge.finding.words.tokens import is_code, parts_of, plain

_PARTICLES = frozenset(PARTICLES)
_MODIFIER, _HEAD, _DEEPER = 0.7, 0.5, 0.7
_NEVER_APART = frozenset(
    ("hebben", "zijn", "worden", "kunnen", "moeten", "mogen", "willen", "zullen", "kan", "ben", "is")
)
_AFTER_PARTICLE = frozenset(
    (
        *(
            "aan",
            "als",
            "bij",
            "binnen",
            "dan",
            "door",
            "en",
            "in",
            "maar",
            "met",
            "na",
            "naar",
            "of",
            "om",
            "omdat",
            "op",
        ),
        *("over", "per", "sinds", "te", "tegen", "tijdens", "tot", "totdat", "uit", "van", "vanaf", "vanuit", "via"),
        *("voor", "wanneer", "want", "zodat", "zodra", "zonder"),
    )
)
_FARTHEST = 14
"""How many words may stand between a verb and the particle that belongs to it."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A word as the index knows it: the key of its stem, and keys of its parts with weights from 0 to 1."""

    key: str
    parts: tuple[tuple[str, float], ...] = ()


@lru_cache(maxsize=100_000)
def sense(raw: str) -> Sense | None:
    """Return what a raw word stands for; nothing for stop words and signs."""
    word = plain(raw)
    joined = word.replace("-", "")
    if is_code(word):
        return Sense("#" + joined)
    if len(joined) < 2 or word in stop_words():  # noqa: PLR2004 - one letter is no word
        return None
    return Sense(stem(joined), _parts(word, joined))


def _parts(word: str, joined: str) -> tuple[tuple[str, float], ...]:
    pieces = split_compound(joined)
    if "-" in word:
        pieces = tuple(piece for piece in parts_of(word) if piece not in stop_words())
    weights: dict[str, float] = {}
    for place, piece in enumerate(pieces):
        weight = _HEAD if place == len(pieces) - 1 else _MODIFIER
        weights.setdefault(stem(piece), weight)
        for smaller in split_compound(piece):
            weights.setdefault(stem(smaller), weight * _DEEPER)
    weights.pop(stem(joined), None)
    return tuple(weights.items())


def verbs_apart(words: list[str]) -> list[tuple[int, str]]:
    """Return the verbs that stand apart in a sentence (small letters) and their place: *vraagt … aan*."""
    if _PARTICLES.isdisjoint(words):
        return []
    return [found for place, word in enumerate(words) if word in _PARTICLES and (found := _verb_of(words, place))]


def _verb_of(words: list[str], place: int) -> tuple[int, str] | None:
    """Return the verb to which the particle at `place` belongs, with its place: the nearest before it that may."""
    if not _may_end_here(words, place):
        return None
    for before in range(place - 1, max(-1, place - _FARTHEST), -1):
        verb = _base_verb(words[before])
        if verb and f"{words[place]} {verb}" in particle_verbs():
            return before, words[place] + verb
    return None


def _may_end_here(words: list[str], place: int) -> bool:
    """Say whether a particle may end its clause here; before "de" or "een" it is a preposition."""
    return place + 1 == len(words) or words[place + 1] in _AFTER_PARTICLE


@lru_cache(maxsize=20_000)
def _base_verb(raw: str) -> str:
    word = plain(raw)
    if word in _PARTICLES or not word.isalpha():
        return ""
    found = lemma(word)
    if found in _NEVER_APART:
        return ""
    return found if found.endswith("en") else infinitive(word)
