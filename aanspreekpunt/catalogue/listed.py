"""The products as a filter shows them: read in one row, and made sense of once until one of them changes."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from django.db import connection
from django.utils.translation import get_language


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


def products_listed() -> tuple[ProductListed, ...]:
    """Return all active products by name. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT json_agg(json_build_array(id, key, name, name_en) ORDER BY name)::text"
            " FROM catalogue_product WHERE is_active"
        )
        (text,) = cursor.fetchone()
    return _read(text or "[]")


@lru_cache(maxsize=8)  # by all that is read, so that any change in any product is seen at once
def _read(text: str) -> tuple[ProductListed, ...]:
    return msgspec.json.decode(text, type=tuple[ProductListed, ...])
