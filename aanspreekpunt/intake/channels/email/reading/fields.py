"""The headers of a mail or of one of its parts: from bytes to names and values."""

from __future__ import annotations

from dataclasses import dataclass

from aanspreekpunt.intake.channels.email.reading import limits

NAME = frozenset(b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/@=?")
LONGEST_NAME = 200
LOOK_AHEAD = 3


@dataclass(slots=True)
class Headers:
    """The headers of one part, in their order, where its body begins, and what was wrong."""

    fields: list[tuple[str, bytes]]
    body: int
    defects: set[str]

    def get(self, name: str) -> bytes:
        """Give the last header of that name: signatures count from the last, and others are added on top."""
        return next((value for key, value in reversed(self.fields) if key.lower() == name), b"")

    def all(self, name: str) -> list[bytes]:
        """Give all headers of that name."""
        return [value for key, value in self.fields if key.lower() == name]


def parse(raw: bytes, start: int, end: int) -> Headers:
    """Read the headers that begin here, up to an empty line or what cannot be a header."""
    return _Reader(raw, start, min(end, start + limits.HEADERS), end).read()


class _Reader:
    """Goes through the headers line by line."""

    def __init__(self, raw: bytes, start: int, stop: int, end: int) -> None:
        self.raw, self.stop, self.end = raw, stop, end
        self.at: int = start
        self.fields: list[tuple[str, bytearray]] = []
        self.defects: set[str] = set()
        self.is_skipping = False

    def read(self) -> Headers:
        self._begin()
        while self.at < self.stop:
            line, after = self._line(self.at)
            if not line.strip(b" \t") and self._is_end(line, after):
                self.at = after
                break
            if not self._take(line):
                self.defects.add("body_without_empty_line")
                break
            self.at = after
        return Headers(
            [(name, bytes(value).strip()) for name, value in self.fields], min(self.at, self.end), self.defects
        )

    def _begin(self) -> None:
        """Step over empty lines before the headers of the mail itself, and the line of a mailbox file."""
        if self.at > 0:
            return
        at = self.at
        while at < self.stop and self.raw[at] in b"\r\n":
            at += 1
        if at > self.at and at < self.stop and self._name(self._line(at)[0]):
            self.defects.add("empty_lines_before_headers")
            self.at = at
        line, after = self._line(self.at)
        if line.startswith((b"From ", b">From ")) and not self._name(line):
            self.at = after

    def _line(self, at: int) -> tuple[bytes, int]:
        """Give the line that begins here, cut when it is very long, and where the next one begins."""
        newline = self.raw.find(b"\n", at, self.end)
        after = self.end if newline < 0 else newline + 1
        stop = self.end if newline < 0 else newline
        line = self.raw[at : min(stop, at + limits.FIELD)]
        return line.removesuffix(b"\r"), after

    def _is_end(self, line: bytes, after: int) -> bool:
        """Say whether the headers end here: on an empty line, or one of spaces when nothing of a header follows."""
        following = self._line(after)[0]
        return not line or not (self._name(following) or (following[:1] in b" \t" and following.strip()))

    def _take(self, line: bytes) -> bool:
        """Take a line as a header or as more of the last one; False when the body has begun."""
        if line[:1] in b" \t" and self.fields:
            self._go_on(line)
            return True
        name = self._name(line)
        if name:
            self._add(name, line)
            return True
        if line.startswith(b"--") or not self.fields or not self._headers_follow():
            return False
        self.defects.add("line_that_is_no_header")
        return True

    def _go_on(self, line: bytes) -> None:
        value, more = self.fields[-1][1], line.strip(b" \t")
        if more and not self.is_skipping and len(value) < limits.FIELD:
            value += b" " + more if value else more

    def _add(self, name: str, line: bytes) -> None:
        self.is_skipping = len(self.fields) >= limits.FIELDS
        if self.is_skipping:
            self.defects.add("too_many_headers")
            return
        self.fields.append((name, bytearray(line.partition(b":")[2].strip(b" \t"))))

    def _name(self, line: bytes) -> str:
        """Give the name of the header on this line, or "" when it is none."""
        name, colon, _ = line[: LONGEST_NAME + 1].partition(b":")
        name = name.rstrip(b" \t")
        if not colon or not name or not NAME.issuperset(name):
            return ""
        return name.decode("ascii")

    def _headers_follow(self) -> bool:
        """Look whether one of the next lines, before an empty one, is a header after all."""
        _, at = self._line(self.at)
        for _ in range(LOOK_AHEAD):
            line, after = self._line(at)
            if at >= self.stop or not line.strip() or line.startswith(b"--"):
                return False
            if self._name(line) and b": " in line:
                return True
            at = after
        return False
