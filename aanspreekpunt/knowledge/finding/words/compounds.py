"""Takes Dutch compounds apart: *rijbewijsverlenging* is about a *rijbewijs* and about *verlenging*."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.words.lexicon import dutch_words, read_yaml
from aanspreekpunt.knowledge.finding.words.stems import PARTICLES, infinitive, lemma

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORTEST_PART, _LONGEST_WORD, _MOST_PARTS = 4, 40, 3
_LINKS = ("s", "en", "e", "n")
_NO_PART = frozenset(
    (
        *PARTICLES,
        "lijk",
        "loos",
        "heid",
        "baar",
        "achtig",
        "ling",
        "ging",
        "tige",
        "ting",
        "ning",
        "ring",
        "ding",
        "king",
        "ring",
        "wing",
        "ende",
        "atie",
        "isme",
        "iteit",
        "eren",
        "aren",
        "elen",
        "enen",
        "onder",
        "tegen",
        "over",
        "door",
        "voor",
        "achter",
        "gang",
        "zaam",
        "matig",
        "slag",
        "deel",
    )
)


@lru_cache(maxsize=10_000)
def split_compound(word: str) -> tuple[str, ...]:
    """Return the words of which `word` (folded) is made, the last one the thing itself; nothing when it is one word."""
    if not 2 * _SHORTEST_PART - 1 <= len(word) <= _LONGEST_WORD:
        return ()
    ways = list(_ways(word, _MOST_PARTS))
    return max(ways, key=_worth) if ways else ()


def _worth(parts: tuple[str, ...]) -> tuple[int, int]:
    """Few parts before many; then the way whose shortest part is longest."""
    return -len(parts), min(map(len, parts))


def _ways(word: str, most: int) -> Iterator[tuple[str, ...]]:
    for cut in range(3, len(word) - 2):
        first = _modifier(word[:cut])
        if not first:
            continue
        rest = word[cut:]
        if _is_head(rest):
            yield first, rest
        elif most > 2:  # noqa: PLR2004 - two parts are the fewest
            yield from ((first, *others) for others in _ways(rest, most - 1))


@lru_cache(maxsize=4_000)
def _modifier(text: str) -> str:
    """Return the word that `text` is as a first part: itself, without linking letters, or the verb it stems from."""
    if _is_part(text):
        return text
    for link in _LINKS:
        if text.endswith(link) and _is_part(text[: -len(link)]):
            return text[: -len(link)]
    return infinitive(text) if len(text) >= _SHORTEST_PART else ""


@lru_cache(maxsize=10_000)
def _is_head(text: str) -> bool:
    return (len(text) >= _SHORTEST_PART or text in _short_parts()) and text not in _NO_PART and bool(lemma(text))


def _is_part(text: str) -> bool:
    if len(text) < _SHORTEST_PART:
        return text in _short_parts()
    return text not in _NO_PART and text in dutch_words()


@cache
def _short_parts() -> frozenset[str]:
    """Return the words of three letters of which a compound may be made."""
    return frozenset(read_yaml("short_parts.yaml")["parts"])
