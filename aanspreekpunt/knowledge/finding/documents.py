"""What can be found: the shape in which each room hands in its things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["answer", "product", "form", "team", "person", "question", "page", "note"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something that can be found. `id` is unique over all kinds; `body` is plain text or Markdown."""

    id: str
    kind: Kind = "answer"
    title: str = ""
    body: str = ""
    words: tuple[str, ...] = ()
    """Everyday names and other search words."""
    learned: tuple[str, ...] = ()
    """Words by which others found it, and that it does not say itself."""
    language: str = "nl"
    products: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    area: str = ""
    """The neighbourhood it is for; empty is everywhere."""
    settled: int = 0
    """How many questions it settled, the little that learning adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What a find must be, beside fitting the words; what is empty asks nothing."""

    kinds: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    area: str = ""
    """Asks for what is for this neighbourhood or for everywhere."""

    def admit(self, document: Document) -> bool:
        """Say whether `document` is asked for."""
        return (
            (not self.kinds or document.kind in self.kinds)
            and (not self.products or bool(self.products & document.products))
            and (not self.teams or bool(self.teams & document.teams))
            and (not self.audience or not document.audience or bool(self.audience & document.audience))
            and (not self.languages or document.language in self.languages)
            and (not self.area or document.area in {"", self.area})
        )

    @property
    def ask_nothing(self) -> bool:
        """Whether everything is admitted."""
        return self == EVERYTHING


EVERYTHING = Facets()
