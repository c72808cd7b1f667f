"""What somebody chose to see of a list, read from the address of the page; what makes no sense is not chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aanspreekpunt.knowledge.models import LocalValue
from aanspreekpunt.knowledge.queries.lists import Place, Rank, Show
from aanspreekpunt.knowledge.queries.local_values import Filter, ShowValues, ValuePlace
from aanspreekpunt.knowledge.queries.work import ProposalPlace

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 200
MOST_DIGITS = 15
RANKS = {
    "mis": Rank.WRONG,
    "voorstel": Rank.PROPOSED,
    "nalezen": Rank.REVIEW,
    "concept": Rank.DRAFT,
    "verloopt": Rank.EXPIRING,
    "goed": Rank.FINE,
    "einde": Rank.ENDED,
}


def number_in(text: str) -> int | None:
    """Return a number as it stands in an address, if it is one that fits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def _given(given: Mapping[str, str], name: str) -> str:
    return given.get(name, "").replace("\x00", "").strip()[:LONGEST]


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """What to see of the list of answers."""

    state: str = ""
    who: str = ""
    product: str = ""
    english: str = ""
    text: str = ""
    after: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> AnswerChoice:
        """Read the choice from the parameters of an address."""
        state, who = _given(given, "state"), _given(given, "who")
        return cls(
            state=state if state in RANKS else "",
            who=who if who in {"mine", "nobody"} or number_in(who) is not None else "",
            product=_given(given, "product"),
            english="missing" if given.get("english") == "missing" else "",
            text=_given(given, "text"),
            after=_given(given, "after"),
        )

    def show_to(self, employee_id: int) -> Show:
        """Return the filter for this employee."""
        return Show(
            rank=RANKS.get(self.state),
            owner_id=employee_id if self.who == "mine" else number_in(self.who),
            without_owner=self.who == "nobody",
            product_key=self.product,
            without_english=bool(self.english),
            text=self.text,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is chosen."""
        return any((self.state, self.who, self.product, self.english, self.text))

    @property
    def place(self) -> Place | None:
        """Where the page begins; None for the first page."""
        rank, _, rest = self.after.partition("_")
        changed_at, _, pk = rest.rpartition("_")
        number = number_in(pk)
        try:
            moment = datetime.fromisoformat(changed_at)
            rank_number = int(Rank(int(rank)))
        except ValueError:
            return None
        return Place(rank_number, moment, number) if number is not None and moment.tzinfo else None

    def address(self, last: Place | None = None) -> str:
        """Return the parameters of the first page, or of the one that follows `last`."""
        names = ("state", "who", "product", "english", "text")
        chosen = {name: getattr(self, name) for name in names if getattr(self, name)}
        if last is not None:
            chosen["after"] = f"{last.rank}_{last.changed_at.isoformat()}_{last.id}"
        return f"?{urlencode(chosen)}" if chosen else ""


NO_THEME = "-"
"""Stands in an address for values without a theme."""


@dataclass(frozen=True, slots=True)
class ValueChoice:
    """What to see of the list of local values."""

    theme: str = ""
    only: str = ""
    kind: str = ""
    scope: str = ""
    text: str = ""
    after: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> ValueChoice:
        """Read the choice from the parameters of an address."""
        kind, scope, only = given.get("kind", ""), given.get("scope", ""), given.get("only", "")
        return cls(
            theme=_given(given, "theme"),
            only=only if only in set(Filter) else "",
            kind=kind if kind in LocalValue.Kind.values else "",
            scope=scope if scope in LocalValue.Scope.values else "",
            text=_given(given, "text"),
            after=_given(given, "after"),
        )

    @property
    def show(self) -> ShowValues:
        """The filter."""
        theme = "" if self.theme == NO_THEME else self.theme or None
        only = Filter(self.only) if self.only else None
        return ShowValues(theme=theme, only=only, kind=self.kind, scope=self.scope, text=self.text)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is chosen."""
        return any((self.theme, self.only, self.kind, self.scope, self.text))

    @property
    def place(self) -> ValuePlace | None:
        """Where the page begins; None for the first page."""
        fine, _, rest = self.after.partition(".")
        key, _, theme = rest.partition(".")
        return ValuePlace(theme, fine == "1", key) if fine in {"0", "1"} and key else None

    def address(self, last: ValuePlace | None = None) -> str:
        """Return the parameters of the first page, or of the one that follows `last`."""
        names = ("theme", "only", "kind", "scope", "text")
        chosen = {name: getattr(self, name) for name in names if getattr(self, name)}
        if last is not None:
            chosen["after"] = f"{int(last.is_fine)}.{last.key}.{last.theme}"
        return f"?{urlencode(chosen)}" if chosen else ""


def proposal_place(after: str) -> ProposalPlace | None:
    """Read where a page of proposals begins."""
    due_on, _, pk = after.partition("_")
    number = number_in(pk)
    try:
        return ProposalPlace(date.fromisoformat(due_on), number) if number is not None else None
    except ValueError:
        return None
