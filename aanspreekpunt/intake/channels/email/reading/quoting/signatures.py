"""What stands below somebody's words without being them: devices, contact lines, notices about who may read it.

A closing and the name under it stay with the words, as people typed them and an agent wants to see them; what a
program, an employer or a provider adds is the signature.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from aanspreekpunt.intake.channels.email.reading.quoting import closings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aanspreekpunt.intake.channels.email.reading.quoting.lines import Line

_DELIMITERS = frozenset({"--", "---", "__", "___", "—", "——", "––", "- -", "-- --", "--*", "*--*", "\\--"})  # noqa: RUF001 dashes as programs write them
_RULE = re.compile(r"[-_=*~#–—]{4,}$")  # noqa: RUF001 dashes as programs write them
_PHONE = re.compile(r"\+?\d[\d ().-]{7,20}\d")
_DATE = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}|\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}")
_FEWEST_DIGITS = 9
_ADDRESS = re.compile(r"[^\s@]@[^\s@]")
_SITE = re.compile(r"(?i)\bwww\.\w|\bhttps?://|\b\w{2,40}\.(?:nl|com|eu|org|de|be|net)\b")
_POSTCODE = re.compile(r"\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{0,2}-?\d{5} [A-Z]")
_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"<?https?://\S{1,300}>?$")
_SENTENCE_END = (".", "?", "!")
_MOST_BELOW_DASHES = 15
_MOST_SENTENCES_BELOW_DASHES = 1
_MOST_ADDED = 40
_MOST_BELOW_CLOSING = 14
_LONG = 100
_WORDS_OF_SENTENCE = 7
_WORDS_OF_NAME = 6
_WORDS_OF_CLOSING = 8
_WORDS_OF_DEVICE = 12


def signature_lines(lines: Sequence[Line], *, is_top: bool = True) -> set[int]:
    """Return which of these lines, that somebody wrote without a quote between them, are signature.

    `is_top` tells that nothing stands above them.
    """
    below = _below_dashes(lines, is_top=is_top)
    if below is not None:
        return set(range(below, len(lines))) | _added(lines[:below])
    found = _added(lines)
    return found | _below_closing(lines, found)


def is_delimiter(line: Line) -> bool:
    """Whether a line is the two dashes, or what people use for them, that set a signature apart."""
    return line.bare in _DELIMITERS


def is_device_line(line: Line) -> bool:
    """Whether a line says from what device or program the mail was sent."""
    low = line.bare.lower()
    if not low or len(low) > _LONG * 2 or low.endswith("?"):
        return False
    begins = low.startswith(closings.DEVICE_BEGINS)
    ends = low.rstrip(".)").endswith(closings.DEVICE_ENDS)
    named = any(device in low for device in closings.DEVICES)
    words = len(low.split())
    if begins and not named:
        return words <= _WORDS_OF_NAME and not low.endswith(_SENTENCE_END) and low.startswith("sent ")
    return (begins or (ends and len(low) < _LONG)) and named and words <= _WORDS_OF_DEVICE


def _below_dashes(lines: Sequence[Line], *, is_top: bool) -> int | None:
    """Return where a signature begins that is set apart by dashes, if one does."""
    is_below_words = not is_top
    for at, line in enumerate(lines):
        below = [each.bare for each in lines[at + 1 : at + 1 + _MOST_BELOW_DASHES * 2] if not each.is_blank]
        if not below:
            continue
        if line.bare in _DELIMITERS and _may_be_signature(lines, at, below):
            return at
        is_below_words = is_below_words or any(not each.is_blank for each in lines[max(0, at - 1) : at])
        if is_below_words and _RULE.match(line.bare) and _is_footer(below) and _may_be_signature(lines, at, below):
            return at
    return None


def _may_be_signature(lines: Sequence[Line], at: int, below: list[str]) -> bool:
    """Whether what is below is as short as a signature; a letter in parts is not to be folded away."""
    if len(lines) - at > _MOST_BELOW_DASHES * 2 or len(below) > _MOST_BELOW_DASHES:
        return False
    sentences = sum(_is_sentence(each) or len(each) > _LONG for each in below)
    is_standard = lines[at].text.rstrip("\r\n") == "-- "
    return is_standard or sentences <= _MOST_SENTENCES_BELOW_DASHES or _is_added(" ".join(below).lower())


def _is_footer(below: list[str]) -> bool:
    text = " ".join(below).lower()
    return any(word in text for word in closings.LIST_WORDS) or _is_added(text) or _is_contact_block(below, fewest=2)


def _added(lines: Sequence[Line]) -> set[int]:
    """Return the lines of devices and of paragraphs that others add."""
    found = {at for at, line in enumerate(lines) if is_device_line(line)}
    found |= {at for at in range(1, len(lines)) if at - 1 in found and _goes_on(lines, at)}
    paragraphs = list(_paragraphs(lines))
    closed = next((end for start, end in paragraphs if any(is_closing(line.bare) for line in lines[start:end])), None)
    is_below_words = True
    for start, end in reversed(paragraphs):
        text = " ".join(line.bare for line in lines[start : min(end, start + _MOST_ADDED)]).lower()
        is_below = is_below_words or (closed is not None and start >= closed)
        if _is_added(text, may_be_notice=is_below and start > paragraphs[0][0]):
            found |= _without_words_around(lines, start, end)
        is_below_words &= all(at in found or _RULE.match(lines[at].bare) for at in range(start, end))
    found |= {at for at, line in enumerate(lines) if _RULE.match(line.bare) and (at + 1 in found or at - 1 in found)}
    return found


def _without_words_around(lines: Sequence[Line], start: int, end: int) -> set[int]:
    """Return the lines of an added paragraph, without a closing and name above and a greeting with all below it."""
    bares = [line.bare for line in lines[start:end]]
    greeting = next(
        (at for at, bare in enumerate(bares) if at and bare.lower().startswith(closings.GREETINGS)), len(bares)
    )
    closing = next((at + 1 for at, bare in enumerate(bares) if is_closing(bare)), 0)
    if 0 < closing < len(bares) and _is_name(bares[closing]):
        closing += 1
    return set(range(start + closing, start + max(greeting, closing)))


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """Whether a line of a device takes another line: a link, or some words that end the paragraph."""
    bare = lines[at].bare
    ends = at + 1 == len(lines) or lines[at + 1].is_blank
    is_rest = (
        bare[:1].islower() and len(bare.split()) <= _WORDS_OF_NAME and not lines[at - 1].bare.endswith(_SENTENCE_END)
    )
    return bool(_LINK.match(bare)) or (ends and is_rest)


def _is_added(text: str, *, may_be_notice: bool = True) -> bool:
    """Whether others add this. Own words may be as confidential as a notice, so a notice has to stand below them."""
    if any(each in text for each in closings.SURELY_ADDED):
        return True
    if not may_be_notice or closings.FIRST_PERSON & set(_WORD.findall(text)):
        return False
    kinds = (closings.ADDRESSEE, closings.CONFIDENTIAL, closings.CONSEQUENCES)
    addressee, confidential, consequences = (any(each in text for each in kind) for kind in kinds)
    return (confidential or consequences) if addressee else (confidential and consequences)


def _below_closing(lines: Sequence[Line], found: set[int]) -> set[int]:
    """Return the lines with which to reach somebody that stand below a closing and a name."""
    seen = [at for at, line in enumerate(lines) if not line.is_blank and at not in found]
    last = next((place for place in reversed(range(len(seen))) if is_closing(lines[seen[place]].bare)), None)
    if last is None:
        return set()
    below = seen[last + 1 :]
    if below and (_is_name(lines[below[0]].bare) and not _has_name(lines[seen[last]].bare)):
        below = below[1:]
    block = [lines[at].bare for at in below]
    return set(range(below[0], below[-1] + 1)) if _is_contact_block(block) else set()


def is_closing(bare: str) -> bool:
    """Whether a line is one with which people end a letter."""
    low = bare.lower().lstrip("*_ ")
    return low.startswith(closings.CLOSINGS) and len(low.split()) <= _WORDS_OF_CLOSING and not low.endswith("?")


def _has_name(closing: str) -> bool:
    """Whether a closing has the name behind a comma: "Groet, Jan"."""
    return bool(closing.partition(",")[2].strip())


def _is_name(bare: str) -> bool:
    return len(bare.split()) <= _WORDS_OF_NAME and not any(each.isdigit() or each in "@|/" for each in bare)


def _is_contact_block(block: list[str], fewest: int = 1) -> bool:
    """Whether these are lines with which to reach somebody: at least two, and no sentence among them."""
    if not 1 < len(block) <= _MOST_BELOW_CLOSING or any(len(each) > _LONG for each in block):
        return False
    if any(_is_sentence(each) or each.lower().startswith(closings.POSTSCRIPTS) for each in block):
        return False
    return sum(map(_is_contact, block)) >= fewest


def _is_sentence(bare: str) -> bool:
    return bare.endswith(_SENTENCE_END) and len(bare.split()) >= _WORDS_OF_SENTENCE and not _ADDRESS.search(bare)


def _is_contact(bare: str) -> bool:
    patterns = (_ADDRESS, _SITE, _POSTCODE)
    if any(each.search(bare) for each in patterns) or bare.lower().startswith(closings.CONTACT_BEGINS):
        return True
    phone = _PHONE.search(bare)
    return bool(phone) and sum(map(str.isdigit, bare)) >= _FEWEST_DIGITS and not _DATE.search(bare)


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where each run of lines that are not blank begins and ends."""
    blanks = [-1, *(at for at, line in enumerate(lines) if line.is_blank), len(lines)]
    for before, after in pairwise(blanks):
        if after - before > 1:
            yield before + 1, after
