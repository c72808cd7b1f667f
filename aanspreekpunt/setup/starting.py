"""Local values and the starter base, as a municipality file says: what it fills in, and what it adopts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.knowledge.operations.adopting import adopt_starter
from aanspreekpunt.knowledge.operations.saying import Saying, say_values
from aanspreekpunt.knowledge.starter.reading import starter_values
from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.knowledge.operations.saying import Outcome
    from aanspreekpunt.knowledge.starter.reading import StarterValue
    from aanspreekpunt.setup.schema import MunicipalityFile
    from aanspreekpunt.setup.starter_schema import StarterPart, ValuePart
    from aanspreekpunt.setup.summary import Summary


def say_values_of(file: MunicipalityFile, *, by: Actor, at: datetime) -> dict[str, Outcome]:
    """Let the local values say what the file says, confirmed, and return what that did per key."""
    if not file.values:
        return {}
    known = {value.key: value for value in starter_values()}
    return say_values(sayings=[_saying(part, known.get(part.key)) for part in file.values], by=by, at=at)


def _saying(part: ValuePart, known: StarterValue | None) -> Saying:
    """Return what a line of the file says; what it leaves out is as in the starter base."""
    return Saying(
        key=part.key,
        label=part.label or (known.label if known else part.key),
        label_en=part.label_en or (known.label_en if known and not part.label else ""),
        kind=part.kind or (known.kind if known else "text"),
        scope=part.scope or (known.scope if known else "local"),
        theme=part.theme,
        first_theme=known.theme if known else "",
        text=part.text,
        text_en=part.text_en,
        from_on=part.from_on,
    )


def adopt(part: StarterPart, summary: Summary, *, by: Actor, at: datetime) -> None:
    """Adopt of the starter base what the file asks for, and add to `summary` what that did."""
    adopted = adopt_starter(
        only_themes=part.themes,
        products=dict(Product.objects.filter(is_active=True).values_list("key", "upl_name")),
        is_published=part.publish,
        owner=Employee.objects.filter(email__iexact=part.owner).first() if part.owner else None,
        by=by,
        at=at,
    )
    for each in adopted:
        if each.kind == "answer":
            summary.add("starter", "unchanged" if each.outcome == "left" else each.outcome)
        elif each.outcome == "created":
            summary.add("values", "created")
        if each.remark:
            summary.remarks.append(f"{each.key}: {each.remark}")
