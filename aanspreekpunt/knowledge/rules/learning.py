"""Which words an answer learns: those by which enough different people found it and used it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FEWEST_PEOPLE = 3
"""What fewer people searched for is nobody's business, and could be anybody's own word."""
MOST_WORDS = 10
"""An answer learns no more than this; a longer list would say that it is about everything."""


@dataclass(frozen=True, slots=True)
class Said:
    """One use of an answer after a search: by whom (a hash), for which words, and whether it was of help."""

    article_id: int
    person: bytes
    words: tuple[str, ...]
    has_helped: bool


@dataclass(frozen=True, slots=True)
class Taught:
    """A word that an answer learns: its stem, the form most people typed, and how many people used it."""

    stem: str
    word: str
    people: int


@dataclass(slots=True)
class _Told:
    """What is known of one stem for one answer."""

    helped: set[bytes] = field(default_factory=set)
    did_not_help: set[bytes] = field(default_factory=set)
    typed: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))


def taught_by(uses: Iterable[Said], *, stem_of: Callable[[str], str]) -> dict[int, list[Taught]]:
    """Return by answer the words that enough people used for it, most people first; `stem_of` "" says nothing.

    Somebody counts once for a word, however often he searched. Who was not helped by it takes one away again.
    """
    told: dict[tuple[int, str], _Told] = defaultdict(_Told)
    for use in uses:
        for word in use.words:
            stem = stem_of(word)
            if stem:
                about = told[use.article_id, stem]
                (about.helped if use.has_helped else about.did_not_help).add(use.person)
                about.typed[word].add(use.person)
    found: dict[int, list[Taught]] = defaultdict(list)
    for (article_id, stem), about in told.items():
        people = len(about.helped - about.did_not_help) - len(about.did_not_help - about.helped)
        if people >= FEWEST_PEOPLE:
            found[article_id].append(Taught(stem, _most_typed(about), people))
    return {
        article_id: sorted(words, key=lambda each: (-each.people, each.word)) for article_id, words in found.items()
    }


def _most_typed(about: _Told) -> str:
    times = Counter({word: len(people) for word, people in about.typed.items()})
    return min(times, key=lambda word: (-times[word], word))
