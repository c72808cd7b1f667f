"""Which search led to an answer that was opened: kept for an hour in the session, until the answer is given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from aanspreekpunt.search.trails import words_on_trail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.sessions.backends.base import SessionBase

_NAME: Final = "answers_found"
_MOST: Final = 10
_LASTS: Final = timedelta(hours=1)


def keep_trail(session: SessionBase, *, key: str, trail: str, at: datetime) -> None:
    """Remember by which words the answer that is opened now was found."""
    words = words_on_trail(trail, at=at)
    if words:
        others = {each: found for each, found in session.get(_NAME, {}).items() if each != key}
        session[_NAME] = dict([*others.items(), (key, [words, at.isoformat()])][-_MOST:])


def take_trails(session: SessionBase, *, keys: Iterable[str], at: datetime) -> dict[str, str]:
    """Return by key the words by which these answers were found within the hour, each only once."""
    kept = session.get(_NAME, {})
    mine = {key: kept[key] for key in keys if key in kept}
    if mine:
        session[_NAME] = {key: found for key, found in kept.items() if key not in mine}
    return {key: words for key, (words, since) in mine.items() if at - datetime.fromisoformat(since) <= _LASTS}
