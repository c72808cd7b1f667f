"""What reads badly in a Dutch sentence. Each check takes a sentence and returns its findings, in linear time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.readability import verbs
from aanspreekpunt.knowledge.readability.findings import Finding, Kind
from aanspreekpunt.knowledge.readability.sentences import Sort, clauses_of
from aanspreekpunt.knowledge.readability.words import everyday_words, official_phrases, short_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aanspreekpunt.knowledge.readability.sentences import Sentence, Word

LONGEST_SENTENCE = 20
"""Words in a sentence. The rule of thumb of Dutch government writing: 10 to 15 on average, never more than 20."""
LONGEST_WORD = 18
"""Letters of a word that needs no remark; longer compounds are hard to take in at one glance."""
MOST_WORDS_BETWEEN = 8
"""Words between an auxiliary and its verb that a reader can hold on to."""
_REACH = 40
"""Words after an auxiliary within which its verb is looked for."""
_DETERMINERS = frozenset({"de", "het", "een", "uw", "deze", "alle"})
_PREPOSITIONS = frozenset(
    (
        *("aan", "bij", "daartoe", "door", "in", "ingevolge", "krachtens", "met", "naar", "onder", "op", "te", "ten"),
        *("ter", "tot", "uit", "voor"),
    )
)
_PACKED_WITHIN = 9
_NEGATIONS = frozenset({"niet", "geen", "nooit", "niemand", "niets", "zonder", "nergens", "evenmin", "noch"})
_AND = frozenset({"en", "of"})
_UNLESS = frozenset({"tenzij", "behoudens", "behalve", "mits"})
_EVERYDAY_ING = (
    *(
        "stemming",
        "woningen",
        "afdeling",
        "aanleiding",
        "belasting",
        "betaling",
        "bevolking",
        "dingen",
        "ervaring",
        "instelling",
        "kring",
    ),
    *(
        "melding",
        "verordening",
        "koning",
        "korting",
        "leerling",
        "leiding",
        "lening",
        "mening",
        "omgeving",
        "regeling",
        "rekening",
        "ring",
    ),
    *("tekening", "tentoonstelling", "uitkering", "vergadering", "vergunning", "vereniging", "verdieping"),
    *("verzekering", "vestiging", "voeding", "werking", "woning", "zitting", "opleiding", "bestelling", "inwoning"),
    *("beweging", "verhouding", "uitnodiging", "oefening", "gezinswoning", "huurwoning", "begraving", "stichting"),
)
_NO_VERBS = frozenset({"leven", "eten", "teken", "nummers", "einden", "midden", "gegeven", "wapen", "kussen", "examen"})


def official_words(sentence: Sentence) -> Iterator[Finding]:
    """Find official words and phrases that have a plain alternative."""
    return phrases_in(sentence, "nl")


def phrases_in(sentence: Sentence, language: str) -> Iterator[Finding]:
    """Find the official phrases of a language; the longest at each place, never overlapping."""
    known = official_phrases(language)
    words = sentence.words
    free_from = 0
    for at, word in enumerate(words):
        if at < free_from or word.low not in known:
            continue
        for phrase in known[word.low]:
            last = at + len(phrase.rest)
            if last < len(words) and all(words[at + 1 + step].low == wanted for step, wanted in enumerate(phrase.rest)):
                written = " ".join((word.low, *phrase.rest))
                yield _at(Kind.OFFICIAL_WORD, word, words[last], written=written, instead=phrase.instead)
                free_from = last + 1
                break


def long_sentence(sentence: Sentence) -> Iterator[Finding]:
    """Find a sentence of more than 20 words."""
    count = len(sentence.words)
    if count > LONGEST_SENTENCE:
        first, last = sentence.words[0], sentence.words[-1]
        yield _at(Kind.LONG_SENTENCE, first, last, words=count, most=LONGEST_SENTENCE)


def long_words(sentence: Sentence) -> Iterator[Finding]:
    """Find long compounds that are no everyday words."""
    for word in sentence.words:
        if word.end - word.start > LONGEST_WORD and word.sort is Sort.WORD and word.low not in everyday_words():
            letters = max(map(len, word.low.split("-")))
            if letters > LONGEST_WORD:
                yield _at(Kind.LONG_WORD, word, word, written=word.low[:100], letters=letters)


def abbreviations(sentence: Sentence) -> Iterator[Finding]:
    """Find abbreviations that are better written in full."""
    known = short_forms("nl")
    for word in sentence.words:
        if word.sort is Sort.SHORT and word.low in known:
            yield _at(Kind.SHORT_FORM, word, word, written=word.low, instead=known[word.low])


def passives(sentence: Sentence) -> Iterator[Finding]:
    """Find the passive voice: "wordt … gegeven", "gegeven wordt", "is … verleend"."""
    for clause in clauses_of(sentence):
        lows = {word.low for word in clause}
        if lows.isdisjoint(verbs.PASSIVE_AUXILIARIES):
            continue
        is_his = len(lows & verbs.PASSIVE_AUXILIARIES) > 1 or not lows.isdisjoint(verbs.HAVE)  # "zijn functie is"
        for at, word in enumerate(clause):
            if _helps_passive(word, lows, is_his=is_his):
                other = _participle_near(clause, at)
                if other is not None and verbs.is_done_by_others(word.low, other.low):
                    first, last = sorted((word, other), key=lambda one: one.start)
                    yield _at(Kind.PASSIVE, first, last, auxiliary=word.low, verb=other.low)
                    break


def verbs_far_away(sentence: Sentence) -> Iterator[Finding]:
    """Find an auxiliary whose verb comes many words later in the same clause."""
    for clause in clauses_of(sentence):
        for at, word in enumerate(clause):
            if word.low in verbs.AUXILIARIES:
                place = _place_of_verb(clause, at)
                between = place - at - 1
                if between > MOST_WORDS_BETWEEN:
                    verb = clause[place]
                    yield _at(Kind.VERB_FAR_AWAY, word, verb, auxiliary=word.low, verb=verb.low, words=between)
                break


def packed_phrases(sentence: Sentence) -> Iterator[Finding]:
    """Find whole clauses in front of a noun: "de door u ingediende aanvraag"."""
    for clause in clauses_of(sentence):
        for at, (word, after) in enumerate(pairwise(clause)):
            if word.low in _DETERMINERS and after.low in _PREPOSITIONS:
                end = min(at + _PACKED_WITHIN, len(clause) - 1)  # a noun has to follow
                for place in range(at + 2, end):
                    if _stands_before_noun(clause, place):
                        written = " ".join(one.low for one in clause[at : place + 1])
                        yield _at(Kind.PACKED_PHRASE, word, clause[place], written=written[:200])
                        break


def nouns_for_verbs(sentence: Sentence) -> Iterator[Finding]:
    """Find verbs made into nouns: "het verlenen van", "de vaststelling van", "ter voorkoming"."""
    words = sentence.words
    for at, word in enumerate(words):
        before = words[at - 1].low if at else ""
        after = words[at + 1].low if at + 1 < len(words) else ""
        low = word.low
        if low.endswith("ing") and not low.endswith(_EVERYDAY_ING) and (after == "van" or before in {"ter", "tot"}):
            first = words[at - 1] if before in {"ter", "tot", "de", "een"} else word
        elif before == "het" and after in {"van", "tot"} and low.endswith("en") and low not in _NO_VERBS:
            first = words[at - 1]
        else:
            continue
        yield _at(Kind.NOUN_FOR_VERB, first, word, written=" ".join(dict.fromkeys((first.low, low))))


def stacked_negations(sentence: Sentence) -> Iterator[Finding]:
    """Find two negations in one clause, or one beside "tenzij"."""
    for clause in clauses_of(sentence):
        found = [word for word in clause if word.low in _NEGATIONS or word.low.startswith("niet-")]
        if len(found) > 1 and not any(
            found[0].end < word.start < found[1].start for word in clause if word.low in _AND
        ):
            yield _at(Kind.STACKED_NEGATION, found[0], found[1], first=found[0].low, second=found[1].low)
            return
    negation = next((word for word in sentence.words if word.low in _NEGATIONS), None)
    unless = next((word for word in sentence.words if word.low in _UNLESS), None)
    if negation and unless:
        first, second = sorted((negation, unless), key=lambda word: word.start)
        yield _at(Kind.STACKED_NEGATION, first, second, first=first.low, second=second.low)


def _helps_passive(word: Word, lows: set[str], *, is_his: bool) -> bool:
    """Say whether a word can be the auxiliary of a passive; "zijn" also means "his", beside another auxiliary."""
    if word.low in verbs.BE:
        return lows.isdisjoint(verbs.HAVE) and not (word.low == "zijn" and is_his)
    return word.low in verbs.BECOME


def _participle_near(clause: Sequence[Word], at: int) -> Word | None:
    """Return the participle after the auxiliary, or else the one right before it ("gegeven wordt")."""
    for place in range(at + 1, min(at + 1 + _REACH, len(clause))):
        if _is_verb(clause, place):
            return clause[place]
    return clause[at - 1] if at and _is_verb(clause, at - 1) else None


def _is_verb(clause: Sequence[Word], place: int) -> bool:
    """Say whether a participle stands here as a verb, and not before its noun ("een beveiligd netwerk")."""
    is_before_noun = clause[place - 1].low in _DETERMINERS and place + 1 < len(clause) and place > 0
    return verbs.is_participle(clause[place].low) and not is_before_noun


def _place_of_verb(clause: Sequence[Word], at: int) -> int:
    """Return the place of the verb of an auxiliary: a participle, or an infinitive that ends the clause; else `at`."""
    for place in range(at + 1, min(at + _REACH, len(clause))):
        if _is_verb(clause, place):
            return place
    if clause[at].low not in verbs.MODAL or len(clause) > at + _REACH:
        return at
    candidates = [place for place in range(at + 1, len(clause)) if _may_be_infinitive(clause[place].low)]
    return candidates[0] if candidates == [len(clause) - 1] else at


def _may_be_infinitive(low: str) -> bool:
    return low.endswith(("en", "aan", "oen", "ien", "zijn")) and len(low) > 3  # noqa: PLR2004 - "een", "en"


def _stands_before_noun(clause: Sequence[Word], place: int) -> bool:
    low = clause[place].low
    is_to_do = clause[place - 1].low == "te" and low.endswith("en") and place - 1 > 0
    return is_to_do or (verbs.is_participle_before_noun(low) and clause[place + 1].sort is Sort.WORD)


def _at(kind: Kind, begin: Word, close: Word, /, **parameters: str | int) -> Finding:
    return Finding(kind, begin.start, close.end, parameters)
