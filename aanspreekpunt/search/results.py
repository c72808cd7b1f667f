"""What a search shows: each find with its words marked and the reason it was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from django.utils.functional import cached_property  # that of Python 3.11 lets all threads wait for each other
from django.utils.translation import gettext as _

from aanspreekpunt.knowledge.finding.marking import best_passage, marked_title
from aanspreekpunt.search.marking import as_html

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from aanspreekpunt.knowledge.finding.documents import Document
    from aanspreekpunt.knowledge.finding.found import Certainty, Hit, Match

Kind = Literal["answer", "product", "form", "team", "person"]


@dataclass(frozen=True)
class Result:
    """One find: `key` is that of the answer, product or team, or the uuid of the person.

    What a list does not show is not worked out: suggestions show titles only.
    """

    kind: str
    key: str
    hit: Hit

    @property
    def title(self) -> str:
        """What it is called, without marks."""
        return self.hit.document.title

    @property
    def products(self) -> frozenset[str]:
        """The products it is about."""
        return self.hit.document.products

    @cached_property
    def title_marked(self) -> SafeString:
        """Return what it is called, with the found words marked."""
        return as_html(marked_title(self.hit))

    @cached_property
    def passage(self) -> SafeString:
        """Return the piece of it that has most of what was searched for, marked."""
        return as_html(best_passage(self.hit))

    @cached_property
    def why(self) -> str:
        """Say in a few words how the words of the search led here, where that is not plain to see."""
        return _why(self.hit.why)


@dataclass(frozen=True, slots=True)
class Results:
    """All finds of one search, best first."""

    results: tuple[Result, ...]
    certainty: Certainty
    read_as: tuple[tuple[str, str], ...] = ()
    """Words that were taken for others, such as typing errors: as typed, as taken."""
    was_cut: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the best find is likely to be the right one."""
        return self.certainty == "good"

    def of_kind(self, *kinds: str) -> list[Result]:
        """Return the finds of these kinds, in order."""
        return [each for each in self.results if each.kind in kinds]


def result_of(hit: Hit, shown: Document) -> Result:
    """Return a find as a list shows it; `shown` is the document in the language of the screen."""
    kind, key = kind_and_key(shown)
    return Result(kind, key, replace(hit, document=shown))


def kind_and_key(document: Document) -> tuple[str, str]:
    """Return what kind of thing a document is of, and its key; the note of an answer leads to that answer."""
    kind, key, _language = document.id.split(":")
    if kind == "note":
        return "answer", key
    return (document.kind if kind == "product" else kind), key


def _why(matches: tuple[Match, ...]) -> str:
    reasons = {
        "everyday": _("“%(matched)s” goes with “%(typed)s”"),
        "synonym": _("“%(typed)s” may mean “%(matched)s”"),
        "english": _("“%(typed)s” is “%(matched)s” in Dutch"),
        "part": _("“%(typed)s” is part of a word"),
        "learned": _("others found it by “%(matched)s”"),
    }
    said = [
        reasons[match.how] % {"typed": match.typed, "matched": match.matched}
        for match in matches
        if match.how in reasons and (match.typed != match.matched or match.how == "learned")
    ]
    return "; ".join(dict.fromkeys(said))
