"""Reads YAML and remembers on which line each value stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from aanspreekpunt.common.settings_files.problems import Place, Problem, Steps
from aanspreekpunt.common.settings_files.wording import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.utils.functional import _StrPromise

_LARGEST_FILE_MB = 10
_WHOLE_NUMBER = re.compile(r"0\Z|-?[1-9][0-9]*\Z")
_PLAIN_VALUES: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
"""Everything else unquoted is text: no surprises with `no`, `08:30` or a phone number."""


class _Loader(yaml.SafeLoader):
    """Builds the tree of nodes only; aliases are refused, because they can grow without end."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML says nothing here
            raise AliasRefused(event.start_mark)
        return super().compose_node(parent, index)


class AliasRefused(yaml.YAMLError):
    """An alias was used where values must be written out."""

    def __init__(self, mark: yaml.Mark) -> None:
        super().__init__()
        self.mark = mark


@dataclass
class Reading:
    """Plain values out of one or more files, the place of each, and what could not be read."""

    values: Any = None
    places: dict[Steps, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    sentences: Mapping[str, _StrPromise] = field(default_factory=lambda: SENTENCES)
    """How each kind of problem is put into words; a file with rules of its own brings its own besides."""

    def place_of(self, steps: Steps) -> Place:
        """Find the line of a value, or of the nearest thing around it that has one."""
        while steps not in self.places and steps:
            steps = steps[:-1]
        return self.places[steps]

    def add(self, kind: str, steps: Steps, place: Place | None = None, **facts: object) -> None:
        """Note a problem at the place of `steps`, unless another place is given."""
        place = place or self.place_of(steps)
        self.problems.append(Problem(place=place, steps=steps, kind=kind, facts=facts, sentence=self.sentences[kind]))


def read_into(reading: Reading, file: Path, steps: Steps = ()) -> Any:
    """Read `file` as the value at `steps`; what goes wrong is noted in `reading`."""
    start = Place(file=file, line=1)
    asked_at = reading.places.get(steps, start)
    reading.places[steps] = start
    text = _text_of(reading, file, steps, asked_at)
    if text is None:
        return None
    node = _node_of(reading, file, steps, text)
    if node is None:
        return None
    return _build(reading, file, steps, node)


def _text_of(reading: Reading, file: Path, steps: Steps, asked_at: Place) -> str | None:
    try:
        raw = file.read_bytes()
    except OSError:
        reading.add("file_is_missing", steps, place=asked_at)
        return None
    if len(raw) > _LARGEST_FILE_MB * 1_000_000:
        reading.add("file_is_too_large", steps, limit=_LARGEST_FILE_MB)
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reading.add("file_is_not_text", steps, place=Place(file=file, line=line))
        return None


def _node_of(reading: Reading, file: Path, steps: Steps, text: str) -> yaml.Node | None:
    loader: _Loader | None = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except AliasRefused as error:
        reading.add("alias_is_refused", steps, place=Place(file=file, line=error.mark.line + 1))
        return None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reading.add("file_is_not_yaml", steps, place=Place(file=file, line=line), reason=error.problem or error.context)
        return None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        reading.add("file_is_not_yaml", steps, place=Place(file=file, line=line), reason=error.reason)
        return None
    except RecursionError:
        reading.add("file_is_not_yaml", steps, reason="nested too deeply")
        return None
    finally:
        if loader is not None:
            loader.dispose()
    if node is None:
        reading.add("file_is_empty", steps)
    return node


def _build(reading: Reading, file: Path, steps: Steps, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _build_group(reading, file, steps, node)
    if isinstance(node, yaml.SequenceNode):
        return _build_list(reading, file, steps, node)
    return _plain(node)


def _build_group(reading: Reading, file: Path, steps: Steps, node: yaml.MappingNode) -> dict[str, Any]:
    group: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        place = Place(file=file, line=key.start_mark.line + 1)
        here = (*steps, name)
        if name in group:
            reading.add("name_stands_twice", here, place=place, name=name, line=reading.place_of(here).line)
            continue
        reading.places[here] = place
        group[name] = _build(reading, file, here, value)
    return group


def _build_list(reading: Reading, file: Path, steps: Steps, node: yaml.SequenceNode) -> list[Any]:
    items = []
    for index, item in enumerate(node.value):
        here = (*steps, index)
        reading.places[here] = Place(file=file, line=item.start_mark.line + 1)
        items.append(_build(reading, file, here, item))
    return items


def _plain(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) is not None:  # quoted or a block: always text
        return text
    if text in _PLAIN_VALUES:
        return _PLAIN_VALUES[text]
    return int(text) if _WHOLE_NUMBER.match(text) else text
