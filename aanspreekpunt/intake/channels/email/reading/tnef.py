"""The files and the text in a winmail.dat, in which Outlook packs what it wants other Outlooks to see."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aanspreekpunt.intake.channels.email.reading import charsets, cleaning, limits, rtf
from aanspreekpunt.intake.channels.email.reading.mail import File

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x78\x9f\x3e\x22"
TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
HEAD = 9
"""Level, name, kind and length before each attribute; a checksum of two bytes follows it."""

# Attributes of the stream
BODY, CODE_PAGE, PROPERTIES = 0x800C, 0x9007, 0x9003
BEGIN_FILE, FILE_TITLE, FILE_DATA, FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
# Properties within them
P_BODY, P_HTML, P_RICH, P_CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
P_DATA, P_LONG_NAME, P_NAME, P_TYPE, P_CONTENT_ID = 0x3701, 0x3707, 0x3001, 0x370E, 0x3712
# Kinds of values: how many bytes the fixed ones take, and which have a length of their own
FIXED = {0x01: 4, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
TEXT8, TEXT16, OBJECT, BYTES = 0x1E, 0x1F, 0x0D, 0x102
MANY = 0x1000
NAMED = 0x8000
BY_TEXT = 1
MOST = 10_000
GUID = 16


@dataclass(slots=True)
class Unpacked:
    """What was in it."""

    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """One file while it is read."""

    title: str = ""
    content: bytes = b""
    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)


def is_tnef(content_type: str, content: bytes) -> bool:
    """Say whether this is what Outlook packs."""
    return content.startswith(SIGNATURE) and (content_type in TYPES or content_type == "application/octet-stream")


def unpack(content: bytes) -> Unpacked:
    """Read as much as can be read: what is cut off or broken ends the reading, never fails."""
    reader = _Reader()
    try:
        for name, data in _attributes(content):
            reader.take(name, data)
    except (struct.error, ValueError):
        pass  # cut off: what was read so far counts
    return reader.result()


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = len(SIGNATURE) + 2
    for _ in range(MOST):
        if at + HEAD > len(content):
            return
        _, name, _, length = struct.unpack_from("<BHHI", content, at)
        at += HEAD
        yield name, content[at : at + length]
        at += length + 2


class _Reader:
    """Takes attributes one by one."""

    def __init__(self) -> None:
        self.code_page = charsets.WESTERN
        self.body = b""
        self.properties: dict[int, tuple[int, bytes]] = {}
        self.items: list[_Item] = []

    def take(self, name: int, data: bytes) -> None:
        """Take one attribute; those of a file follow the attribute that begins it."""
        if name == BEGIN_FILE and len(self.items) < limits.PARTS:
            self.items.append(_Item())
        elif name == CODE_PAGE:
            self.code_page = _code_page(data)
        elif name == BODY:
            self.body = data
        elif name == PROPERTIES:
            self.properties = dict(_properties(data))
        elif self.items:
            self._take_of_file(self.items[-1], name, data)

    def _take_of_file(self, item: _Item, name: int, data: bytes) -> None:
        if name == FILE_TITLE:
            item.title = self._text8(data)
        elif name == FILE_DATA:
            item.content = data
        elif name == FILE_PROPERTIES:
            item.properties = dict(_properties(data))

    def result(self) -> Unpacked:
        code_page = self.properties.get(P_CODE_PAGE)
        page = _code_page(code_page[1]) if code_page else self.code_page
        kind, html = self.properties.get(P_HTML, (BYTES, b""))
        text = self._of(self.properties, P_BODY) or self._text8(self.body)
        shown = self._text(kind, html) if kind != BYTES else charsets.decode(html, page)
        if not text.strip() and not shown.strip():
            text = rtf.to_text(rtf.decompressed(self.properties.get(P_RICH, (BYTES, b""))[1]))
        files = [file for item in self.items if (file := self._file(item))]
        return Unpacked(cleaning.lines(text[: limits.TEXT]), cleaning.lines(shown[: limits.TEXT]), files)

    def _file(self, item: _Item) -> File | None:
        content = item.content or item.properties.get(P_DATA, (0, b""))[1]
        name = self._of(item.properties, P_LONG_NAME) or item.title or self._of(item.properties, P_NAME)
        if not content and not name:
            return None
        kind = self._of(item.properties, P_TYPE).lower() or "application/octet-stream"
        content_id = self._of(item.properties, P_CONTENT_ID).strip("<> ")
        return File(
            cleaning.file_name(name)[: limits.NAME], cleaning.one_line(kind), content, content_id, bool(content_id)
        )

    def _of(self, properties: dict[int, tuple[int, bytes]], wanted: int) -> str:
        kind, data = properties.get(wanted, (0, b""))
        return self._text(kind, data)

    def _text(self, kind: int, data: bytes) -> str:
        if kind == TEXT16:
            return data.decode("utf-16-le", "replace").rstrip("\x00")
        return self._text8(data) if kind == TEXT8 else ""

    def _text8(self, data: bytes) -> str:
        return charsets.decode(data.rstrip(b"\x00"), self.code_page)


def _code_page(data: bytes) -> str:
    number = int.from_bytes(data[:4], "little")
    return {65001: "utf-8", 28591: "iso-8859-1", 20127: "us-ascii", 1200: "utf-16-le"}.get(number) or f"cp{number}"


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Give the properties in an attribute by number: the kind of value and the first value."""
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _ in range(min(count, MOST)):
        if at + 4 > len(data):
            return
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= NAMED:
            at = _after_name(data, at)
        value, at = _value(data, at, kind)
        yield number, (kind & ~MANY, value)


def _after_name(data: bytes, at: int) -> int:
    """Step over the name of a property that has no number of its own."""
    (how,) = struct.unpack_from("<I", data, at + GUID)
    at += GUID + 4
    if how != BY_TEXT:
        return at + 4
    (length,) = struct.unpack_from("<I", data, at)
    return at + 4 + _padded(length)


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    size = FIXED.get(kind & ~MANY)
    if size and not kind & MANY:
        return data[at : at + size], at + size
    if size is None and kind & ~MANY not in {TEXT8, TEXT16, OBJECT, BYTES}:
        raise ValueError(kind)
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    if size:
        return data[at : at + size], at + size * count
    first = b""
    for number in range(min(count, MOST)):
        (length,) = struct.unpack_from("<I", data, at)
        if number == 0:
            skip = GUID if kind & ~MANY == OBJECT else 0  # an object begins with the name of what it is
            first = data[at + 4 + skip : at + 4 + length]
        at += 4 + _padded(length)
    return first, at


def _padded(length: int) -> int:
    return (length + 3) & ~3
