"""Teams and products as a filter shows them: read in one row, and made sense of once until one of them changes."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from django.db import connection
from django.utils.translation import get_language

from aanspreekpunt.organisation.listed import TEAMS_IN_ONE_TEXT, TeamListed, read_teams


class ProductListed(msgspec.Struct, frozen=True, array_like=True):
    """A product, as far as a filter needs it."""

    pk: int
    key: str
    name: str
    name_en: str

    @property
    def shown_name(self) -> str:
        """The name in the language of the screen."""
        return self.name_en if self.name_en and get_language() == "en" else self.name


_PRODUCTS_IN_ONE_TEXT = (
    "(SELECT json_agg(json_build_array(id, key, name, name_en) ORDER BY name)::text"
    " FROM catalogue_product WHERE is_active)"
)


def teams_and_products_listed() -> tuple[tuple[TeamListed, ...], tuple[ProductListed, ...]]:
    """Return the teams that work now and all active products, by name. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {TEAMS_IN_ONE_TEXT}, {_PRODUCTS_IN_ONE_TEXT}")
        teams, products = cursor.fetchone()
    return read_teams(teams), _read_products(products)


@lru_cache(maxsize=8)  # by all that is read, so that any change in any product is seen at once
def _read_products(text: str | None) -> tuple[ProductListed, ...]:
    return msgspec.json.decode(text or "[]", type=tuple[ProductListed, ...])
