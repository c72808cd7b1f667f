"""From what was counted to a level: a documented sum, bounded on all sides.

Readability formulas see only the length of sentences and words. They were made for school texts and give a list of
short official phrases a good mark. An editor can do more about word choice and sentence construction than about
syllables. So the difficulty, from 0 to 100, is the sum of four measures, each
rising in a straight line between an easy and a hard value and going no further:

| measure | from | to | points |
|---|---|---|---|
| average words per sentence | 6 | 20 | 25 |
| Flesch-Douma reading ease (1960): 206.84 - 0.77 x syllables per 100 words - 0.93 x words per sentence | 80 | 20 | 20 |
| official words and abbreviations per 100 words | 0 | 10 | 30 |
| passives, far verbs, packed phrases, nouns for verbs and stacked negations per sentence | 0.15 | 1.4 | 25 |

Up to 6 points is A2, up to 28 B1, up to 56 B2, and more is C1. Brouwer's Leesindex A (1963: 195 - 2 x words per
sentence - 67 x syllables per word) is shown beside it but not counted: it says the same as Flesch-Douma. English has
the same measures with the formula of Flesch (1948) and other weights, because its word list is short. The borders were
chosen by looking at the 140 hand-written sentences in the tests, the answers we ship and an official guide, so those
say little about how well it works. Sixty other sentences, written afterwards and measured once, do: 29 of 30 plain ones
came out as B1 or easier, 29 of 30 official ones as harder. One person wrote the sentences and the word list, so expect
less on texts of others. The outcome is an estimate for editors, not an official test of level.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from aanspreekpunt.knowledge.readability.findings import Figures, Finding, Kind, Level, Measure, Reason
from aanspreekpunt.knowledge.readability.sentences import Part, Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aanspreekpunt.knowledge.readability.sentences import Sentence

_WORD_KINDS = (Kind.OFFICIAL_WORD, Kind.SHORT_FORM, Kind.LONG_WORD)
_CONSTRUCTION_KINDS = (
    *(Kind.PASSIVE, Kind.VERB_FAR_AWAY, Kind.PACKED_PHRASE, Kind.NOUN_FOR_VERB, Kind.STACKED_NEGATION),
)
_BORDERS = ((6, Level.A2), (28, Level.B1), (56, Level.B2))
_SHORTEST_LOOSE_ITEM = 4
"""Words of a list item without full stop that counts as a sentence; shorter ones would flatter the average."""


class Scale(NamedTuple):
    """From which value a measure adds points, at which value it adds the most, and how many that is."""

    easy: float
    hard: float
    most: int


DUTCH_SCALES = {
    Measure.SENTENCE_LENGTH: Scale(6, 20, 25),
    Measure.WORD_LENGTH: Scale(80, 20, 20),
    Measure.OFFICIAL_WORDS: Scale(0, 10, 30),
    Measure.CONSTRUCTION: Scale(0.15, 1.4, 25),
}
ENGLISH_SCALES = {
    Measure.SENTENCE_LENGTH: Scale(8, 21, 40),
    Measure.WORD_LENGTH: Scale(65, 25, 30),
    Measure.OFFICIAL_WORDS: Scale(0.5, 6, 20),
    Measure.CONSTRUCTION: Scale(0.2, 1.2, 10),
}


class Formula(NamedTuple):
    """A reading ease formula: base - per_syllable x syllables per word - per_word x words per sentence."""

    base: float
    per_syllable: float
    per_word: float

    def ease(self, syllables_per_word: float, words_per_sentence: float) -> float:
        return self.base - self.per_syllable * syllables_per_word - self.per_word * words_per_sentence


FLESCH_DOUMA = Formula(206.84, 77, 0.93)
FLESCH = Formula(206.835, 84.6, 1.015)
READING_INDEX_A = Formula(195, 67, 2)


def figures_of(sentences: Sequence[Sentence], *, syllables: Callable[[str], int], flesch: Formula) -> Figures:
    """Count words, sentences and syllables. Headings and loose short list items count for words, not for length."""
    lengths = [len(one.words) for one in sentences if _is_full(one)] or [len(one.words) for one in sentences]
    words = [word.low for one in sentences for word in one.words if word.sort is Sort.WORD]
    per_sentence = sum(lengths) / max(1, len(lengths))
    per_word = sum(map(syllables, words)) / max(1, len(words))
    is_empty = not words
    return Figures(
        words=sum(len(one.words) for one in sentences),
        sentences=len(lengths),
        words_per_sentence=round(per_sentence, 1),
        longest_sentence=max(lengths, default=0),
        syllables_per_word=round(per_word, 2),
        flesch=100.0 if is_empty else round(flesch.ease(per_word, per_sentence), 1),
        reading_index=100.0 if is_empty else round(READING_INDEX_A.ease(per_word, per_sentence), 1),
    )


def reasons_for(figures: Figures, findings: Sequence[Finding], scales: Mapping[Measure, Scale]) -> tuple[Reason, ...]:
    """Return what each measure adds to the difficulty, the most first."""
    counts = Counter(finding.kind for finding in findings)
    hundreds = max(figures.words, 20) / 100  # one official word in a short line is no disaster
    values = {
        Measure.SENTENCE_LENGTH: figures.words_per_sentence,
        Measure.WORD_LENGTH: figures.flesch,
        Measure.OFFICIAL_WORDS: sum(counts[kind] for kind in _WORD_KINDS) / hundreds,
        Measure.CONSTRUCTION: sum(counts[kind] for kind in _CONSTRUCTION_KINDS) / max(1, figures.sentences),
    }
    reasons = (_reason(measure, value, scales[measure]) for measure, value in values.items())
    return tuple(sorted(reasons, key=lambda reason: -reason.points))


def difficulty_of(reasons: Sequence[Reason]) -> int:
    """Return the sum of all points, 0 to 100."""
    return round(sum(reason.points for reason in reasons))


def level_of(difficulty: int) -> Level:
    """Return the level for a difficulty."""
    return next((level for border, level in _BORDERS if difficulty <= border), Level.C1)


def _reason(measure: Measure, value: float, scale: Scale) -> Reason:
    easy, hard, most = scale
    share = min(1.0, max(0.0, (value - easy) / (hard - easy)))
    return Reason(measure, round(value, 1), round(share * most, 1), most)


def _is_full(sentence: Sentence) -> bool:
    if sentence.part is Part.ITEM:
        return bool(sentence.mark) or len(sentence.words) >= _SHORTEST_LOOSE_ITEM
    return sentence.part is Part.TEXT
