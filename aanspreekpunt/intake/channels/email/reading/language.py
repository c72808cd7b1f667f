"""Whether somebody wrote in Dutch or in English, by the small words that every sentence has."""

from __future__ import annotations

import re
from typing import Final

_WORDS = re.compile(r"[^\W\d_]+")
_LOOKED_AT: Final = 400
_DUTCH: Final = frozenset(
    _WORDS.findall(
        """
        de het een en van ik is dat niet met op voor zijn er maar om ook als dan te aan mijn bij nog naar heb heeft
        wordt kan u uw jullie wij we wat hoe waar wanneer graag geachte beste groet hallo deze dit die wel geen kunt
        kunnen worden
        """
    )
)
_ENGLISH: Final = frozenset(
    _WORDS.findall(
        """
        the a an and of i is that not with on for are but to my at have has be can you your we what how where when
        please dear regards hello this it was would could there from do does will if me they
        """
    )
)


def language_of(text: str) -> str:
    """Return "en" for what is clearly English, "nl" for everything else: that is the language we answer in."""
    words = [word.lower() for word in _WORDS.findall(text[: _LOOKED_AT * 20])[:_LOOKED_AT]]
    dutch = sum(word in _DUTCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    return "en" if english > dutch + 1 else "nl"
