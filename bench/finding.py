"""How well the search finds: the questions that we wrote for our own answers, clean and with a typing error in each.

    python -m bench.finding

Needs no database. Bodies only, without titles and search words, as `aanspreekpunt knowledge evaluate` does for any
collection. Use it to try other weights: a difference smaller than half the width of an interval is none.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import yaml

from aanspreekpunt.knowledge.finding.documents import Document
from aanspreekpunt.knowledge.finding.evaluation.collection import Collection
from aanspreekpunt.knowledge.finding.evaluation.comparison import compare, table

ROOT = Path(__file__).resolve().parents[1] / "aanspreekpunt"
STARTER = ROOT / "knowledge/starter/answers"
QUESTIONS = ROOT / "knowledge/finding/tests/data"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[^\W\d_]{4,}")
_VALUE = re.compile(r"\{\{ *(\w+) *\}\}")


def main() -> None:
    """Print what ours and both plain ways reach, for each kind of question."""
    documents = _documents()
    for kind in ("official", "everyday"):
        asked = _questions(kind, set(documents))
        for name, texts in ((kind, asked), (f"{kind}, with a typing error", _mistyped(asked))):
            queries = {str(number): text for number, (_key, text) in enumerate(texts)}
            right = {str(number): frozenset({key}) for number, (key, _text) in enumerate(texts)}
            outcomes = compare(Collection(tuple(documents.values()), queries, right))
            print(f"{name}: {len(queries)} questions, {len(documents)} answers")
            print("\n".join(table(outcomes)), end="\n\n")


def _documents() -> dict[str, Document]:
    """Return the answers of the starter base by key."""
    answers: dict[str, str] = {}
    for file in sorted(STARTER.glob("*.yaml")):
        answers |= {answer["key"]: answer["answer"] for answer in _read(file)}
    return {key: Document(id=key, body=_VALUE.sub(_value, body)) for key, body in answers.items()}


def _value(found: re.Match[str]) -> str:
    return found[1].replace("_", " ")


def _questions(kind: str, keys: set[str]) -> list[tuple[str, str]]:
    files = [_read(QUESTIONS / name) for name in ("questions.yaml", "starter_questions.yaml")]
    return [
        (key, text) for listed in files for key, kinds in listed.items() if key in keys for text in kinds.get(kind, ())
    ]


def _mistyped(asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    chance = random.Random(14)
    return [(key, _with_a_mistake(text, chance)) for key, text in asked]


def _with_a_mistake(text: str, chance: random.Random) -> str:
    """Return `text` with a letter too many, too few, another, or two swapped, in one of its longer words."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start(), word.end() - 1)
    other = chance.choice(_LETTERS)
    instead = chance.choice((text[at + 1] + text[at], "", other, None))
    if instead is None:
        return text[:at] + other + text[at:]
    return text[:at] + instead + text[at + (2 if len(instead) > 1 else 1) :]


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
