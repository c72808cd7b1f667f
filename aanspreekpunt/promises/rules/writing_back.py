"""What it does to a question when its resident writes back, in plain Python."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

REOPENS_WITHIN: Final = timedelta(days=30)
"""Who writes back within a month was not helped, or has more to say about the same; after that it is something new."""


class WritingBack(Enum):
    """What follows from a reply."""

    ADDS = "adds"
    THANKS = "thanks"
    REOPENS = "reopens"
    ASKS_ANEW = "asks_anew"


def what_writing_back_does(*, settled_at: datetime | None, is_thanks: bool, at: datetime) -> WritingBack:
    """Tell what follows when a resident replies; `settled_at` is empty for an open question."""
    if settled_at is None:
        return WritingBack.ADDS
    if is_thanks:
        return WritingBack.THANKS
    return WritingBack.REOPENS if at - settled_at <= REOPENS_WITHIN else WritingBack.ASKS_ANEW
