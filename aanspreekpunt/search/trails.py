"""From a search to the answer that was opened: carried along in the link, sealed, so that no address shows a word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cryptography.fernet import InvalidToken

from aanspreekpunt.common.sealing import seal, unseal
from aanspreekpunt.organisation.rules import local_date
from aanspreekpunt.search.tally import searched_words

if TYPE_CHECKING:
    from datetime import datetime

_PURPOSE = "trail"
_LASTS = timedelta(days=1)
_LONGEST = 1000


def trail_of(text: str, *, at: datetime, typing: bool = False) -> str:
    """Return what a link to an answer carries along of a search; nothing when none of its words may be kept.

    While `typing`, the last word may be half of one, and is left out.
    """
    finished = text.rpartition(" ")[0] if typing else text
    words = searched_words(finished)
    return seal(f"{local_date(at)} {words}", purpose=_PURPOSE).decode() if words else ""


def words_on_trail(trail: str, *, at: datetime) -> str:
    """Return the words that a link carried along; nothing when it is not ours, or of another day than these two."""
    if not trail or len(trail) > _LONGEST:
        return ""
    try:
        on, _space, words = unseal(trail.encode(), purpose=_PURPOSE).partition(" ")
    except InvalidToken:
        return ""
    return words if timedelta(0) <= local_date(at) - date.fromisoformat(on) <= _LASTS else ""
