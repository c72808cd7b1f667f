"""The word lists that come along, read when first needed and kept small."""

from __future__ import annotations

import lzma
from array import array
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

DATA = Path(__file__).resolve().parents[1] / "data"

_MARKED_BITS = 11
"""Of the 32 bits of a sum, those that its mark leaves out: two million marks say no to most strange words at once."""


class WordSet:
    """Many words in four bytes each. One in twenty thousand strange words is taken for a member; nothing else errs."""

    def __init__(self, words: list[bytes]) -> None:
        self._sums = array("I", sorted(set(map(crc32, words))))
        self._marks = bytearray(1 << (32 - _MARKED_BITS))
        for value in self._sums:
            self._marks[value >> _MARKED_BITS] = 1

    def __contains__(self, word: str) -> bool:
        value = crc32(word.encode())
        if not self._marks[value >> _MARKED_BITS]:
            return False
        place = bisect_left(self._sums, value)
        return place < len(self._sums) and self._sums[place] == value


@cache
def dutch_words() -> WordSet:
    """Return the words of OpenTaal, without accents."""
    return WordSet(dutch_word_lines().split())


def dutch_word_lines() -> bytes:
    """Return the words of OpenTaal, each with a line end."""
    return lzma.decompress((DATA / "words.txt.xz").read_bytes()) + b"\n"


@cache
def particle_verbs() -> WordSet:
    """Return verbs that fall apart, as ``particle rest``: *aan vragen*."""
    return WordSet(_unpacked("particle_verbs.txt.xz"))


@cache
def corrections() -> dict[str, str]:
    """Return known misspellings with what is meant."""
    pairs = (line.split(b"\t") for line in _unpacked("corrections.tsv.xz"))
    return {wrong.decode(): right.decode() for wrong, right in pairs}


@cache
def synonyms() -> dict[str, str]:
    """Return words with others that may mean the same, apart by tabs: half the memory of a row of words for each."""
    lines = (line.decode().partition("\t") for line in _unpacked("odwn_synonyms.tsv.xz"))
    return {lemma: others for lemma, _tab, others in lines}


@cache
def stop_words() -> frozenset[str]:
    """Return words that say nothing about the subject."""
    listed = (DATA / "stopwords.txt").read_text(encoding="utf-8").split()
    own = read_yaml("stopwords_own.yaml")
    return (frozenset(listed) | frozenset(own["more"])) - frozenset(own["fewer"])


@cache
def read_yaml(name: str) -> Any:
    """Return one of our own lists."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders


def _unpacked(name: str) -> list[bytes]:
    return lzma.decompress((DATA / name).read_bytes()).split(b"\n")
