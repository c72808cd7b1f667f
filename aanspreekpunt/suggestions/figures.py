"""How often suggestions came true, by product and by how sure they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

LOOKED_BACK = timedelta(days=30)
MOST_COUNTED = 20_000
"""The newest so many are counted: enough to see how it goes, and always quick."""

MOST_PRODUCTS = 100

_NEWEST = (
    "WITH newest AS (SELECT o.suggested->0->>0 AS product, o.certainty, o.was_shown, o.chosen,"
    " o.chosen = o.suggested->0->>0 AS is_true,"
    " o.chosen IN (o.suggested->0->>0, o.suggested->1->>0, o.suggested->2->>0) AS is_among"
    " FROM suggestions_outcome o JOIN question q ON q.id = o.question_id"
    " WHERE o.noted_at > %(since)s AND o.chosen <> '' AND NOT q.is_confidential"
    " AND o.suggested->0->>0 = ANY(%(products)s)"
    " ORDER BY o.noted_at DESC LIMIT %(limit)s) "
)


@dataclass(frozen=True, slots=True)
class Came:
    """How often one product was suggested, and how often people chose it."""

    product_key: str
    suggested: int
    shown: int
    shown_true: int
    true: int
    among_three: int
    certainty: float

    @property
    def shown_percentage(self) -> int | None:
        """Of what was shown, the share that people chose; None when nothing was shown."""
        return self.shown_true * 100 // self.shown if self.shown else None


@dataclass(frozen=True, slots=True)
class Band:
    """Suggestions of about the same certainty: what was said, and what came true."""

    count: int
    said_percentage: int
    true_percentage: int


def came_true(*, product_keys: Collection[str], at: datetime) -> list[Came]:
    """Return how often suggestions of these products came true in the past 30 days, most suggested first."""
    sql = (
        "SELECT product, count(*), count(*) FILTER (WHERE was_shown), count(*) FILTER (WHERE was_shown AND is_true),"
        " count(*) FILTER (WHERE is_true), count(*) FILTER (WHERE is_among), avg(certainty) FROM newest"
        " GROUP BY product ORDER BY count(*) DESC, product LIMIT %(products_limit)s"
    )
    return [Came(*row) for row in _rows(sql, product_keys, at)]


def bands(*, product_keys: Collection[str], at: datetime) -> list[Band]:
    """Return how certainty and truth agree, in tenths of certainty."""
    sql = (
        "SELECT count(*), round(avg(certainty) * 100), round(avg(is_true::int) * 100) FROM newest"
        " GROUP BY least(9, floor(certainty * 10)) ORDER BY 2"
    )
    return [Band(int(count), int(said), int(true)) for count, said, true in _rows(sql, product_keys, at)]


def _rows(sql: str, product_keys: Collection[str], at: datetime) -> list[tuple[Any, ...]]:
    parameters: dict[str, datetime | list[str] | int] = {
        "since": at - LOOKED_BACK,
        "products": list(product_keys),
        "limit": MOST_COUNTED,
        "products_limit": MOST_PRODUCTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST + sql, parameters)
        return list(cursor.fetchall())
