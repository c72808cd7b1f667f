"""Reads what somebody typed: finds for each word the ways in which the collection may have it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.found import Reading
from aanspreekpunt.knowledge.finding.query import LONGEST, MOST_WORDS, Alternative, Query, QueryWord
from aanspreekpunt.knowledge.finding.words.analysis import Sense, sense, verbs_apart
from aanspreekpunt.knowledge.finding.words.compounds import split_compound
from aanspreekpunt.knowledge.finding.words.lexicon import corrections, stop_words
from aanspreekpunt.knowledge.finding.words.meanings import (
    LONGEST_PHRASE,
    Meaning,
    cues_in,
    english,
    english_signs,
    english_stop_words,
    meanings_of,
    synonyms_of,
)
from aanspreekpunt.knowledge.finding.words.mending import mended
from aanspreekpunt.knowledge.finding.words.personal import without_personal
from aanspreekpunt.knowledge.finding.words.stems import infinitive, lemma, stem
from aanspreekpunt.knowledge.finding.words.tokens import is_code, tokens

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.found import How
    from aanspreekpunt.knowledge.finding.postings import Postings
    from aanspreekpunt.knowledge.finding.words.spelling import Spelled
    from aanspreekpunt.knowledge.finding.words.vocabulary import Vocabulary

_PARTS_OF_WHOLE = 1.4
_PREFIX, _MOST_COMPLETIONS, _SHORTEST_START = 0.8, 16, 2
_SHORTEST_MISSPELLED = 4
_BY_PARTS, _NEAR = 0.7, 0.45
_CORRECTED, _CORRECTED_ELSE, _PERHAPS = 0.9, 0.6, 0.3
_MENDED = 0.8
_CUE, _CUE_RARITY = 0.3, 1.0
_VERB_ALONE, _VERB_APART = 0.2, 0.5
_VERB = 0.7
_STOP_WORD_SURE = 0.3
"""How much likelier than a word of the collection a stop word must be, to be taken for what was meant."""
_SURE = frozenset(("everyday", "english", "prefix", "joined"))
"""Ways that explain a strange word so well that it needs no correction."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """Knows the words of one collection."""

    keys: dict[str, int]
    postings: Postings
    vocabulary: Vocabulary

    def read(self, text: str, *, typing: bool) -> Query:
        """Return `text` understood. While `typing`, its last word may be the beginning of one."""
        cut = text[:LONGEST]
        found = list(tokens(cut))[:MOST_WORDS]
        was_cut = len(text) > LONGEST or len(found) == MOST_WORDS
        asked = without_personal(cut, found, has=self.has)
        unfinished = len(asked) - 1 if typing and asked and asked[-1].end == len(cut.rstrip("\n")) else -1
        return _Reading(self, [token.word for token in asked], unfinished).query(was_cut=was_cut)

    def has_words_of(self, text: str) -> bool:
        """Say whether the collection has all words of `text`, the last one at least as the beginning of a word."""
        words = [token.word for token in tokens(text[:LONGEST])]
        return all(word in self.vocabulary for word in words[:-1]) and all(map(self.vocabulary.begins, words[-1:]))

    def has(self, word: str) -> bool:
        """Say whether any document has a word, in any form."""
        meaning = sense(word)
        return meaning is not None and meaning.key in self.keys


@dataclass(slots=True)
class _Reading:
    of: Understanding
    words: list[str]
    unfinished: int
    is_english: bool = False
    readings: list[Reading] = field(default_factory=list)

    def query(self, *, was_cut: bool) -> Query:
        self.is_english = bool(english_signs().intersection(self.words))
        if not self.is_english:
            self.words = [
                self._stop_word(word) if place != self.unfinished else word for place, word in enumerate(self.words)
            ]
        apart = dict(verbs_apart(self.words))
        found = []
        for place, word in enumerate(self.words):
            alternatives = self._word(place, word, apart.get(place))
            if alternatives is not None:
                rare = self._rarity(alternatives) * (_VERB if _is_verb(word) else 1.0)
                found.append(QueryWord(word, place, tuple(alternatives), rare))
        found += self._cues()
        taken_as = {reading.typed: reading.taken_as for reading in self.readings}
        meant = [part for word in self.words for part in taken_as.get(word, word).split()]
        readings, most_rare = tuple(self.readings), self.of.postings.most_rare
        return Query(tuple(found), tuple(self.words), tuple(meant), readings, was_cut, most_rare)

    def _stop_word(self, word: str) -> str:
        """Return the stop word that a strange word is meant to be, else the word: *vraag* and *hoeveel* say how."""
        meaning = sense(word)
        if meaning is None or is_code(word) or len(word) < _SHORTEST_MISSPELLED or meaning.key in self.of.keys:
            return word
        if word in corrections() or meanings_of((stem(word),)) or lemma(word) or split_compound(word):
            return word
        likest = self.of.vocabulary.like(word, most=3)
        if not likest or likest[0].word not in stop_words():
            return word
        first, *others = likest
        near = (each for each in others if each.cost < first.cost + _STOP_WORD_SURE and each.word not in stop_words())
        return word if any(each.word in self.of.vocabulary for each in near) else first.word

    def _cues(self) -> list[QueryWord]:
        """Return what kind of question it is, as words that an answer to it often has; each little, together a hint."""
        found = []
        for place, answered in cues_in(tuple(self.words)):
            known = [self.of.keys.get(stem(word)) for word in answered]
            terms = tuple((term, _CUE) for term in known if term is not None)
            if terms:
                found.append(
                    QueryWord(
                        self.words[place], place, (Alternative(terms, "question", ""),), _CUE_RARITY, is_subject=False
                    )
                )
        return found

    def _word(self, place: int, word: str, verb: str | None) -> list[Alternative] | None:
        """Return the ways to have a word, nothing known as an empty list; None when it says nothing."""
        if verb is not None:
            return [*self._as_is(verb, sense(verb), _VERB_APART), *self._as_is(word, sense(word), _VERB_ALONE)]
        if self.is_english and word in english_stop_words():
            return None
        meaning = sense(word)
        if meaning is None:
            return self._completions(word, []) or None if place == self.unfinished else None
        alternatives = self._as_is(word, meaning, 1.0)
        alternatives += self._other_words(place, word)
        alternatives += self._joined(place)
        if place == self.unfinished:
            alternatives += self._completions(word, alternatives)
        if not is_code(word) and not self._is_known(meaning, alternatives):
            corrected = self._corrected(word)
            if corrected is None:
                return None
            alternatives += corrected
        return alternatives

    def _is_known(self, meaning: Sense, alternatives: list[Alternative]) -> bool:
        return meaning.key in self.of.keys or any(each.how in _SURE for each in alternatives)

    def _as_is(self, word: str, meaning: Sense | None, weight: float) -> list[Alternative]:
        """Return the word itself in any form, and the parts of a compound together."""
        if meaning is None:
            return []
        found = []
        key = self.of.keys.get(meaning.key)
        if key is not None:
            how: How = "code" if is_code(word) else "exact" if word in self.of.vocabulary else "stem"
            found.append(Alternative(((key, weight),), how, word))
        parts = self._parts(meaning, weight)
        if parts:
            found.append(Alternative(parts, "part", word))
        return found

    def _parts(self, meaning: Sense, weight: float) -> tuple[tuple[int, float], ...]:
        known = [(self.of.keys[key], share) for key, share in meaning.parts if key in self.of.keys]
        total = sum(share for _key, share in meaning.parts)
        return tuple((key, weight * _PARTS_OF_WHOLE * share / max(1.0, total)) for key, share in known)

    def _other_words(self, place: int, word: str) -> list[Alternative]:
        found: list[Alternative] = []
        for size in range(1, LONGEST_PHRASE + 1):
            stems = tuple(stem(each.replace("-", "")) for each in self.words[place : place + size])
            if len(stems) == size:
                found += [each for meaning in meanings_of(stems) for each in self._meant(meaning)]
        if self.is_english or (stem(word) not in self.of.keys and word in english()):
            for phrase in english().get(word, ()):
                found += self._phrase(phrase, 0.9, "english")
        found += [each for meaning in synonyms_of(lemma(word) or word) for each in self._meant(meaning)]
        return found

    def _meant(self, meaning: Meaning) -> list[Alternative]:
        return self._phrase(meaning.words, meaning.nearness, meaning.how, _BY_PARTS)

    def _phrase(self, words: tuple[str, ...], weight: float, how: How, by_parts: float = 1.0) -> list[Alternative]:
        """Return all words of a phrase together; a word that the collection lacks by its parts, which say less."""
        terms: list[tuple[int, float]] = []
        senses = [each for each in map(sense, words) if each is not None]
        for meaning in senses:
            key = self.of.keys.get(meaning.key)
            share = weight / len(senses)
            terms += [(key, share)] if key is not None else list(self._parts(meaning, share * by_parts))
        return [Alternative(tuple(terms), how, " ".join(words))] if terms else []

    def _joined(self, place: int) -> list[Alternative]:
        """*rij bewijs* may be *rijbewijs*: this word with the next, or with the one before."""
        found = []
        for first in (place, place - 1):
            if 0 <= first < len(self.words) - 1:
                word = self.words[first] + self.words[first + 1]
                key = self.of.keys.get(stem(word))
                if key is not None and word in self.of.vocabulary:
                    found.append(Alternative(((key, 0.6),), "joined", word))
        return found

    def _completions(self, start: str, known: list[Alternative]) -> list[Alternative]:
        if len(start) < _SHORTEST_START:
            return []
        taken = {term for each in known for term, _weight in each.terms if each.how in {"exact", "stem"}}
        found: dict[int, Alternative] = {}
        for word in self.of.vocabulary.beginning_with(start, most=_MOST_COMPLETIONS):
            meaning = sense(word)
            key = self.of.keys.get(meaning.key) if meaning else None
            if key is not None and key not in taken:
                found.setdefault(key, Alternative(((key, _PREFIX),), "prefix", word))
        return list(found.values())

    def _corrected(self, word: str) -> list[Alternative] | None:
        """Return what a strange word may be meant to be; None when it is a stop word with a mistake in it."""
        listed = corrections().get(word)
        if listed is not None:
            return self._note(word, self._phrase(tuple(listed.split()), 0.95, "spelling"))
        if len(word) < _SHORTEST_MISSPELLED:
            return []
        if lemma(word):
            return self._perhaps(word)
        likest = self.of.vocabulary.like(word.replace("-", ""), most=3)
        is_used = any(each.word in self.of.vocabulary for each in likest)
        return (None if is_used else self._mended(word)) or self._instead(word, likest)

    def _mended(self, word: str) -> list[Alternative]:
        """Return what a compound that nobody has may be meant to be, by the part of it that is right."""
        whole = mended(word, self.of.vocabulary)
        found = [replace(each, how="spelling") for each in self._as_is(whole, sense(whole), _MENDED)]
        return self._note(word, [*found, *self._meant_instead(whole, _MENDED)]) if found else []

    def _instead(self, word: str, likest: list[Spelled]) -> list[Alternative] | None:
        found: list[Alternative] = []
        for rank, spelled in enumerate(likest):
            if spelled.word not in stop_words():
                weight = spelled.likeness * (_CORRECTED if rank == 0 else _CORRECTED_ELSE)
                found += self._meant_instead(spelled.word, weight)
            elif rank == 0 and self._stop_word(word) != word:
                return None
        return self._note(word, found or self._run_together(word))

    def _perhaps(self, word: str) -> list[Alternative]:
        """Return what a good Dutch word may be meant to be all the same: only what the collection has, and lightly."""
        near = [each.word for each in self.of.vocabulary.like(word, most=3) if each.word in self.of.vocabulary]
        near = [each for each in near if each not in stop_words()]
        return [each for other in near for each in self._phrase((other,), _PERHAPS, "spelling")]

    def _meant_instead(self, word: str, weight: float) -> list[Alternative]:
        """Return the ways to have a corrected word: itself, its parts, and other words for it."""
        listed = [
            Meaning((word,), 1.0, "spelling"),
            *(meaning for meaning in meanings_of((stem(word),)) if meaning.nearness >= _NEAR),
        ]
        return [
            Alternative(tuple((term, share * weight) for term, share in each.terms), "spelling", word)
            for meaning in listed
            for each in self._meant(meaning)
        ]

    def _run_together(self, word: str) -> list[Alternative]:
        """*paspoortverlopen* may be two words of the collection; stop words may stand between."""
        for cut in range(len(word) - 3, 3, -1):
            first, rest = word[:cut], word[cut:]
            if first in self.of.vocabulary and rest in self.of.vocabulary:
                return self._phrase((first, rest), 0.8, "split")
        return []

    def _note(self, typed: str, found: list[Alternative]) -> list[Alternative]:
        if found:
            self.readings.append(Reading(typed, found[0].word, found[0].how))
        return found

    def _rarity(self, alternatives: list[Alternative]) -> float:
        if not alternatives:
            return self.of.postings.most_rare
        best = max(alternatives, key=lambda each: sum(weight for _term, weight in each.terms))
        total = sum(weight for _term, weight in best.terms)
        return sum(weight * float(self.of.postings.rarity[term]) for term, weight in best.terms) / max(total, 1e-6)


def _is_verb(word: str) -> bool:
    """Say whether a word is a form of a verb, which says less about the subject than a noun."""
    listed = lemma(word)
    return (listed.endswith("en") and listed != word) or (word.endswith("en") and infinitive(word[:-2]) == word)
