"""Our own complete shape: one JSON object per line, every field under its own name. Nothing is lost either way."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, BinaryIO

from aanspreekpunt.knowledge.exchange.reading import read_row
from aanspreekpunt.knowledge.exchange.rows import (
    DATE_FIELDS,
    LIST_FIELDS,
    TIME_FIELDS,
    ArticleRow,
    Item,
    Reason,
    refused,
)
from aanspreekpunt.knowledge.exchange.streams import json_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_json_lines(file: BinaryIO) -> Iterator[Item]:
    """Return each answer of a JSON Lines file, one line at a time; fields that are absent get their default."""
    for item in json_lines(file):
        if not isinstance(item, tuple):
            yield item
        elif isinstance(item[1], dict):
            yield read_row(item[1], number=item[0])
        else:
            yield refused(item[0], "", Reason.NOT_AN_OBJECT, item[1])


def write_json_lines(rows: Iterable[ArticleRow]) -> Iterator[bytes]:
    """Return one line per answer, with every field."""
    for row in rows:
        yield json.dumps(as_values(row), ensure_ascii=False).encode() + b"\n"


def as_values(row: ArticleRow) -> dict[str, Any]:
    """Return a row as values that JSON knows: dates as ISO text, absent ones as null."""
    values = dataclasses.asdict(row)
    for name in (*DATE_FIELDS, *TIME_FIELDS):
        values[name] = values[name].isoformat() if values[name] is not None else None
    for name in LIST_FIELDS:
        values[name] = list(values[name])
    return values
