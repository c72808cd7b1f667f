"""How well the search finds: the questions that we wrote for our own answers, clean and with a typing error in each.

    python -m bench.finding

Needs no database. Bodies only, without titles and search words, as `aanspreekpunt knowledge evaluate` does for any
collection. Use it to try other weights: a difference smaller than half the width of an interval is none.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from aanspreekpunt.knowledge.finding.documents import Document
from aanspreekpunt.knowledge.finding.evaluation.collection import Collection
from aanspreekpunt.knowledge.finding.evaluation.comparison import compare, table
from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.finding.words.compounds import split_compound
from aanspreekpunt.knowledge.starter.reading import starter_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1] / "aanspreekpunt"
STARTER = ROOT / "knowledge/starter/answers"
QUESTIONS = ROOT / "knowledge/finding/tests/data"
FILES = ("questions.yaml", "starter_questions.yaml")
KINDS = {
    "official": FILES,
    "official, written at the answers": ("official_questions.yaml",),
    "everyday": FILES,
}
ALIKE = ("burgerzaken.yaml", "zorg-en-ondersteuning.yaml")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LONG_WORD = re.compile(r"(?=[\w-]{9})[^\W\d_]+(?:-[^\W\d_]+)*")
_VALUE = re.compile(r"\{\{ *(\w+) *\}\}")


def main() -> None:
    """Print what ours and both plain ways reach, for each kind of question."""
    for name, documents, asked in _tasks():
        for mistakes, texts in (
            ("", asked),
            (", with a typing error", _mistyped(asked)),
            (", with one in a compound", _mistyped_in_compounds(asked)),
        ):
            queries = {str(number): text for number, (_key, text) in enumerate(texts)}
            right = {str(number): frozenset({key}) for number, (key, _text) in enumerate(texts)}
            outcomes = compare(Collection(documents, queries, right))
            print(f"{name}{mistakes}: {len(queries)} questions, {len(documents)} answers")
            print("\n".join(table(outcomes)), end="\n\n")
    _print_certainty()


def _print_certainty() -> None:
    """Print of questions that have an answer, and of questions from another world, how many are called what."""
    starter = tuple(_documents().values())
    titled = tuple(
        Document(id=answer.key, title=answer.question, words=answer.search_words, body=answer.answer)
        for answer in starter_answers()
    )
    asked = [text for kind in ("official", "everyday") for _key, text in _questions(kind, set(_documents()), FILES)]
    strange = _read(QUESTIONS / "strange_questions.yaml")
    for name, documents in (("bodies alone", starter), ("with titles and search words", titled)):
        index = Index.build(documents)
        for which, texts in (("with an answer", asked), ("from another world", strange)):
            called = Counter(index.search(text).certainty for text in texts)
            shares = ", ".join(f"{each} {called[each] / len(texts):.0%}" for each in ("good", "unsure", "nothing"))
            print(f"{name}, {len(texts)} questions {which}: {shares}")


def _tasks() -> Iterator[tuple[str, tuple[Document, ...], list[tuple[str, str]]]]:
    """Yield what is asked of what.

    Short answers of our own; answers as the national government writes them; the same with two others about something
    else behind each; and the same with the next answer in one text.
    """
    starter = _documents()
    for kind, files in KINDS.items():
        yield kind, tuple(starter.values()), _questions(kind.partition(",")[0], set(starter), files)
    answers, alike = _read(QUESTIONS / "national_answers.yaml"), _alike()
    national = {key: answer["answer"] for key, answer in answers.items()}
    asked = [(key, text) for key, answer in answers.items() for text in answer["official"]]
    others = [document.body for key, document in starter.items() if key not in alike]
    strange = tuple(Document(id=f"other {number}", body=body) for number, body in enumerate(others))
    yield "national", (*_as_documents(national), *strange), asked
    long = {
        key: "\n".join((body, others[place % len(others)], others[(7 * place + 3) % len(others)]))
        for place, (key, body) in enumerate(national.items())
    }
    yield "national, long", (*_as_documents(long), *strange), asked
    keys = list(national)
    joined = {key: keys[place - place % 2] for place, key in enumerate(keys)}
    pairs = {one: f"{national[one]}\n{national[other]}" for one, other in zip(keys[::2], keys[1::2], strict=True)}
    yield "national, in pairs", (*_as_documents(pairs), *strange), [(joined[key], text) for key, text in asked]


def _as_documents(bodies: dict[str, str]) -> tuple[Document, ...]:
    return tuple(Document(id=key, body=body) for key, body in bodies.items())


def _alike() -> set[str]:
    """Return the answers that answer some of the national questions as well."""
    return {answer["key"] for name in ALIKE for answer in _read(STARTER / name)}


def _documents() -> dict[str, Document]:
    """Return the answers of the starter base by key."""
    answers: dict[str, str] = {}
    for file in sorted(STARTER.glob("*.yaml")):
        answers |= {answer["key"]: answer["answer"] for answer in _read(file)}
    return {key: Document(id=key, body=_VALUE.sub(_value, body)) for key, body in answers.items()}


def _value(found: re.Match[str]) -> str:
    return found[1].replace("_", " ")


def _questions(kind: str, keys: set[str], files: tuple[str, ...]) -> list[tuple[str, str]]:
    read = [_read(QUESTIONS / name) for name in files]
    return [
        (key, text) for listed in read for key, kinds in listed.items() if key in keys for text in kinds.get(kind, ())
    ]


def _mistyped(asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    chance = random.Random(14)
    return [(key, _with_a_mistake(text, chance)) for key, text in asked]


def _mistyped_in_compounds(asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the questions that have a compound or a word with a hyphen, with a mistake in such a word."""
    chance, found = random.Random(1), []
    for key, text in asked:
        long = [word for word in _LONG_WORD.finditer(text) if "-" in word[0] or split_compound(word[0].lower())]
        if long:
            word = chance.choice(long)
            wrong = _with_a_mistake(word[0], chance)
            found.append((key, text[: word.start()] + wrong + text[word.end() :]))
    return found


def _with_a_mistake(text: str, chance: random.Random) -> str:
    """Return `text` with a letter left out, doubled, swapped with the next or taken for the key beside it."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start(), word.end() - 1)
    letter, rest = text[at], text[at + 1 :]
    instead = chance.choice((rest[0] + letter + rest[1:], rest, letter + letter + rest, _beside(letter, chance) + rest))
    return text[:at] + instead


def _beside(letter: str, chance: random.Random) -> str:
    row = next((row for row in _KEYS if letter.lower() in row), letter.lower())
    place = row.index(letter.lower())
    return chance.choice([row[near] for near in (place - 1, place + 1) if 0 <= near < len(row)] or ["e"])


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
