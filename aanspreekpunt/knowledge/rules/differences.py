"""What changed between two versions of a text: by sentence, and within changed sentences by word.

Sentences that occur once in both versions hold the comparison together (a patience diff, repeated between those it
found), because a person recognises them too; only short gaps between them are compared in full. This keeps the time
near-linear where `difflib` takes quadratic time or worse (a list of ten thousand equal lines), and shows no accidental
matches of single words like "de". Comparing the other way round gives the same answer with added and removed swapped.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SENTENCE = re.compile(r"[^\n.!?]*(?:[.!?](?!\s)[^\n.!?]*)*(?:[.!?]+[ \t]*\n*|\n+|$)")
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_SMALL_GAP = 60
"""Pieces on each side of a gap that are still compared each with each."""
_ROUNDS = 12
"""How often gaps are searched for new anchors before they count as entirely changed."""
_ALIKE = 0.35
"""The share of words two passages must have in common to be worth comparing by word."""


class SpanKind(StrEnum):
    """Whether a stretch of text is in both versions or in one."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, and in which version it is."""

    kind: SpanKind
    text: str


Block = tuple[int, int, int]
"""Where an equal run begins in ours and in theirs, and its length."""


def differences(old: str, new: str) -> tuple[Span, ...]:
    """Return the spans from `old` to `new`, removed before added; the same and removed ones together are `old`."""
    if old == new:
        return (Span(SpanKind.SAME, old),) if old else ()
    swapped = (len(old), old) > (len(new), new)  # always compare in one direction, so that both ways agree
    first, second = (new, old) if swapped else (old, new)
    spans = _by_sentence(first, second)
    if swapped:
        other = {SpanKind.SAME: SpanKind.SAME, SpanKind.ADDED: SpanKind.REMOVED, SpanKind.REMOVED: SpanKind.ADDED}
        spans = (Span(other[span.kind], span.text) for span in spans)
    return tuple(_joined(spans))


def is_changed(spans: Sequence[Span]) -> bool:
    """Say whether anything was added or removed."""
    return any(span.kind is not SpanKind.SAME for span in spans)


def _by_sentence(first: str, second: str) -> Iterator[Span]:
    ours, theirs = _SENTENCE.findall(first), _SENTENCE.findall(second)
    for kind, mine, yours in _passages(ours, theirs):
        if kind is SpanKind.SAME:
            yield Span(kind, "".join(mine))
        else:
            yield from _by_word("".join(mine), "".join(yours))


def _by_word(first: str, second: str) -> Iterator[Span]:
    ours, theirs = _TOKEN.findall(first), _TOKEN.findall(second)
    passages = list(_passages(ours, theirs)) if _are_alike(ours, theirs) else []
    if not passages:
        yield Span(SpanKind.REMOVED, first)
        yield Span(SpanKind.ADDED, second)
    last = len(passages) - 1
    for place, (kind, mine, yours) in enumerate(passages):
        text = "".join(mine)
        if kind is SpanKind.SAME and (place in {0, last} or any(char.isalnum() for char in text)):
            yield Span(kind, text)
        else:  # a lone space or comma between two changes belongs to the change
            yield Span(SpanKind.REMOVED, text)
            yield Span(SpanKind.ADDED, "".join(yours))


def _are_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    mine, yours = (Counter(token.casefold() for token in side if token.isalnum()) for side in (ours, theirs))
    return (mine & yours).total() >= _ALIKE * max(mine.total(), yours.total(), 1)


def _passages(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[SpanKind, Sequence[str], Sequence[str]]]:
    """Return the passages in order: the same in both, or (marked as removed) what stands for what."""
    at, there = 0, 0
    for start, other, length in [*_equal_blocks(ours, theirs), (len(ours), len(theirs), 0)]:
        if start > at or other > there:
            yield SpanKind.REMOVED, ours[at:start], theirs[there:other]
        if length:
            yield SpanKind.SAME, ours[start : start + length], theirs[other : other + length]
        at, there = start + length, other + length


def _equal_blocks(ours: Sequence[str], theirs: Sequence[str]) -> list[Block]:
    """Return (place in ours, place in theirs, length) of equal runs, in order."""
    found: list[Block] = []
    gaps = [(0, len(ours), 0, len(theirs), 0)]
    while gaps:
        low, high, other_low, other_high, rounds = gaps.pop()
        start, end = _equal_ends(ours[low:high], theirs[other_low:other_high])
        found += [(low, other_low, start), (high - end, other_high - end, end)]
        low, high, other_low, other_high = low + start, high - end, other_low + start, other_high - end
        pairs = _pairs(ours[low:high], theirs[other_low:other_high]) if rounds < _ROUNDS else []
        at, there = low, other_low
        for mine, yours in [(low + a, other_low + b) for a, b in pairs]:
            found.append((mine, yours, 1))
            gaps.append((at, mine, there, yours, rounds + 1))
            at, there = mine + 1, yours + 1
        if pairs:
            gaps.append((at, high, there, other_high, rounds + 1))
    return sorted(block for block in found if block[2])


def _equal_ends(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """Return how many pieces are equal at the start, and how many of the rest at the end."""
    shortest = min(len(ours), len(theirs))
    start = 0
    while start < shortest and ours[start] == theirs[start]:
        start += 1
    end = 0
    while end < shortest - start and ours[-1 - end] == theirs[-1 - end]:
        end += 1
    return start, end


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Return places of equal pieces, rising on both sides: the unique ones, or in a small gap as many as possible."""
    if max(len(ours), len(theirs)) <= _SMALL_GAP:
        return _most_pairs(ours, theirs)
    mine, yours = Counter(ours), Counter(theirs)
    places = {piece: place for place, piece in enumerate(theirs) if yours[piece] == 1}
    anchors = [(a, places[piece]) for a, piece in enumerate(ours) if mine[piece] == 1 and piece in places]
    return _longest_rising(anchors)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose second numbers rise too (patience sorting)."""
    tops: list[int] = []
    last_of_pile: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(last_of_pile[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        last_of_pile[pile : pile + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = last_of_pile[-1] if last_of_pile else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _most_pairs(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest common subsequence of two short sequences."""
    best = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for a in range(len(ours) - 1, -1, -1):
        for b in range(len(theirs) - 1, -1, -1):
            equal = ours[a] == theirs[b]
            best[a][b] = best[a + 1][b + 1] + 1 if equal else max(best[a + 1][b], best[a][b + 1])
    pairs: list[tuple[int, int]] = []
    a = b = 0
    while a < len(ours) and b < len(theirs):
        if ours[a] == theirs[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a + 1][b] >= best[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Join neighbours: between two same spans comes at most one removed and one added."""
    for is_same, run in groupby(spans, key=lambda span: span.kind is SpanKind.SAME):
        pieces = list(run)
        for kind in (SpanKind.SAME,) if is_same else (SpanKind.REMOVED, SpanKind.ADDED):
            text = "".join(span.text for span in pieces if span.kind is kind)
            if text:
                yield Span(kind, text)
