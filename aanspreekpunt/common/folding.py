"""Words without case and accents, the form in which names are searched and sorted."""

from __future__ import annotations

import re
import unicodedata

# Letters that decomposition into letter and accent leaves as they are.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ŋ": "n"}
)
_APOSTROPHES = re.compile(r"['’‘`´]")  # noqa: RUF001 - people type all of these
_NO_WORD = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Return `text` in small letters without accents and apostrophes, its words apart by one space."""
    bare = _APOSTROPHES.sub("", text.lower().translate(_LETTERS))
    letters = (letter for letter in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", "".join(letters)).strip()
