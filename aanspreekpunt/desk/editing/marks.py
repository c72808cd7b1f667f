"""How a text reads, with marks at the words and what to do about each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from aanspreekpunt.knowledge.advice import FINDING_NAMES, LEVEL_NAMES, MEASURE_NAMES, advice_on
from aanspreekpunt.knowledge.readability.findings import Kind
from aanspreekpunt.knowledge.readability.meter import measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.knowledge.readability.findings import Finding, Reading

MOST_MARKS = 100
"""Marks that are drawn; who has more of them works from the top down."""
LONGEST_MARKED = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: where the mark of a finding begins, inside one, or plain; and whether too long."""

    text: str
    begins: int = 0
    """the number of the finding whose mark begins here, 0 for none"""
    is_marked: bool = False
    is_in_long_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """One finding in words; `number` ties it to its mark in the text, if it has one of its own."""

    number: int
    has_mark: bool
    name: StrOrPromise
    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What one measure added to the difficulty."""

    name: StrOrPromise
    value: float
    points: float
    most: int


@dataclass(frozen=True, slots=True)
class Read:
    """How one text reads, as the screen shows it."""

    language: str
    level: StrOrPromise
    is_plain: bool
    difficulty: int
    reasons: tuple[Measured, ...]
    pieces: tuple[Piece, ...]
    advices: tuple[Advice, ...]
    not_shown: int
    """findings beyond those that are drawn"""


def read(text: str, language: Literal["nl", "en"]) -> Read | None:
    """Return how a text reads; None when there is nothing to read."""
    if not text.strip():
        return None
    shown = text[:LONGEST_MARKED]
    reading: Reading = measure(shown, language)
    drawn = reading.findings[:MOST_MARKS]
    pieces = pieces_of(shown, drawn)
    marked = {piece.begins for piece in pieces}
    reasons = (Measured(MEASURE_NAMES[one.measure], one.value, one.points, one.most) for one in reading.reasons)
    return Read(
        language=language,
        level=LEVEL_NAMES[reading.level],
        is_plain=reading.is_plain,
        difficulty=reading.difficulty,
        reasons=tuple(reason for reason in reasons if reason.points),
        pieces=pieces,
        advices=tuple(
            Advice(number, number in marked, FINDING_NAMES[finding.kind], advice_on(finding))
            for number, finding in enumerate(drawn, 1)
        ),
        not_shown=len(reading.findings) - len(drawn),
    )


def pieces_of(text: str, findings: Sequence[Finding]) -> tuple[Piece, ...]:
    """Cut a text where findings begin and end. Where several overlap, the shortest has the mark.

    A long sentence is marked as a whole behind the others, and its number stands at its beginning.
    """
    edges = sorted({0, len(text), *(f.start for f in findings), *(f.end for f in findings)})
    numbered = list(enumerate(findings, 1))
    begun: set[int] = set()
    pieces = []
    for start, end in pairwise(edges):
        here = [(number, f) for number, f in numbered if f.start <= start and end <= f.end]
        long = [number for number, f in here if f.kind is Kind.LONG_SENTENCE]
        short = sorted((f.end - f.start, number) for number, f in here if f.kind is not Kind.LONG_SENTENCE)
        order = [number for _, number in short] + long
        begins = next((number for number in order if number not in begun), 0)
        begun.add(begins)
        pieces.append(Piece(text[start:end], begins, is_marked=bool(short), is_in_long_sentence=bool(long)))
    return tuple(pieces)
