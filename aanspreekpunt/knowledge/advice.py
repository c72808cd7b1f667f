"""What to say to an editor: a sentence for each finding of the meter, and for each measure and level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.knowledge.readability.findings import Finding, Kind, Level, Measure

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ADVICE: dict[Kind, StrPromise] = {
    Kind.LONG_SENTENCE: _("This sentence has %(words)s words. Make it two sentences, of at most %(most)s words each."),
    Kind.OFFICIAL_WORD: _("“%(written)s” is an official word. Plainer: %(instead)s."),
    Kind.LONG_WORD: _("“%(written)s” has %(letters)s letters. Split it, or say it in other words."),
    Kind.PASSIVE: _("“%(auxiliary)s … %(verb)s” does not say who does it. Write who: “we”, “you” or a name."),
    Kind.VERB_FAR_AWAY: _(
        "There are %(words)s words between “%(auxiliary)s” and “%(verb)s”. Bring them together, or make two sentences."
    ),
    Kind.PACKED_PHRASE: _("“%(written)s” packs a sentence before a word. Make it a sentence of its own."),
    Kind.NOUN_FOR_VERB: _("“%(written)s” hides what someone does. Use the verb, and say who does it."),
    Kind.SHORT_FORM: _("Write “%(written)s” in full: %(instead)s."),
    Kind.UNKNOWN_LETTERS: _("Not everyone knows “%(written)s”. Write it in full, or explain it once."),
    Kind.STACKED_NEGATION: _("“%(first)s” and “%(second)s” together are hard to follow. Say what is possible instead."),
    Kind.MIXED_ADDRESS: _("“%(written)s” stands here, while the rest of the text says “%(usual)s”. Choose one."),
}

FINDING_NAMES: dict[Kind, StrPromise] = {
    Kind.LONG_SENTENCE: _("Long sentence"),
    Kind.OFFICIAL_WORD: _("Official word"),
    Kind.LONG_WORD: _("Long word"),
    Kind.PASSIVE: _("Passive voice"),
    Kind.VERB_FAR_AWAY: _("Verb far away"),
    Kind.PACKED_PHRASE: _("Packed phrase"),
    Kind.NOUN_FOR_VERB: _("Noun instead of verb"),
    Kind.SHORT_FORM: _("Abbreviation"),
    Kind.UNKNOWN_LETTERS: _("Unknown letters"),
    Kind.STACKED_NEGATION: _("Two negations"),
    Kind.MIXED_ADDRESS: _("Mixed form of address"),
}

MEASURE_NAMES: dict[Measure, StrPromise] = {
    Measure.SENTENCE_LENGTH: _("Words per sentence"),
    Measure.WORD_LENGTH: _("Reading ease (length of words and sentences)"),
    Measure.OFFICIAL_WORDS: _("Difficult words per 100 words"),
    Measure.CONSTRUCTION: _("Difficult constructions per sentence"),
}

LEVEL_NAMES: dict[Level, StrPromise] = {
    Level.A2: _("A2: easy for nearly everyone"),
    Level.B1: _("B1: clear for most people"),
    Level.B2: _("B2: hard for many people"),
    Level.C1: _("C1: only for trained readers"),
}


def advice_on(finding: Finding) -> str:
    """Return what an editor can do about a finding, in the language of the screen. Plain text, not escaped."""
    return str(ADVICE[finding.kind]) % finding.parameters
