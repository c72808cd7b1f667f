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
# By its path, because this face may not import the one that sets up municipalities.
_VOICES = files("aanspreekpunt") / "setup" / "data" / "demo" / "voices.yaml"
_SAYINGS = files("aanspreekpunt") / "demo" / "data" / "sayings.yaml"
_SEARCHES = files("aanspreekpunt") / "demo" / "data" / "searches.yaml"
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
class Street:
    """A street with the four digits of its postcode and the place it lies in."""

    name: str
    place: str
    postcode: str


@dataclass(frozen=True, slots=True)
class People:
    """What the names and addresses of made-up residents consist of; a surname is a pair of infix and name."""

    first_names: tuple[str, ...]
    surnames: tuple[tuple[str, str], ...]
    streets: tuple[Street, ...]
    organisations: tuple[str, ...]


def voice_of(product_key: str) -> Voice:
    """Return how people speak about this product."""
    return _voices().get(product_key, ORDINARY)


@cache
def _voices() -> dict[str, Voice]:
    products = _read(_VOICES)["products"]
    return {
        key: Voice(_lines(said["questions"]), _lines(said["notes"]), _lines(said["answers"]))
        for key, said in products.items()
    }


@cache
def people() -> People:
    """Return what made-up residents consist of."""
    read = _read(_VOICES)
    around = {each["name"]: each for each in read["neighbourhoods"]}
    return People(
        first_names=tuple(read["first_names"]),
        surnames=tuple(_infix_and_name(surname) for surname in read["surnames"]),
        streets=tuple(_street(each["name"], around[each["neighbourhood"]]) for each in read["streets"]),
        organisations=tuple(each["name"] for each in read["organisations"]),
    )


@cache
def sayings() -> dict[str, tuple[str, ...]]:
    """Return what else residents and staff say, by occasion: when returning a question, asking back, reopening."""
    everywhere = _read(_VOICES)
    said = {occasion: everywhere[occasion] for occasion in ("return_reasons", "callback_notes", "better")}
    return {occasion: _lines(texts) for occasion, texts in (said | _read(_SAYINGS)).items()}


@cache
def searches() -> dict[str, tuple[str, ...]]:
    """Return what people search for, by how often they do."""
    return {often: _lines(texts) for often, texts in _read(_SEARCHES).items()}


@cache
def language_of(text: str) -> str:
    """Say whether a question was asked in English or in Dutch."""
    words = text.lower().replace("?", " ").replace(",", " ").split()
    return "en" if sum(word in _ENGLISH for word in words) >= _FEWEST_ENGLISH_WORDS else "nl"


def _lines(texts: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in texts)


def _infix_and_name(surname: str) -> tuple[str, str]:
    words = surname.split(" ")
    small = next((place for place, word in enumerate(words) if not word[0].islower() and word[0] != "'"), 0)
    return " ".join(words[:small]), " ".join(words[small:])


def _street(name: str, neighbourhood: dict[str, str]) -> Street:
    return Street(name, neighbourhood["place"], neighbourhood["postcode"])


def _read(file: Traversable) -> Any:
    loader = getattr(
        yaml, "CSafeLoader", yaml.SafeLoader
    )  # the one in C, where there is one, takes a tenth of the time
    return yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
