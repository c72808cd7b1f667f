"""In which shape a file is, judged by how it begins and, when that says nothing, by how its name ends."""

from __future__ import annotations

import re

from aanspreekpunt.knowledge.exchange.shapes import Shape
from aanspreekpunt.knowledge.exchange.sheets import is_header

BEGINNING = 64 * 1024
"""Bytes of a file that are enough to recognise it."""
_OWN_FIELDS = {
    Shape.KENNISARTIKEL: ("vertalingen",),
    Shape.VAC: ("vraag", "antwoord"),
    Shape.SDG: ("titel", "tekst", "taal"),
    Shape.JSON_LINES: ("question", "answer"),
}
"""The names each shape of JSON has that the shapes after it lack; a kennisartikel has a title and a text as well."""
_ENDINGS = {".jsonl": Shape.JSON_LINES, ".csv": Shape.SHEET}


def recognise(beginning: bytes, *, name: str) -> Shape | None:
    """Return the shape of a file that begins like this, or None when it could be anything."""
    text = beginning.decode("utf-8-sig", "replace").lstrip()
    if text.startswith(("{", "[")):
        names = set(re.findall(r'"(\w+)"\s*:', text))
        return next((shape for shape, fields in _OWN_FIELDS.items() if names.issuperset(fields)), None)
    if is_header(text.split("\n", 1)[0]):
        return Shape.SHEET
    return next((shape for ending, shape in _ENDINGS.items() if name.lower().endswith(ending)), None)
