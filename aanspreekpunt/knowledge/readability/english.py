"""A simpler meter for English: sentence length, official words and the passive voice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.readability.checks import long_sentence, phrases_in
from aanspreekpunt.knowledge.readability.findings import Finding, Kind
from aanspreekpunt.knowledge.readability.sentences import clauses_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.knowledge.readability.sentences import Sentence

SHORT_FORMS = frozenset({"e.g.", "i.e.", "mr.", "mrs.", "ms.", "dr.", "no.", "etc.", "approx.", "incl.", "st.", "tel."})
CLAUSE_OPENERS = frozenset({"if", "because", "that", "which", "who", "when", "while", "unless", "although", "but"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_IRREGULAR = frozenset(
    (
        *("brought", "built", "chosen", "done", "drawn", "found", "given", "held", "kept", "known", "laid", "made"),
        *(
            "met",
            "paid",
            "put",
            "read",
            "seen",
            "sent",
            "set",
            "shown",
            "sold",
            "taken",
            "told",
            "withdrawn",
            "written",
        ),
    )
)
_REGULAR = re.compile(r"[a-z]{2,20}[^e]ed")
_STATES = frozenset({"married", "divorced", "closed", "registered", "allowed", "required", "need", "interested"})
_REACH = 4


def official_words(sentence: Sentence) -> Iterator[Finding]:
    """Find official words and phrases that have a plain alternative."""
    return phrases_in(sentence, "en")


def passives(sentence: Sentence) -> Iterator[Finding]:
    """Find the passive voice: "is issued", "will be sent"."""
    for clause in clauses_of(sentence):
        for at, word in enumerate(clause):
            if word.low in _BE:
                verb = next((one for one in clause[at + 1 : at + _REACH] if _is_participle(one.low)), None)
                if verb is not None:
                    yield Finding(Kind.PASSIVE, word.start, verb.end, {"auxiliary": word.low, "verb": verb.low})
                    break


def _is_participle(low: str) -> bool:
    return low in _IRREGULAR or (low not in _STATES and _REGULAR.fullmatch(low) is not None)


CHECKS = (long_sentence, official_words, passives)
