"""Keeping what is about a person out of answers: taken out of what is copied, pointed out in what is typed.

An answer is read by everybody, so it may hold no name, number or address of a resident. Taking out errs on the side of
too much; pointing out only names what looks like it, because a number may be that of the town hall.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT_OUT = "…"
LETTERS_OF_A_NAME, LETTERS_OF_A_WORD = 2, 3
"""Shorter ones stay, so that "van" and "de" do not go out of every sentence."""

_LOOKS_PERSONAL = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)+                           # e-mail address
    | \b[A-Z]{2}\d{2}[ ]?[A-Z]{4}[ ]?(?:\d[ ]?){10}\b        # bank account
    | (?<![\w,.€])(?:\+|00)?\d(?:[ ()./-]{0,2}\d){7,14}(?!\w)  # phone number, citizen number, other long number
    | \b[1-9]\d{3}[ ]?[A-Z]{2}(?:[ ]+\d{1,5}[a-z]?)?\b       # postcode, with a house number
    | \b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}\b             # date, of birth perhaps
    | \b(?:[A-Z]{1,3}|\d{1,3})(?:-(?:[A-Z]{1,3}|\d{1,3})){2}\b  # number plate
    | \b[A-Z][\w'-]*(?:straat|laan|weg|plein|singel|gracht|hof|dijk|kade|pad)[ ]\d{1,5}[ ]?[a-zA-Z]?\b  # address
    | \b(?:[Mm]eneer|[Mm]evrouw|[Mm]ijnheer|[Dd]e[ ]heer|(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]hr|[Mm]w|[Mm]evr)\.?)
      [ ](?:(?:van|de|der|den|ten|ter|te|el|al|in|het|'t)[ ]){0,3}[A-Z][\w'-]+      # somebody by name
    | \b(?:[Mm]ijn[ ]naam[ ]is|[Ii]k[ ]heet|[Mm]y[ ]name[ ]is)
      (?:[ ](?:van|de|der|den|[A-Z][\w'-]+)){1,5}              # somebody by his own word
    """,
    re.VERBOSE,
)


def without_personal_data(text: str, *, names: Iterable[str]) -> str:
    """Return a text in which names, numbers and addresses of people are left out."""
    left = _LOOKS_PERSONAL.sub(LEFT_OUT, text)
    words = {word.strip(".,;") for name in names for word in name.split()}
    words = {word for word in words if len(word) > (LETTERS_OF_A_NAME if word[:1].isupper() else LETTERS_OF_A_WORD)}
    for word in sorted(words, key=len, reverse=True):
        left = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", LEFT_OUT, left, flags=re.IGNORECASE)
    return left


def what_looks_personal(text: str) -> list[str]:
    """Return what in a text looks like a name, number or address of somebody, each once, in order."""
    return list(dict.fromkeys(found[0].strip() for found in _LOOKS_PERSONAL.finditer(text)))
