"""Objects as registers hand them out: one, a list, one per line, or a page with each object inside a record."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from aanspreekpunt.knowledge.exchange.names import key_in, own_address
from aanspreekpunt.knowledge.exchange.reading import external_id
from aanspreekpunt.knowledge.exchange.rows import Item, Reason, refused
from aanspreekpunt.knowledge.exchange.streams import LONGEST_LINE, JsonIsUnreadable, json_lines, json_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LARGEST_DOCUMENT = 20_000_000
"""Bytes of a document that has to be read as a whole; a larger one has to come as one object per line."""
_NAMESPACE = uuid.UUID("6f1d8f1c-5c0e-4a53-9d0d-6d2f3f6c7b11")
"""Of our own making: gives each key the same UUID on every export."""


class Found(NamedTuple):
    """An object: its number in the file from 1, its data, and the identity its register gave it (may be empty)."""

    number: int
    data: dict[str, Any]
    identity: str


def objects_in(file: BinaryIO) -> Iterator[Found | Item]:
    """Return each object in a file, out of its record; what is none is refused."""
    beginning = file.read(LARGEST_DOCUMENT + 1)
    if len(beginning) > LARGEST_DOCUMENT:
        values = json_lines(_Joined(beginning, file)) if _looks_like_lines(beginning) else None
        if values is None:
            yield refused(1, "", Reason.FILE_TOO_LARGE)
            return
    else:
        values = _values_in(beginning) if beginning.strip() else iter(())
    for item in values:
        if isinstance(item, tuple):
            yield _unwrapped(*item)
        else:
            yield item


def read_objects(file: BinaryIO, read_one: Callable[[Found], Item]) -> Iterator[Item]:
    """Return a row or a refusal for each object in a file."""
    for found in objects_in(file):
        yield read_one(found) if isinstance(found, Found) else found


def wrapped(data: Mapping[str, Any], *, key: str, on: str) -> dict[str, Any]:
    """Return data as a register keeps it: with an identity that stays the same, and the day from which it holds."""
    record = {"typeVersion": 1, "data": dict(data), "startAt": on}
    return {"url": own_address(key), "uuid": uuid_of(key), "record": record}


def uuid_of(key: str) -> str:
    """Return the UUID of an answer: the same on every export."""
    return str(uuid.uuid5(_NAMESPACE, key))


def identity_fields(found: Found, source: str, *, fallback: str) -> dict[str, str]:
    """Return the `key` of an answer of our own, or else the `external_id` of one of others."""
    key = key_in(found.identity)
    if key:
        return {"key": key}
    return {"external_id": external_id(source, found.identity or " ".join(fallback.split()).casefold())}


def _values_in(raw: bytes) -> Iterator[tuple[int, Any] | Item]:
    try:
        text = raw.decode("utf-8-sig")
        values = _listed(json_value(text))
    except UnicodeDecodeError:
        yield refused(1, "", Reason.UNREADABLE_ENCODING)
    except JsonIsUnreadable as problem:
        if _looks_like_lines(raw):
            yield from json_lines(io.BytesIO(raw))
        else:
            yield refused(1, "", problem.reason, f"{problem.detail}: {text}")
    else:
        yield from enumerate(values, start=1)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        value = value["results"]
    return value if isinstance(value, list) else [value]


def _looks_like_lines(raw: bytes) -> bool:
    """Say whether a file has an object on each of its first lines."""
    lines = [line.strip() for line in raw[: 2 * LONGEST_LINE].splitlines()[:20] if line.strip()]
    return len(lines) > 1 and all(line.removeprefix(b"\xef\xbb\xbf").startswith(b"{") for line in lines[:2])


def _unwrapped(number: int, value: Any) -> Found | Item:
    if not isinstance(value, dict):
        return refused(number, "", Reason.NOT_AN_OBJECT, value)
    record = value.get("record")
    data = record.get("data") if isinstance(record, dict) else value
    if not isinstance(data, dict):
        return refused(number, "record", Reason.NOT_AN_OBJECT, value)
    names = [value.get(name) or data.get(name) for name in ("url", "uuid", "id")]
    own = next((name for name in names if key_in(name)), None)
    other = next((name for name in names[1:] + names[:1] if isinstance(name, str) and name), "")
    return Found(number, data, own or other)


class _Joined:
    """What was read already and what is still to come, as one file to read lines from."""

    def __init__(self, beginning: bytes, rest: BinaryIO) -> None:
        self._beginning = io.BytesIO(beginning)
        self._rest = rest

    def readline(self, limit: int, /) -> bytes:
        line = self._beginning.readline(limit)
        if line.endswith(b"\n") or len(line) >= limit:
            return line
        return line + self._rest.readline(limit - len(line))
