"""The word lists of the meter, and what can be told from the letters of a word."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATA = Path(__file__).parent / "data"
_DUTCH_VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|ou|au|[aeiouyà-öø-ü]")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_LONGEST_WORD = 60
"""Letters of a word that are looked at; longer ones are no words."""


class Phrase(NamedTuple):
    """An official phrase after its first word, and the plain way to say it."""

    rest: tuple[str, ...]
    instead: str


@cache
def official_phrases(language: str) -> Mapping[str, tuple[Phrase, ...]]:
    """Return the official words and phrases of a language by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for written, instead in _rows(f"official_words_{language}.tsv"):
        for form in written.split("|"):
            first, *rest = form.lower().split()
            found.setdefault(first, []).append(Phrase(tuple(rest), instead))
    return {first: tuple(sorted(phrases, key=lambda one: -len(one.rest))) for first, phrases in found.items()}


@cache
def short_forms(language: str) -> Mapping[str, str]:
    """Return the abbreviations of a language, with their full stops, and what they stand for."""
    return dict(_rows(f"abbreviations_{language}.tsv"))


@cache
def everyday_words() -> frozenset[str]:
    """Return long words and (in capitals) short names that need no explanation."""
    lines = (DATA / "everyday_nl.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=20_000)
def dutch_syllables(word: str) -> int:
    """Return the number of syllables of a Dutch word in small letters, by its vowels."""
    return max(1, len(_DUTCH_VOWELS.findall(word[:_LONGEST_WORD])))


@lru_cache(maxsize=20_000)
def english_syllables(word: str) -> int:
    """Return the number of syllables of an English word in small letters; a silent e at the end does not count."""
    short = word[:_LONGEST_WORD]
    count = len(_ENGLISH_VOWELS.findall(short))
    is_silent = short.endswith("e") and not short.endswith("le")
    return max(1, count - is_silent)


def _rows(name: str) -> Iterator[tuple[str, str]]:
    """Read a list of two columns: what is written, and what it stands for."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        written, _, instead = line.partition("\t")
        yield written, instead
