"""Other words for the same: everyday for official, short for long, English for Dutch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.words.lexicon import read_yaml, stop_words, synonyms
from aanspreekpunt.knowledge.finding.words.stems import stem
from aanspreekpunt.knowledge.finding.words.tokens import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.knowledge.finding.found import How

Phrase = tuple[str, ...]
LONGEST_PHRASE = 3
_TO_OFFICIAL, _TO_EVERYDAY, _BESIDE, _SHORT, _TO_SHORT, _SYNONYM = 0.8, 0.5, 0.25, 0.9, 0.6, 0.25


@dataclass(frozen=True, slots=True)
class Meaning:
    """What somebody may mean: the words, how near that is (0 to 1), and where we have it from."""

    words: Phrase
    nearness: float
    how: How


@cache
def _listed() -> dict[Phrase, list[Meaning]]:
    """Return meanings by the stems of what is typed, of our own lists."""
    meanings: dict[Phrase, list[Meaning]] = defaultdict(list)
    for official, others in read_yaml("everyday.yaml").items():
        for everyday in others:
            meanings[_stems(everyday)].append(Meaning(_words(official), _TO_OFFICIAL, "everyday"))
            if _says_enough(everyday):
                meanings[_stems(official)].append(Meaning(_words(everyday), _TO_EVERYDAY, "everyday"))
            beside = (other for other in others if other != everyday and _says_enough(other))
            meanings[_stems(everyday)].extend(Meaning(_words(other), _BESIDE, "everyday") for other in beside)
    for short, longs in read_yaml("abbreviations.yaml").items():
        for long in longs:
            meanings[_stems(short)].append(Meaning(_words(long), _SHORT, "everyday"))
            meanings[_stems(long)].append(Meaning(_words(short), _TO_SHORT, "everyday"))
    return dict(meanings)


@cache
def english() -> dict[str, tuple[Phrase, ...]]:
    """Return English words with what they are in Dutch."""
    listed = read_yaml("english.yaml")["words"]
    return {str(word): tuple(_words(dutch) for dutch in others) for word, others in listed.items()}


@cache
def english_signs() -> frozenset[str]:
    """Return words that stand in English sentences only."""
    return frozenset(map(str, read_yaml("english.yaml")["signs"]))


@cache
def english_stop_words() -> frozenset[str]:
    """Return English words that say nothing about the subject."""
    return (frozenset(map(str, read_yaml("english.yaml")["stop"])) | english_signs()) - frozenset(english())


@cache
def _cues() -> dict[Phrase, tuple[str, ...]]:
    """Return by what is asked the words by which an answer to that is known."""
    rows = read_yaml("cues.yaml")
    return {_stems(asked): tuple(row["answered"]) for row in rows for asked in row["asked"]}


def cues_in(words: Phrase) -> list[tuple[int, tuple[str, ...]]]:
    """Return for each kind of question in `words` where it begins, and the words that an answer to it often has."""
    stems = tuple(stem(word.replace("-", "")) for word in words)
    found: dict[tuple[str, ...], int] = {}
    for place in range(len(stems)):
        for size in range(1, LONGEST_PHRASE + 2):
            answered = _cues().get(stems[place : place + size]) if place + size <= len(stems) else None
            if answered:
                found.setdefault(answered, place)
    return [(place, answered) for answered, place in found.items()]


def own_words() -> set[str]:
    """Return the words of our own lists that are typed, to correct what looks like them."""
    words = {
        word for phrase in (*_words_listed("everyday.yaml"), *_words_listed("abbreviations.yaml")) for word in phrase
    }
    return {word for word in words if word.isascii() and word.isalpha() and word not in stop_words()}


def _words_listed(name: str) -> Iterator[Phrase]:
    for one, others in read_yaml(name).items():
        yield from map(_words, (one, *others))


def meanings_of(stems: Phrase) -> list[Meaning]:
    """Return what the stems of a word or phrase may mean, from our own lists; nearest first."""
    return sorted(_listed().get(stems, []), key=lambda each: -each.nearness)


def synonyms_of(word: str) -> Iterator[Meaning]:
    """Yield other words from the general word net, which knows nothing of municipalities and so counts little."""
    for other in synonyms().get(word, "").split("\t"):
        if other and other not in stop_words():
            yield Meaning((other,), _SYNONYM, "synonym")


def _words(text: str) -> Phrase:
    return tuple(plain(word) for word in str(text).split())


def _stems(text: str) -> Phrase:
    return tuple(stem(word.replace("-", "")) for word in _words(text))


def _says_enough(text: str) -> bool:
    """Say whether a phrase means something without stop words; *doet het niet* is typed, but not looked for."""
    return not stop_words().intersection(_words(text))
