"""Reads the starter base from its YAML files, and refuses what it does not know."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDER = Path(__file__).parent

Entry = TypeVar("Entry", "StarterAnswer", "StarterValue", "StarterReferral", "StarterContact")


class StarterBaseIsWrong(ValueError):
    """A file of the starter base says something the reader does not understand."""

    def __init__(self, *, file: Path, key: str, reason: str) -> None:
        super().__init__(f"{file.parent.name}/{file.name}, {key}: {reason}")


@dataclass(frozen=True, kw_only=True)
class StarterAnswer:
    """A question as people ask it, with an answer that is right for any municipality once its values are filled in."""

    key: str
    theme: str
    upl: tuple[str, ...]
    audience: tuple[str, ...]
    question: str
    answer: str
    question_en: str = ""
    answer_en: str = ""
    desk_note: str = ""
    products: tuple[str, ...] = ()
    search_words: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StarterValue:
    """Something that differs per municipality or per year, with what the demo municipality says."""

    key: str
    theme: str
    label: str
    label_en: str
    kind: str
    scope: str
    example: str
    example_en: str = ""


@dataclass(frozen=True, kw_only=True)
class StarterContact:
    """How to reach another body, and the sentence with which the agent brings somebody there."""

    name: str
    text: str
    text_en: str
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class StarterReferral:
    """Another body that people come to us for."""

    key: str
    name: str
    name_en: str
    everyday_names: tuple[str, ...]
    upl: tuple[str, ...]
    description: str
    description_en: str
    refer_to: StarterContact


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the one in C, where there is one
    """Plain data only, and a field may stand in an entry once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML calls it so
        said: set[str] = set()
        for name, _ in node.value:
            if name.value in said:
                raise yaml.constructor.ConstructorError(None, None, f"{name.value} stands here twice", name.start_mark)
            said.add(name.value)
        built: dict[Any, Any] = super().construct_mapping(node, deep)
        return built


def starter_themes(folder: Path = FOLDER) -> tuple[str, ...]:
    """All themes of answers, which are the names of their files; reads no file."""
    return tuple(sorted(file.stem for file in (folder / "answers").glob("*.yaml")))


@cache
def starter_answers(folder: Path = FOLDER) -> tuple[StarterAnswer, ...]:
    """All answers, in the order of their files."""
    return _unique(
        (file, _entry(StarterAnswer, row, file=file, also={"theme": file.stem}))
        for file in sorted((folder / "answers").glob("*.yaml"))
        for row in _rows(file)
    )


@cache
def starter_values(folder: Path = FOLDER) -> tuple[StarterValue, ...]:
    """All values that the answers use, in the order of their files."""
    return _unique(
        (file, _entry(StarterValue, row, file=file, also={"theme": file.stem}))
        for file in sorted((folder / "values").glob("*.yaml"))
        for row in _rows(file)
    )


@cache
def starter_referrals(folder: Path = FOLDER) -> tuple[StarterReferral, ...]:
    """All other bodies, in the order of their file; none when there is no such file."""
    file = folder / "referrals.yaml"
    return _unique((file, _referral(row, file=file)) for row in (_rows(file) if file.exists() else ()))


def _referral(row: Mapping[str, Any], *, file: Path) -> StarterReferral:
    """One referral, with its contact read as strictly as the rest."""
    contact = row.get("refer_to")
    if not isinstance(contact, dict):
        raise StarterBaseIsWrong(file=file, key=str(row["key"]), reason="refer_to is missing")
    read = _entry(StarterContact, contact, file=file, key=str(row["key"]))
    rest = {name: row[name] for name in row if name != "refer_to"}
    return _entry(StarterReferral, rest, file=file, also={"refer_to": read})


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    """Give the entries of a file, each a mapping with a key."""
    try:
        rows = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader) or []  # noqa: S506 - a SafeLoader of our own
    except yaml.YAMLError as error:
        raise StarterBaseIsWrong(file=file, key="-", reason=str(error)) from error
    if not isinstance(rows, list):
        raise StarterBaseIsWrong(file=file, key="-", reason="the file is not a list")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("key"), str):
            raise StarterBaseIsWrong(file=file, key=f"entry {number}", reason="there is no key")
        yield row


def _entry(
    kind: type[Entry], row: Mapping[str, Any], *, file: Path, key: str = "", also: Mapping[str, Any] | None = None
) -> Entry:
    """One entry with every field known, none missing, and each of the right sort."""
    key = key or str(row["key"])
    filled: dict[str, Any] = dict(also or {})
    known = {field.name: field for field in fields(kind) if field.name not in filled}
    missing = {name for name, field in known.items() if field.default is MISSING} - set(row)
    for names, reason in ((set(row) - set(known), "unknown field"), (missing, "missing field")):
        if names:
            raise StarterBaseIsWrong(file=file, key=key, reason=f"{reason}: {', '.join(sorted(map(str, names)))}")
    for name, value in row.items():
        is_list = str(known[name].type).startswith("tuple")
        filled[name] = _as_read(value, is_list=is_list, file=file, key=f"{key}, {name}")
    return kind(**filled)


def _as_read(value: object, *, is_list: bool, file: Path, key: str) -> str | tuple[str, ...]:
    """Take a text without the blank lines around it, or a list of texts."""
    if is_list and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    if not is_list and isinstance(value, str):
        return value.strip()
    raise StarterBaseIsWrong(file=file, key=key, reason="a list of texts is needed" if is_list else "a text is needed")


def _unique(entries: Iterable[tuple[Path, Entry]]) -> tuple[Entry, ...]:
    """Keep the entries, or refuse when two carry the same key."""
    read: dict[str, Entry] = {}
    for file, entry in entries:
        key = getattr(entry, "key", "")
        if key in read:
            raise StarterBaseIsWrong(file=file, key=key, reason="the key stands in the starter base twice")
        read[key] = entry
    return tuple(read.values())
