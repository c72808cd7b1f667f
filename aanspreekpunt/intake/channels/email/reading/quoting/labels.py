"""Says of each line of a mail what it is: new, a quote that is answered, quoted, or signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aanspreekpunt.intake.channels.email.reading.quoting.headings import is_rule
from aanspreekpunt.intake.channels.email.reading.quoting.introductions import introduction_at
from aanspreekpunt.intake.channels.email.reading.quoting.lines import next_seen
from aanspreekpunt.intake.channels.email.reading.quoting.signatures import (
    is_closing,
    is_delimiter,
    is_device_line,
    signature_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.intake.channels.email.reading.quoting.introductions import Introduction
    from aanspreekpunt.intake.channels.email.reading.quoting.lines import Line
    from aanspreekpunt.intake.channels.email.reading.quoting.structure import Said

Label = Literal["new", "answered", "quoted", "signature"]
_Mark = Literal["words", "blank", "introduction", "marked", "rest", "signature"]

_SHORT_QUOTE = 3
"""So many lines of a quote above one answer were left there by hand; more are there because a program does so."""
_LONG_QUOTE = 15
"""Of a quote longer than this only the last paragraph is read with the answer below it."""
_MOST_LINES = 2_000
"""Behind so many lines no introduction is looked for any more: nobody writes so much above a quote."""
_TOP, _BOTTOM = 40, 300
"""A signature is looked for at the top and at the bottom only."""
_LINKS = ("(http", "<http")
_LINES_OF_CLOSING = 4
_WRAPPED_FROM = 60
_WRAPPED_TO = 45


def labels_of(lines: list[Line], said: list[Said | None] | None = None) -> list[Label]:
    """Return what each line is; `said` is what the HTML of the mail says of some."""
    marks = _Marking(lines, said or [None] * len(lines)).marks
    _mark_wrapped(lines, marks)
    _mark_rules(lines, marks)
    _mark_signatures(lines, marks)
    labels = _labels(lines, marks)
    return _with_blanks(marks, labels)


class _Marking:
    """Goes through the lines once, from the first to the last, and says what each is by itself."""

    def __init__(self, lines: list[Line], said: list[Said | None]) -> None:
        self._lines = lines
        self._said = said
        self.marks: list[_Mark] = []
        self._has_words = False
        self._forwards = False
        while len(self.marks) < len(lines):
            self._mark_next()
        if self._forwards and not self._has_words:
            self.marks = ["blank" if line.is_blank else "words" for line in lines]

    def _mark_next(self) -> None:
        at = len(self.marks)
        line = self._lines[at]
        if line.is_blank:
            self.marks.append("blank")
        elif self._said[at] == "signature":
            self.marks.append("signature")
        elif self._said[at] == "quoted" and not line.is_quoted:
            found = introduction_at(self._lines, at) if at < _MOST_LINES else None
            self.marks += ["introduction"] * found.length if found else ["marked"]
        elif self._is_quoted(at) or (line.may_be_quoted and self._follows_quote()):
            self.marks.append("marked")
        else:
            self._mark_words(at, introduction_at(self._lines, at) if at < _MOST_LINES else None)

    def _mark_words(self, at: int, found: Introduction | None) -> None:
        if found is None:
            self.marks.append("words")
            self._has_words |= not is_device_line(self._lines[at])
            return
        after = next_seen(self._lines, at + found.length)
        if after < len(self._lines) and (self._is_quoted(after) or self._lines[after].may_be_quoted):
            self._forwards |= found.forwards
            self.marks += ["introduction"] * (after - at)
        elif not found.is_certain:
            self.marks += ["words"] * found.length
            self._has_words = True
        elif self._has_words:
            self.marks += ["rest"] * (len(self._lines) - at)
        else:
            self.marks += ["words"] * found.length  # somebody forwards without a word: then this is the message

    def _is_quoted(self, at: int) -> bool:
        return self._lines[at].is_quoted or self._said[at] == "quoted"

    def _follows_quote(self) -> bool:
        return bool(self.marks) and next((mark for mark in reversed(self.marks[-3:]) if mark != "blank"), "") in {
            "introduction",
            "marked",
        }


def _mark_wrapped(lines: list[Line], marks: list[_Mark]) -> None:
    """Mark what is the end of a quoted line that was too long, and so lost its sign."""
    for at in range(1, len(lines) - 1):
        if marks[at - 1 : at + 2] == ["marked", "words", "marked"] and _is_wrapped(lines[at - 1].bare, lines[at].bare):
            marks[at] = "marked"


def _is_wrapped(before: str, bare: str) -> bool:
    if bare.startswith(_LINKS) or (bare.endswith((")", ">")) and _opens_link(before)):
        return True
    is_short = len(bare) <= _WRAPPED_TO and not bare[:1].isupper()
    return len(before) >= _WRAPPED_FROM and is_short and not before.endswith((".", "?", "!", ":"))


def _opens_link(before: str) -> bool:
    """Whether a link in brackets begins on a line and does not end on it."""
    begin = max(before.rfind(each) for each in _LINKS)
    return begin >= 0 and not any(each in before[begin:] for each in ")>")


def _mark_rules(lines: list[Line], marks: list[_Mark]) -> None:
    """Let a line of dashes that stands right above a quote be part of it."""
    for at, mark in enumerate(marks):
        if mark == "words" and is_rule(lines[at]):
            below = next_seen(lines, at + 1)
            if below < len(lines) and marks[below] in {"introduction", "marked", "rest"}:
                marks[at] = "introduction"


def _mark_signatures(lines: list[Line], marks: list[_Mark]) -> None:
    """Mark what is signature in each run of words that no quote interrupts."""
    for start, end in list(_runs(marks, {"words", "blank"})):
        is_short = end - start <= _TOP + _BOTTOM
        for first, last in [(start, end)] if is_short else [(start, start + _TOP), (end - _BOTTOM, end)]:
            for at in signature_lines(lines[first:last], is_top=not first):
                if marks[first + at] == "words":
                    marks[first + at] = "signature"
    _mark_delimiters(lines, marks)


def _mark_delimiters(lines: list[Line], marks: list[_Mark]) -> None:
    """Let dashes that stand right above a signature be part of it."""
    for at in range(len(lines) - 1):
        if marks[at] == "words" and is_delimiter(lines[at]):
            below = next_seen(lines, at + 1)
            if below < len(lines) and marks[below] == "signature":
                marks[at] = "signature"


def _labels(lines: list[Line], marks: list[_Mark]) -> list[Label]:
    simple: dict[_Mark, Label] = {"words": "new", "signature": "signature"}
    labels: list[Label] = [simple.get(mark, "quoted") for mark in marks]
    last = _last_answer(lines, marks)
    answered = [run for run in _runs(marks, {"marked", "introduction", "blank"}) if run[1] <= last]
    answered = [(start, end) for start, end in answered if "marked" in marks[start:end]]
    is_below_all = len(answered) == 1 and "words" not in marks[: answered[0][0]]
    for start, end in answered:
        for at in _answered_lines(lines, marks, (start, end), is_below_all=is_below_all):
            labels[at] = "answered"
    return labels


def _last_answer(lines: list[Line], marks: list[_Mark]) -> int:
    """Return the last line that may answer what is quoted above it; a closing with a name answers nothing."""
    said = [at for at, mark in enumerate(marks) if mark == "words"]
    quoted = max((at for at, mark in enumerate(marks) if mark == "marked"), default=len(marks))
    below = [at for at in said if at > quoted]
    is_closed = 0 < len(below) < len(said) and len(below) <= _LINES_OF_CLOSING and is_closing(lines[below[0]].bare)
    return said[-len(below) - 1] if is_closed else max(said, default=-1)


def _answered_lines(lines: list[Line], marks: list[_Mark], run: tuple[int, int], *, is_below_all: bool) -> list[int]:
    """Return which lines of a quote are read with the answer below it."""
    marked = [at for at in range(*run) if marks[at] == "marked"]
    is_introduced = "introduction" in marks[slice(*run)]
    if is_below_all and is_introduced and len(marked) > _SHORT_QUOTE:
        return []
    return marked if len(marked) <= _LONG_QUOTE else _last_paragraph(lines, marked)


def _last_paragraph(lines: list[Line], marked: list[int]) -> list[int]:
    empty = [place for place, at in enumerate(marked[:-1]) if not lines[at].bare.strip("> \t")]
    return marked[empty[-1] + 1 if empty else -_SHORT_QUOTE :]


def _with_blanks(marks: list[_Mark], labels: list[Label]) -> list[Label]:
    """Let each blank line be of the kind of what stands above it, or at the top of what stands below."""
    seen = (label for mark, label in zip(marks, labels, strict=True) if mark != "blank")
    current: Label = next(seen, "new")
    for at, mark in enumerate(marks):
        if mark == "blank":
            labels[at] = current
        current = labels[at]
    return labels


def _runs(marks: list[_Mark], kinds: set[_Mark]) -> Iterator[tuple[int, int]]:
    """Yield where each longest run of marks of these kinds begins and ends."""
    start = 0
    for at in range(len(marks) + 1):
        if at == len(marks) or marks[at] not in kinds:
            if at > start:
                yield start, at
            start = at + 1
