"""Markdown into sentences of words, each with its place in the source text.

A list item, a heading and a table cell end where they end, with or without a full stop. Addresses, HTML and code are
not read. A variable counts as one word. Takes time in proportion to the length of the text, whatever is in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_OPENING = re.compile(r"[ \t]*(?:>[ \t]?)*(?P<sign>#{1,6}[ \t]|(?:[-*+]|\d{1,4}[.)])[ \t]+)?")
_TOKEN = re.compile(  # each part has a bound, or stops at its own beginning, so that no text takes long
    r"""
    (?P<skip>\]\([^()\s]{0,2000}(?:\s[^()\n]{0,200})?\)|<[^<>\n]{1,300}>|`[^`\n]{1,300}`
        |(?:https?://|www\.)[^\s<>()]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,200}[\w])
    |(?P<variable>\{\{[^{}\n]{0,100}\}\})
    |(?P<number>\d{1,20}(?:[.,:]\d{1,20}){0,6}(?:,-)?(?![^\W_]))
    |(?P<short>(?:[^\W\d_]{1,3}\.){2,8}(?!\w))
    |(?P<word>[^\W_]+(?:['\u2019\u2011-][^\W_]+)*)
    |(?P<end>[.!?\u2026]+(?=[\s"')\]*_\u201d\u2019|]|$))
    |(?P<clause>[,;:()\u2013\u2014|])
    """,
    re.VERBOSE | re.MULTILINE,
)
_LAST_SHORT_FORMS = {"e.a.", "e.d.", "enz.", "etc.", "jl."}

_PLAIN = str.maketrans("\u2011\u2019", "-'")


class Part(Enum):
    """What a sentence is a part of."""

    TEXT = auto()
    ITEM = auto()
    HEADING = auto()


class Sort(Enum):
    """What sort of word it is."""

    WORD = auto()
    NUMBER = auto()
    VARIABLE = auto()
    SHORT = auto()


class Word(NamedTuple):
    """A word: in small letters, its place in the source text, the number of its clause in the sentence, its sort."""

    low: str
    start: int
    end: int
    clause: int
    sort: Sort


@dataclass(slots=True)
class Sentence:
    """A sentence: what it is part of, its words, and how it ended ('' when it just stopped)."""

    part: Part
    words: list[Word] = field(default_factory=list)
    mark: str = ""
    clauses: list[list[Word]] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


class _Reader:
    """Reads line by line and collects sentences."""

    def __init__(self, text: str, short_forms: Collection[str], clause_openers: Collection[str]) -> None:
        self.text = text
        self.short_forms = short_forms
        self.clause_openers = clause_openers
        self.done: list[Sentence] = []
        self.now = Sentence(Part.TEXT)
        self.clause = 0

    def read(self) -> list[Sentence]:
        is_code = False
        for line in _LINE.finditer(self.text):
            start, end = line.span()
            if _FENCE.match(self.text, start, end):
                is_code = not is_code
                self.finish()
            elif not is_code:
                self.read_line(start, end)
        self.finish()
        return self.done

    def read_line(self, start: int, end: int) -> None:
        opening = _OPENING.match(self.text, start, end)
        sign = (opening["sign"] or "") if opening else ""
        first = opening.end() if opening else start
        if sign or not self.text[first:end].strip():
            self.finish()
        if sign:
            self.now.part = Part.HEADING if sign[0] == "#" else Part.ITEM
        is_table = self.text.startswith("|", first)
        for token in _TOKEN.finditer(self.text, first, end):
            self.take(token)
            if is_table and token[0] == "|":
                self.finish()
        if is_table or self.now.part is Part.HEADING:
            self.finish()

    def take(self, token: re.Match[str]) -> None:
        name = token.lastgroup
        if name == "word":
            low = token[0].lower().translate(_PLAIN)
            if low in self.clause_openers and self.now.words:
                self.clause += 1
            self.add(token, low, Sort.WORD)
        elif name == "end":
            self.stop_or_shorten(token)
        elif name == "clause":
            self.clause += 1
        elif name == "short":
            self.add(token, token[0].lower(), Sort.SHORT)
            self.finish_after_short(token[0].lower(), token.end())
        elif name in {"number", "variable"}:
            self.add(token, token[0], Sort.NUMBER if name == "number" else Sort.VARIABLE)

    def stop_or_shorten(self, token: re.Match[str]) -> None:
        """End the sentence at a full stop, unless it belongs to a short form or an initial."""
        last = self.now.words[-1] if self.now.words else None
        if token[0] == "." and last is not None and last.end == token.start() and last.sort is Sort.WORD:
            written = self.text[last.start : last.end]
            is_own_word = not self.text.endswith(".", 0, last.start)  # and not the end of "overheid.nl."
            if is_own_word and f"{last.low}." in self.short_forms:
                self.now.words[-1] = last._replace(low=f"{last.low}.", end=token.end(), sort=Sort.SHORT)
                self.finish_after_short(f"{last.low}.", token.end())
                return
            if len(written) == 1 and written.isupper() and len(self.now.words) > 1:
                return
        self.now.mark = token[0][-1]
        self.finish()

    def goes_on(self, low: str, end: int) -> bool:
        """Say whether a sentence goes on after a short form: after "dhr." always, after "enz." not before a capital."""
        rest = self.text[end : end + 3].lstrip(" ")
        if not rest or rest[0] == "\n":
            return False
        return not (rest[0].isupper() and low in _LAST_SHORT_FORMS)

    def finish_after_short(self, low: str, end: int) -> None:
        if not self.goes_on(low, end) and not self.text.startswith("\n", end):
            self.finish()

    def add(self, token: re.Match[str], low: str, sort: Sort) -> None:
        self.now.words.append(Word(low, token.start(), token.end(), self.clause, sort))

    def finish(self) -> None:
        part = self.now.part
        if self.now.words:
            self.done.append(self.now)
        self.now = Sentence(part if part is Part.ITEM else Part.TEXT)
        self.clause = 0


def sentences_of(
    text: str, *, short_forms: Collection[str] = (), clause_openers: Collection[str] = ()
) -> list[Sentence]:
    """Return the sentences of a Markdown text, in order, each with at least one word.

    `short_forms` are abbreviations with their full stop, in small letters; `clause_openers` are words that begin a
    clause, such as "omdat".
    """
    return _Reader(text, short_forms, clause_openers).read()


def clauses_of(sentence: Sentence) -> list[list[Word]]:
    """Return the words of each clause of a sentence; the answer is kept with the sentence, because many ask."""
    if not sentence.clauses:
        for word in sentence.words:
            if not sentence.clauses or sentence.clauses[-1][-1].clause != word.clause:
                sentence.clauses.append([])
            sentence.clauses[-1].append(word)
    return sentence.clauses
