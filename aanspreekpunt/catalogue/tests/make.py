"""Builders for tests: products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanspreekpunt.catalogue.models import Product

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Team


def make_product(key: str, *, team: Team, **fields: Any) -> Product:
    """Make a product that `team` answers within two working days, unless `fields` say otherwise."""
    values: dict[str, Any] = {
        "name": key.capitalize(),
        "channels": ["phone", "counter", "web_form"],
        "desk_may_settle": False,
        **fields,
    }
    return Product.objects.create(key=key, team=team, **values)
