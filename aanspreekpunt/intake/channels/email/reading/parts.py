"""The parts of a mail as a tree, in one pass over its bytes, however broken its boundaries are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aanspreekpunt.intake.channels.email.reading import fields, limits, parameters, transfer
from aanspreekpunt.intake.channels.email.reading.cleaning import one_line

LONGEST_LINE = 1_000
KEPT = 3
"""So many closed multiparts may still get another part."""

LEFT_OPEN = 10
"""Of so many multiparts that ended without being closed, a delimiter still separates parts."""

MULTIPART = "multipart/"


@dataclass(slots=True)
class Part:
    """One part: its headers, its type, where its body lies in the raw bytes, and the parts in it."""

    headers: fields.Headers
    content_type: str
    type_parameters: dict[str, str]
    disposition: str
    disposition_parameters: dict[str, str]
    start: int
    end: int
    raw: bytes = field(repr=False)
    children: list[Part] = field(default_factory=list)
    is_closed: bool = False

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith(MULTIPART)

    @property
    def charset(self) -> str:
        return self.type_parameters.get("charset", "")

    @property
    def encoding(self) -> str:
        return transfer.kind(self.headers.get("content-transfer-encoding").decode("latin-1"))

    def body(self) -> bytes:
        """Give the bytes of the body as they were sent."""
        return self.raw[self.start : self.end]


@dataclass(slots=True)
class Tree:
    """All of a mail: its outermost part, and what was wrong on the way."""

    root: Part
    defects: set[str]


def parse(raw: bytes) -> Tree:
    """Take a mail apart."""
    tree = Tree(_part(raw, 0, len(raw), ""), set())
    _Splitter(tree, raw).run(tree.root)
    return tree


def _part(raw: bytes, start: int, end: int, parent: str) -> Part:
    headers = fields.parse(raw, start, end)
    kind, of_kind = parameters.parse(_text(_type_header(headers, start)))
    where, of_where = parameters.parse(_text(headers.get("content-disposition")))
    default = "message/rfc822" if parent == "multipart/digest" else "text/plain"
    named = _type(kind, default)
    if not named.startswith(MULTIPART) and _begins_with(raw, headers.body, of_kind.get("boundary", "")):
        named = "multipart/mixed"
    return Part(headers, named, of_kind, where, of_where, headers.body, end, raw)


def _begins_with(raw: bytes, at: int, boundary: str) -> bool:
    """Say whether a body begins with a delimiter, whatever its type says."""
    return bool(boundary) and raw[at : at + LONGEST_LINE].lstrip().startswith(
        b"--" + boundary.encode("utf-8", "replace")
    )


def _type_header(headers: fields.Headers, start: int) -> bytes:
    """Choose among several types.

    In a part the last counts: headers that ran together end with those of the part itself. In a mail one that is
    multipart counts, as programs on the way add another by mistake.
    """
    named = headers.all("content-type")
    if start == 0:
        named = [value for value in named if value.lower().startswith(MULTIPART.encode())] or named
    return named[-1] if named else b""


def _text(value: bytes) -> str:
    return value.decode("ascii", "surrogateescape")


def _type(named: str, default: str) -> str:
    """Give a type that can be one: what is missing or broken is text, as the standard has it."""
    main, slash, sub = named.strip("\"'<>").partition("/")
    if slash and main and sub:
        return f"{one_line(main)}/{one_line(sub.partition('/')[0])}"
    return {"html": "text/html", "multipart": "multipart/mixed"}.get(main, default)


class _Splitter:
    """Walks from delimiter to delimiter; `open` holds the multiparts that are not closed yet, outermost first."""

    def __init__(self, tree: Tree, raw: bytes) -> None:
        self.tree, self.raw = tree, raw
        self.open: list[tuple[bytes, Part]] = []
        self.closed: list[tuple[bytes, Part, int]] = []
        self.left_open: list[bytes] = []
        self.last: Part | None = None
        self.count = 1

    def run(self, root: Part) -> None:
        """Split what the outermost part holds."""
        if not root.is_multipart:
            return
        self._enter(root)
        at = root.start
        for _ in range(limits.PARTS * 4):
            found = self._expected().search(self.raw, max(at - 1, 0)) if self.open or self.closed else None
            if not found:
                break
            at = self._delimiter(found)
        self._close_last(len(self.raw))
        self._leave(0, len(self.raw))

    def _expected(self) -> re.Pattern[bytes]:
        """Give what finds any line that may separate parts here."""
        names = {boundary for boundary, _ in self.open} | {boundary for boundary, _, _ in self.closed}
        names |= set(self.left_open)
        either = b"|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        return re.compile(rb"\n--(" + either + rb")(--)?[ \t]*\r?(?=\n|\Z)")

    def _delimiter(self, found: re.Match[bytes]) -> int:
        """Deal with a line that separates parts; say where to go on looking."""
        at, after = found.start() + 1, min(found.end() + 1, len(self.raw))
        depth = max((depth for depth, entry in enumerate(self.open) if entry[0] == found[1]), default=-1)
        if depth < 0 and found[1] in self.left_open and self.open:
            depth = len(self.open) - 1
            if found[2]:
                self._close_last(at)
                return after
        if depth < 0:
            return after if found[2] else self._reopen(found[1], at, after)
        return self._end_multipart(depth, at, after) if found[2] else self._begin_part(depth, at, after)

    def _begin_part(self, depth: int, at: int, after: int) -> int:
        self._close_last(at)
        if len(self.open) > depth + 1:
            self.tree.defects.add("part_not_closed")
        self._leave(depth + 1, at)
        self.closed = [entry for entry in self.closed if entry[2] <= depth]
        parent = self.open[depth][1]
        if self.count >= limits.PARTS:
            self.tree.defects.add("too_many_parts")
            return len(self.raw)
        self.count += 1
        part = _part(self.raw, after, len(self.raw), parent.content_type)
        part.start = max(part.start, after)
        parent.children.append(part)
        self.last = part
        if part.is_multipart:
            self._enter(part)
        return part.start

    def _end_multipart(self, depth: int, at: int, after: int) -> int:
        self._close_last(at)
        boundary, part = self.open[depth]
        part.is_closed = True
        self._leave(depth, at)
        self.closed = [*self.closed[-KEPT:], (boundary, part, depth)]
        return after

    def _leave(self, depth: int, at: int) -> None:
        """End the multiparts from this depth on; one in which no part was found is text, so that nothing is lost."""
        for boundary, part in self.open[depth:]:
            if not part.is_closed:
                self.left_open = [*self.left_open[1 - LEFT_OPEN :], boundary]
            if not part.children:
                self.tree.defects.add("no_parts")
                part.content_type, part.end = "text/plain", max(part.start, at)
        del self.open[depth:]

    def _reopen(self, wanted: bytes, at: int, after: int) -> int:
        """Begin a part that follows the end of its multipart, when that came too early."""
        for boundary, part, depth in reversed(self.closed):
            if wanted == boundary and depth == len(self.open):
                self.tree.defects.add("part_after_the_end")
                self.open.append((boundary, part))
                return self._begin_part(depth, at, after)
        return after

    def _close_last(self, at: int) -> None:
        """End the part that was being read just before the line break that belongs to the delimiter."""
        if self.last is None:
            return
        end = self._end_of_all() if at >= len(self.raw) else at
        if at < len(self.raw):
            end -= self.raw[at - 1 : at] == b"\n"
            end -= self.raw[end - 1 : end] == b"\r"
        self.last.end = max(self.last.start, end)
        self.last = None

    def _end_of_all(self) -> int:
        """Give where the last part ends when nothing closes it, or a delimiter that is not on a line of its own."""
        tail = self.raw[-LONGEST_LINE:].rstrip()
        for boundary, _ in self.open:
            if tail.endswith(b"--" + boundary + b"--"):
                return self.raw.rindex(b"--" + boundary + b"--")
        return len(self.raw)

    def _enter(self, part: Part) -> None:
        """Expect the parts of a multipart; one without a usable boundary gets the one that is really there."""
        if len(self.open) >= limits.DEPTH:
            self.tree.defects.add("nested_too_deep")
            part.content_type = "application/octet-stream"
            return
        boundary = part.type_parameters.get("boundary", "").encode("utf-8", "replace")
        if not boundary or not self._occurs(boundary, part.start):
            boundary = self._guessed(boundary, part.start)
        self.last = None
        if boundary:
            self.open.append((boundary, part))
        else:
            self.tree.defects.add("no_boundary")
            part.content_type = "text/plain"
            self.last = part

    def _occurs(self, boundary: bytes, at: int) -> bool:
        line = re.compile(rb"\n--" + re.escape(boundary) + rb"(?:--)?[ \t]*\r?(?=\n|\Z)")
        return bool(line.search(self.raw, max(at - 1, 0)))

    def _guessed(self, named: bytes, at: int) -> bytes:
        """Find the line that separates parts in fact: one with hyphens before headers of a part."""
        start = self.raw.find(b"\n--", max(at - 1, 0))
        for _ in range(20):
            if start < 0:
                break
            after = self.raw.find(b"\n", start + 1) + 1 or len(self.raw)
            line = self.raw[start + 3 : min(after, start + LONGEST_LINE)].rstrip(b" \t\r\n")
            following = self.raw[after : after + 8].lower()
            if line and (following == b"content-" or (named and line.lower() == named.lower())):
                self.tree.defects.add("boundary_guessed")
                return line
            start = self.raw.find(b"\n--", start + 1)
        return b""
