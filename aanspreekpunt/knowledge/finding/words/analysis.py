"""What a word stands for in the index: its stem, and with less weight the parts of a compound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from aanspreekpunt.knowledge.finding.words.compounds import split_compound
from aanspreekpunt.knowledge.finding.words.lexicon import particle_verbs, stop_words
from aanspreekpunt.knowledge.finding.words.stems import PARTICLES, infinitive, lemma, stem
from aanspreekpunt.knowledge.finding.words.tokens import is_code, parts_of, plain

_PARTICLES = frozenset(PARTICLES)
_MODIFIER, _HEAD, _DEEPER = 0.5, 0.5, 0.7
_FARTHEST = 14
"""How many words may stand between a verb and the particle that belongs to it."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A word as the index knows it: the key of its stem, and keys of its parts with weights from 0 to 1."""

    key: str
    parts: tuple[tuple[str, float], ...] = ()


@lru_cache(maxsize=200_000)
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
    pieces = (
        tuple(piece for piece in parts_of(word) if piece not in stop_words()) if "-" in word else split_compound(joined)
    )
    weights: dict[str, float] = {}
    for place, piece in enumerate(pieces):
        weight = _HEAD if place == len(pieces) - 1 else _MODIFIER
        weights.setdefault(stem(piece), weight)
        for smaller in split_compound(piece):
            weights.setdefault(stem(smaller), weight * _DEEPER)
    weights.pop(stem(joined), None)
    return tuple(weights.items())


def verbs_apart(words: list[str]) -> list[tuple[int, str]]:
    """Return the verbs that stand apart in a sentence, with the place of the verb: *vraagt … aan* is *aanvragen*."""
    lowered = [plain(word) for word in words]
    verbs = []
    for place, particle in enumerate(lowered):
        if place == 0 or particle not in _PARTICLES:
            continue
        for before in range(place - 1, max(-1, place - _FARTHEST), -1):
            verb = _base_verb(lowered[before])
            if verb and f"{particle} {verb}" in particle_verbs():
                verbs.append((before, particle + verb))
                break
    return verbs


@lru_cache(maxsize=50_000)
def _base_verb(word: str) -> str:
    if word in _PARTICLES or not word.isalpha():
        return ""
    found = lemma(word)
    return found if found.endswith("en") else infinitive(word)
