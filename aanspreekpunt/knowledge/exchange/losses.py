"""What a shape cannot hold."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.exchange.rows import FIELDS, ArticleRow, Remark, RemarkKind

if TYPE_CHECKING:
    from collections.abc import Collection

_DEFAULTS = {field.name: field.default for field in dataclasses.fields(ArticleRow)}


def lost_fields(row: ArticleRow, held: Collection[str]) -> tuple[Remark, ...]:
    """Return a remark for each field that says something and has no place in a shape that holds the `held` fields."""
    lost = [name for name in FIELDS if name not in held and getattr(row, name) != _DEFAULTS[name]]
    return tuple(Remark(RemarkKind.NO_PLACE, name) for name in lost)
