"""What people in the demo municipality ask, how staff put it, and of what names and streets residents are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_ENGLISH = frozenset(
    {"and", "are", "can", "do", "does", "for", "from", "how", "i", "my", "the", "there", "to", "what", "you", "your"}
)
_FEWEST_ENGLISH_WORDS = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """How people ask about one product, what an agent notes of it, and what the department answers."""

    questions: tuple[str, ...]
    notes: tuple[str, ...]
    answers: tuple[str, ...]


ORDINARY = Voice(
    questions=("Ik heb een vraag, kunt u mij verder helpen?",),
    notes=("Wil hier meer over weten.",),
    answers=("Wij hebben het voor u uitgezocht en leggen het graag uit.",),
)
"""For a product nobody wrote anything for."""


@dataclass(frozen=True, slots=True)
class People:
    """What the names and addresses of made-up residents consist of; a last name is a pair of infix and name."""

    first_names: tuple[str, ...]
    last_names: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]
    places: tuple[str, ...]
    organisations: tuple[str, ...]


def voice_of(product_key: str) -> Voice:
    """Return how people speak about this product."""
    return _voices().get(product_key, ORDINARY)


@cache
def _voices() -> dict[str, Voice]:
    # By its path, because this face may not import the one that sets up municipalities.
    products = _read(files("aanspreekpunt") / "setup" / "data" / "demo" / "voices.yaml")["products"]
    return {
        key: Voice(_lines(said["questions"]), _lines(said["notes"]), _lines(said["answers"]))
        for key, said in products.items()
    }


@cache
def people() -> People:
    """Return what made-up residents consist of."""
    read = _read(files("aanspreekpunt") / "demo" / "data" / "people.yaml")
    return People(
        first_names=tuple(read["first_names"]),
        last_names=tuple(_infix_and_name(name) for name in read["last_names"]),
        streets=tuple(read["streets"]),
        places=tuple(read["places"]),
        organisations=tuple(read["organisations"]),
    )


@cache
def sayings() -> dict[str, tuple[str, ...]]:
    """Return what else residents and staff say: when asking back, replying, returning, reopening."""
    return {
        when: _lines(said) for when, said in _read(files("aanspreekpunt") / "demo" / "data" / "sayings.yaml").items()
    }


@cache
def language_of(text: str) -> str:
    """Say whether a question was asked in English or in Dutch."""
    words = text.lower().replace("?", " ").replace(",", " ").split()
    return "en" if sum(word in _ENGLISH for word in words) >= _FEWEST_ENGLISH_WORDS else "nl"


def _lines(texts: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in texts)


def _infix_and_name(written: str) -> tuple[str, str]:
    infix, _, name = written.rpartition("-")
    return infix, name


def _read(file: Traversable) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))
