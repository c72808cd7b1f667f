"""What applying a municipality file did, counted per kind of thing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _

Kind = Literal["municipality", "teams", "employees", "values", "products", "articles", "starter"]
Outcome = Literal["created", "changed", "unchanged", "withdrawn"]


@dataclass(frozen=True)
class Summary:
    """How many of each kind were created, changed, left unchanged or withdrawn; and what else is to be known."""

    counts: dict[Kind, Counter[Outcome]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, kind: Kind, outcome: Outcome) -> None:
        """Count one more."""
        self.counts.setdefault(kind, Counter())[outcome] += 1

    def count(self, kind: Kind, outcome: Outcome) -> int:
        """How many of `kind` ended as `outcome`."""
        return self.counts.get(kind, Counter())[outcome]

    @property
    def has_changes(self) -> bool:
        """Whether anything is different from before."""
        return any(
            counter[outcome] for counter in self.counts.values() for outcome in counter if outcome != "unchanged"
        )

    def __str__(self) -> str:
        lines = [_line(kind, counter) for kind, counter in self.counts.items()]
        if not self.has_changes:
            lines = [_("Nothing was changed: everything is already as the file says.")]
        return "\n".join([*lines, *self.remarks])


def _line(kind: Kind, counter: Counter[Outcome]) -> str:
    line = _("%(kind)s: %(created)d created, %(changed)d changed, %(unchanged)d unchanged, %(withdrawn)d withdrawn")
    names = {
        "municipality": _("Municipality"),
        "teams": _("Teams"),
        "employees": _("Employees"),
        "values": _("Local values"),
        "products": _("Products"),
        "articles": _("Answers"),
        "starter": _("Answers of the starter base"),
    }
    counted = {outcome: counter[outcome] for outcome in ("created", "changed", "unchanged", "withdrawn")}
    return line % {"kind": names[kind], **counted}
