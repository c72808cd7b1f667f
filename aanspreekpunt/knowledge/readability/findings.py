"""What the meter tells an editor: where something reads badly, what it is, and how a text was judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What can read badly. What to say about it stands in `knowledge.advice`."""

    LONG_SENTENCE = "long_sentence"  # words, most
    OFFICIAL_WORD = "official_word"  # written, instead
    LONG_WORD = "long_word"  # written, letters
    PASSIVE = "passive"  # auxiliary, verb
    VERB_FAR_AWAY = "verb_far_away"  # auxiliary, verb, words
    PACKED_PHRASE = "packed_phrase"  # written
    NOUN_FOR_VERB = "noun_for_verb"  # written
    SHORT_FORM = "short_form"  # written, instead
    UNKNOWN_LETTERS = "unknown_letters"  # written
    STACKED_NEGATION = "stacked_negation"  # first, second
    MIXED_ADDRESS = "mixed_address"  # written, usual


class Level(StrEnum):
    """Levels of the Common European Framework of Reference, as far as a text can be given one."""

    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"


class Measure(StrEnum):
    """What the level was decided by; each adds points."""

    SENTENCE_LENGTH = "sentence_length"
    WORD_LENGTH = "word_length"
    OFFICIAL_WORDS = "official_words"
    CONSTRUCTION = "construction"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the source text (characters, end not included) that reads badly."""

    kind: Kind
    start: int
    end: int
    parameters: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """How much one measure added to the difficulty: the value found, and the points out of the most it can add."""

    measure: Measure
    value: float
    points: float
    most: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted. `flesch` is Flesch-Douma (1960) or Flesch; `reading_index` is Brouwer's Leesindex A (1963)."""

    words: int
    sentences: int
    words_per_sentence: float
    longest_sentence: int
    syllables_per_word: float
    flesch: float
    reading_index: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads: a level with the difficulty (0 easy to 100 hard) and its reasons, and what to change."""

    level: Level
    difficulty: int
    reasons: tuple[Reason, ...]
    figures: Figures
    findings: tuple[Finding, ...]
    is_cut: bool
    """Whether the text was so long that only its beginning was read."""

    @property
    def is_plain(self) -> bool:
        """Whether it is level B1 or easier and has no long sentence: what an answer must be."""
        return self.level in {Level.A2, Level.B1} and not any(
            finding.kind is Kind.LONG_SENTENCE for finding in self.findings
        )
