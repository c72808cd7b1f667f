"""Lists of words and phrases that stand in files of their own, so that a language can be added without any code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


def lists_in(path: Path) -> dict[str, Words]:
    """Read the lists in a file: a name between brackets, below it phrases between bars; `_` at the end is a blank."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = []
        elif line.strip() and not line.startswith("#"):
            found[name] += [_phrase(each) for each in line.split("|")]
    return {name: tuple(words) for name, words in found.items()}


def _phrase(written: str) -> str:
    bare = written.strip()
    return f"{bare[:-1]} " if bare.endswith("_") else bare
