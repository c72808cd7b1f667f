"""What can only be seen over a whole Dutch text: letters nobody explained, and "u" beside "je"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.readability.findings import Finding, Kind
from aanspreekpunt.knowledge.readability.sentences import Part, Sort
from aanspreekpunt.knowledge.readability.words import everyday_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aanspreekpunt.knowledge.readability.sentences import Sentence, Word

_LETTERS = range(2, 7)
_EXPLAINED = re.compile(r"\((?P<inside>[^\W_]{2,6})\)|(?<![^\W_])(?P<before>[^\W_]{2,6})[*_]{0,3} \(")
_FORMAL = frozenset({"u", "uw", "uzelf"})
_FAMILIAR = frozenset({"je", "jij", "jou", "jouw", "jullie", "jezelf"})


def unknown_letters(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Find short names in capitals, such as "WMO-RI", that few know and the text does not explain; each once."""
    explained = {found["inside"] or found["before"] for found in _EXPLAINED.finditer(text)}
    seen: set[str] = set()
    for sentence in sentences:
        if sentence.part is Part.HEADING or _is_shouted(text, sentence):
            continue
        for word in sentence.words:
            written = text[word.start : word.end].partition("-")[0]
            if word.sort is Sort.WORD and len(written) in _LETTERS and written.isupper() and written not in seen:
                seen.add(written)
                if written not in everyday_words() and written not in explained:
                    yield Finding(Kind.UNKNOWN_LETTERS, word.start, word.end, {"written": written})


def mixed_address(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Find the rarer form of address when a text uses both "u" and "je"."""
    formal: list[Word] = []
    familiar: list[Word] = []
    for sentence in sentences:
        for word in sentence.words:
            if word.low in _FORMAL:
                formal.append(word)
            elif word.low in _FAMILIAR:
                familiar.append(word)
    rarer, usual = (familiar, "u") if len(formal) >= len(familiar) else (formal, "je")
    if formal and familiar:
        for word in rarer:
            yield Finding(Kind.MIXED_ADDRESS, word.start, word.end, {"written": word.low, "usual": usual})


def _is_shouted(text: str, sentence: Sentence) -> bool:
    """Say whether a sentence stands in capitals, so that they mean nothing."""
    return len(sentence.words) > 1 and text[sentence.start : sentence.end].isupper()
