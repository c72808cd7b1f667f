"""The meter: how easy a text reads, why, and what to change."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from aanspreekpunt.knowledge.readability import checks, english, whole_text, words
from aanspreekpunt.knowledge.readability.findings import Measure, Reading
from aanspreekpunt.knowledge.readability.levels import (
    DUTCH_SCALES,
    ENGLISH_SCALES,
    FLESCH,
    FLESCH_DOUMA,
    Formula,
    Scale,
    difficulty_of,
    figures_of,
    level_of,
    reasons_for,
)
from aanspreekpunt.knowledge.readability.sentences import Sentence, sentences_of
from aanspreekpunt.knowledge.readability.verbs import CLAUSE_OPENERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from aanspreekpunt.knowledge.readability.findings import Finding

LONGEST_TEXT = 200_000
"""Characters that are read; a longer text is judged by its beginning."""
MOST_FINDINGS = 2_000
"""Findings that are returned; who has more of them needs to start anew."""


class _Language(NamedTuple):
    checks: tuple[Callable[[Sentence], Iterator[Finding]], ...]
    whole: tuple[Callable[[str, Sequence[Sentence]], Iterator[Finding]], ...]
    short_forms: Collection[str]
    clause_openers: Collection[str]
    syllables: Callable[[str], int]
    flesch: Formula
    scales: Mapping[Measure, Scale]


def measure(text: str, language: Literal["nl", "en"] = "nl") -> Reading:
    """Return how a Markdown text reads; never raises, whatever the text holds.

    Takes about a millisecond per 100 words. Places of findings are characters in `text`, in order.
    """
    kind = _dutch() if language == "nl" else _english()
    read = text[:LONGEST_TEXT]
    sentences = sentences_of(read, short_forms=kind.short_forms, clause_openers=kind.clause_openers)
    found = list(islice(_findings(read, sentences, kind), MOST_FINDINGS))
    figures = figures_of(sentences, syllables=kind.syllables, flesch=kind.flesch)
    reasons = reasons_for(figures, found, kind.scales)
    difficulty = difficulty_of(reasons)
    return Reading(
        level=level_of(difficulty),
        difficulty=difficulty,
        reasons=reasons,
        figures=figures,
        findings=tuple(sorted(found, key=lambda finding: (finding.start, finding.end))),
        is_cut=len(text) > LONGEST_TEXT,
    )


def _findings(text: str, sentences: Sequence[Sentence], kind: _Language) -> Iterator[Finding]:
    for check in kind.whole:
        yield from check(text, sentences)
    for sentence in sentences:
        for check_sentence in kind.checks:
            yield from check_sentence(sentence)


def _dutch() -> _Language:
    return _Language(
        checks=(
            *(checks.long_sentence, checks.official_words, checks.long_words, checks.abbreviations, checks.passives),
            *(checks.verbs_far_away, checks.packed_phrases, checks.nouns_for_verbs, checks.stacked_negations),
        ),
        whole=(whole_text.unknown_letters, _mixed_address),
        short_forms=words.short_forms("nl").keys(),
        clause_openers=CLAUSE_OPENERS,
        syllables=words.dutch_syllables,
        flesch=FLESCH_DOUMA,
        scales=DUTCH_SCALES,
    )


def _english() -> _Language:
    return _Language(
        checks=english.CHECKS,
        whole=(),
        short_forms=english.SHORT_FORMS,
        clause_openers=english.CLAUSE_OPENERS,
        syllables=words.english_syllables,
        flesch=FLESCH,
        scales=ENGLISH_SCALES,
    )


def _mixed_address(_: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    return whole_text.mixed_address(sentences)
