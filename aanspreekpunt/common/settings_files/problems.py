"""What is wrong in a file, where, and what was expected there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.utils.functional import _StrPromise

Steps = tuple[str | int, ...]
"""The way to a value: names of fields, and places in a list counted from 0."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A line in a file; lines are counted from 1."""

    file: Path
    line: int


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that must be changed before the file can be used."""

    place: Place
    steps: Steps
    kind: str
    sentence: _StrPromise
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The way to the field as people read it: `products[2].form.fields[1].label`, counted from 1."""
        parts = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in self.steps]
        return "".join(parts).removeprefix(".")

    @property
    def message(self) -> str:
        """What is wrong and what is expected, in the language of whoever reads it now."""
        return str(self.sentence) % self.facts

    def __str__(self) -> str:
        where = f"{self.place.file.name}:{self.place.line}"
        return f"{where}: {self.path}: {self.message}" if self.steps else f"{where}: {self.message}"
