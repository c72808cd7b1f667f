"""Brings the forms of a Dutch word together: inflection with the word list at hand, then the ending by rule."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.words.lexicon import dutch_words, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTICLES = (
    "achter",
    "binnen",
    "samen",
    "tegen",
    "terug",
    "onder",
    "langs",
    "klaar",
    "schoon",
    "aan",
    "bij",
    "door",
    "mee",
    "over",
    "rond",
    "toe",
    "uit",
    "vast",
    "voor",
    "vrij",
    "weg",
    "af",
    "in",
    "na",
    "om",
    "op",
)
_UNSTRESSED = ("ver", "be", "ont", "her", "er")
_NO_PARTICIPLES = frozenset(
    (
        "gebied",
        "geboorte",
        "geluid",
        "gezond",
        "verband",
        "gemeente",
        "gewest",
        "meisje",
        "beetje",
        "gerecht",
        "bericht",
        "bestand",
        "beleid",
        "gezin",
        "geduld",
        "herfst",
        "verdriet",
    )
)
_LONG = re.compile(r"([^aeiou]|^)([aeou])([bcdfgklmnprstvz])$")
_DOUBLE_VOWEL = re.compile(r"(aa|ee|oo|uu)([bcdfgklmnprstvz])$")
_DOUBLE_END = re.compile(r"([bdfgklmnprst])\1$")
_AFTER_VOWEL = "bcdfgklmnprstvz"
_SOFT = {"f": "v", "s": "z"}
_SHORTEST = 3


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return what all forms of `word` (folded, without hyphens) have in common; never a word itself."""
    return root(lemma(word) or word)


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """Return the form under which a dictionary lists `word`, or nothing when it lists none."""
    strong = _strong().get(word)
    if strong:
        return strong
    if word not in _NO_PARTICIPLES:
        verb = _participle(word) or (_diminutive(word) if len(word) > _SHORTEST + 2 else "")
        if verb:
            return verb
    if word in dutch_words():
        return word
    return next((each for each in _candidates(word) if each), "")


def root(word: str) -> str:
    """Return `word` without the ending that makes a noun, plural or infinitive of it."""
    for ending, least in (("heden", 5), ("heid", 5), ("ingen", 4), ("ing", 4), ("en", 3), ("e", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and _has_vowel(word[: -len(ending)]):
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST + 1 and word[-1] == "s" and word[-2] not in "aeiouys":
        word = word[:-1]
    word = _DOUBLE_END.sub(r"\1", word)
    word = _DOUBLE_VOWEL.sub(lambda found: found[1][0] + found[2], word)
    return word[:-1] + {"v": "f", "z": "s"}.get(word[-1], word[-1])


def infinitive(form: str) -> str:
    """Return the listed verb of which `form` is the stem: *vraag* to *vragen*; nothing when there is none."""
    if len(form) < _SHORTEST:
        return ""
    words = dutch_words()
    for each in _infinitives(form):
        if each in words:
            return each
    return ""


def _infinitives(form: str) -> tuple[str, ...]:
    """Return the verbs that `form` may be the stem of. Asked of every beginning of every word, so without patterns."""
    before, vowel, last = form[-3], form[-2], form[-1]
    soft = _SOFT.get(last)
    softly = (form[:-1] + soft + "en",) if soft else ()
    if vowel in "aeou" and last in _AFTER_VOWEL:
        if before == vowel:
            short = form[:-2]
            return (short + last + "en", *((short + soft + "en",) if soft else ()), form + "en", *softly)
        if before not in "aeiou":
            return form + last + "en", form + "en", *softly
    return form + "en", *softly


def _candidates(word: str) -> Iterator[str]:
    if word.endswith(("end", "ende")):
        yield _known(word.removesuffix("e")[:-1])
    yield from _nouns(word)
    yield from _verbs(word)
    yield _with_particle(word)


def _nouns(word: str) -> Iterator[str]:
    """Plurals and adjectives: *paspoorten*, *bomen*, *brieven*, *geldige*, *fotos*."""
    if word.endswith("s"):
        yield _known(word[:-1])
    for ending in ("eren", "en", "e", "ere", "ste"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield _singular(word[: -len(ending)])


def _singular(base: str) -> str:
    hard = base[:-1] + {"v": "f", "z": "s"}.get(base[-1], base[-1])
    long = _LONG.sub(lambda found: found[1] + found[2] * 2 + found[3], hard)
    return next((each for each in (long, hard, _DOUBLE_END.sub(r"\1", base)) if each in dutch_words()), "")


def _verbs(word: str) -> Iterator[str]:
    """Forms of weak verbs: *betaalt*, *verhuisde*, *verlengd*, *gemeld*."""
    for ending in ("", "t", "d", "te", "de", "ten", "den"):
        if ending and not word.endswith(ending):
            continue
        yield infinitive(word.removesuffix(ending))


def _participle(word: str) -> str:
    """*gemeld*, *gestolen*, *verlengde*, *aangevraagd* to their verb; the particle or unstressed syllable stays."""
    if word.endswith(("e", "d", "t", "n")):
        if word.startswith("ge"):
            return _strong().get(word.removesuffix("e")) or _weak_participle(word[2:])
        if word.startswith(_UNSTRESSED) and word.endswith(("d", "t", "de", "te")):
            return infinitive(_participle_base(word))
        if "ge" in word:
            return _with_particle(word)
    return ""


def _weak_participle(rest: str) -> str:
    if not rest.endswith(("d", "t", "de", "te")):
        return ""
    return infinitive(rest.removesuffix("e")) or infinitive(_participle_base(rest))


def _participle_base(word: str) -> str:
    return word.removesuffix("e")[:-1]


def _with_particle(word: str) -> str:
    """*aangevraagd* and *aanvraagt* to *aanvragen*; *meegenomen* by its strong verb."""
    for particle in PARTICLES:
        rest = word.removeprefix(particle)
        if rest != word and len(rest) >= _SHORTEST:
            verb = _strong().get(rest) or _participle(rest) or next((each for each in _verbs(rest) if each), "")
            if verb and particle + verb in dutch_words():
                return particle + verb
    return ""


def _diminutive(word: str) -> str:
    """*pasje*, *kaartje*, *formuliertje*, *boompje*, *dingetje* to what is small."""
    bare = word.removesuffix("s")
    for ending in ("je", "tje", "etje", "pje", "kje"):
        base = bare.removesuffix(ending)
        if base != bare and len(base) >= _SHORTEST:
            found = _known(base) or _known(_DOUBLE_END.sub(r"\1", base)) or _known(base + "g")
            if found:
                return found
    return ""


def _known(word: str) -> str:
    return word if len(word) >= _SHORTEST and word in dutch_words() else ""


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)


@cache
def _strong() -> dict[str, str]:
    """Return forms that no rule makes, with their verb or singular."""
    listed: dict[str, list[str]] = read_yaml("irregular.yaml")
    return {form: word for word, others in listed.items() for form in others}
