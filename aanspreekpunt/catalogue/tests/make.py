"""Builders for tests: products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanspreekpunt.catalogue.models import Product, QuestionKind

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Team


def make_product(key: str, *, team: Team, **fields: Any) -> Product:
    """Make a product that `team` answers within two working days, unless `fields` say otherwise.

    With `desk_may_settle` the contact centre may settle every kind of question about it.
    """
    may_settle = fields.pop("desk_may_settle", False)
    values: dict[str, Any] = {
        "name": key.capitalize(),
        "channels": ["phone", "counter", "web_form"],
        "desk_settles": list(QuestionKind.values) if may_settle else [],
        **fields,
    }
    return Product.objects.create(key=key, team=team, **values)
