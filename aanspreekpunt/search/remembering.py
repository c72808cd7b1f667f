"""Remembers what many people type: the same few beginnings, again and again."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from aanspreekpunt.search.results import Results

MOST_REMEMBERED = 500
LONGEST_REMEMBERED = 40
"""Letters; whoever typed more tells a story, which nobody types again."""


class Remembered:
    """The latest finds of one edition, for as long as that edition lasts.

    Only of searches in words that published answers use themselves: a name, an address or a number is never kept.
    """

    def __init__(self, is_public: Callable[[str], bool]) -> None:
        self._is_public = is_public
        self._kept: dict[tuple[str, Hashable], Results] = {}
        self._turn = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, text: str, *, asked: Hashable, search: Callable[[str], Results]) -> Results:
        """Return what `search` found for the same text and the same other things asked, or search now."""
        key = text.lower(), asked
        with self._turn:
            found = self._kept.pop(key, None)
            if found is not None:
                self._kept[key] = found
                return found
        found = search(text)
        if len(text) <= LONGEST_REMEMBERED and self._is_public(text):
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, Hashable], found: Results) -> None:
        with self._turn:
            self._kept[key] = found
            if len(self._kept) > MOST_REMEMBERED:
                del self._kept[next(iter(self._kept))]
