"""The shapes that answers come and go in: one door to read, to write, and to hear what would be lost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

from aanspreekpunt.knowledge.exchange.json_lines import read_json_lines, write_json_lines
from aanspreekpunt.knowledge.exchange.kennisartikel import (
    Organisation,
    lost_in_kennisartikel,
    read_kennisartikelen,
    write_kennisartikelen,
)
from aanspreekpunt.knowledge.exchange.names import UplNames
from aanspreekpunt.knowledge.exchange.rows import ArticleRow, Item, ReadRow, Reason, Remark, refused
from aanspreekpunt.knowledge.exchange.sdg import lost_in_sdg, read_sdg, write_sdg
from aanspreekpunt.knowledge.exchange.sheets import read_sheet, write_sheet
from aanspreekpunt.knowledge.exchange.vac import lost_in_vac, read_vac, write_vac

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator


class Shape(StrEnum):
    """A way to write answers down."""

    JSON_LINES = "json_lines"
    SHEET = "sheet"
    VAC = "vac"
    KENNISARTIKEL = "kennisartikel"
    SDG = "sdg"


FILE_NAMES = {
    Shape.JSON_LINES: "antwoorden.jsonl",
    Shape.SHEET: "antwoorden.csv",
    Shape.VAC: "vac.jsonl",
    Shape.KENNISARTIKEL: "kennisartikelen.jsonl",
    Shape.SDG: "sdg.json",
}
CONTENT_TYPES = {
    Shape.JSON_LINES: "application/x-ndjson",
    Shape.SHEET: "text/csv; charset=utf-8",
    Shape.VAC: "application/x-ndjson",
    Shape.KENNISARTIKEL: "application/x-ndjson",
    Shape.SDG: "application/json",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an exchange needs to know besides the answers: product names, the municipality, and the moment (aware)."""

    names: UplNames
    organisation: Organisation
    at: dt.datetime


def read_answers(file: BinaryIO, *, shape: Shape, names: UplNames | None = None) -> Iterator[Item]:
    """Return a row or a refusal for each answer in a file; never raises for what the file holds.

    A second row with the same key is refused: one of the two would be lost without a word.
    """
    known = names or UplNames()
    if shape is Shape.JSON_LINES:
        items = read_json_lines(file)
    elif shape is Shape.SHEET:
        items = read_sheet(file)
    elif shape is Shape.VAC:
        items = read_vac(file, names=known)
    elif shape is Shape.KENNISARTIKEL:
        items = read_kennisartikelen(file, names=known)
    else:
        items = read_sdg(file, names=known)
    return _without_doubles(items)


def write_answers(rows: Iterable[ArticleRow], *, shape: Shape, given: Surroundings) -> Iterator[bytes]:
    """Return the pieces of a file with these answers."""
    if shape is Shape.JSON_LINES:
        return write_json_lines(rows)
    if shape is Shape.SHEET:
        return write_sheet(rows)
    if shape is Shape.VAC:
        return write_vac(rows, names=given.names, on=given.at.date())
    if shape is Shape.KENNISARTIKEL:
        return write_kennisartikelen(rows, names=given.names, organisation=given.organisation, at=given.at)
    return write_sdg(rows, names=given.names, at=given.at)


def lost_in(shape: Shape, row: ArticleRow) -> tuple[Remark, ...]:
    """Return what of an answer a shape cannot hold; nothing for our own two."""
    if shape is Shape.VAC:
        return lost_in_vac(row)
    if shape is Shape.KENNISARTIKEL:
        return lost_in_kennisartikel(row)
    return lost_in_sdg(row) if shape is Shape.SDG else ()


def _without_doubles(items: Iterator[Item]) -> Iterator[Item]:
    seen: set[str] = set()
    for item in items:
        if isinstance(item, ReadRow):
            if item.row.key in seen:
                yield refused(item.number, "key", Reason.DOUBLE_ROW, item.row.key)
                continue
            seen.add(item.row.key)
        yield item
