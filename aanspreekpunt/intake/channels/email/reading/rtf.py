"""The words in rich text, which Outlook packs when a mail is sent in the form that only Outlook knows."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

from aanspreekpunt.intake.channels.email.reading import charsets, limits

HEAD = 16
COMPRESSED, PLAIN = b"LZFu", b"MELA"
WINDOW = 4096
BEGINNING = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What stands in the window before anything is read, by the format (MS-OXRTFCP)."""

SHORTEST_COPY = 2
MOST = limits.TEXT
DEEPEST = 200
MOST_SKIPPED = 10
PIECE = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
NOT_SHOWN = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "objdata", "fldinst", "themedata", "datastore"}
    | {"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "generator"}
    | {"listtable", "listoverridetable", "rsidtbl", "xmlnstbl", "filetbl", "revtbl", "htmltag", "mhtmltag"}
)
WRITTEN = {
    **dict.fromkeys(("par", "line", "row", "sect", "page"), "\n"),
    **dict.fromkeys(("tab", "cell", "nestcell"), "\t"),
    "emdash": "\u2014",
    "endash": "\u2013",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "emspace": " ",
    "enspace": " ",
}
SIGNS = {"{": "{", "}": "}", "\\": "\\", "~": "\xa0", "_": "-", "\n": "\n", "\r": "\n"}
CODE_PAGES = {128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258"} | {
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
"""By the number that a font gives for its characters."""


def decompressed(data: bytes) -> bytes:
    """Undo the compression of Outlook; what is cut off ends the reading, and what is of another kind is nothing."""
    if len(data) < HEAD:
        return b""
    _, size, kind = struct.unpack_from("<II4s", data)
    if kind == PLAIN:
        return data[HEAD : HEAD + min(size, MOST)]
    return _expanded(data, min(size, MOST)) if kind == COMPRESSED else b""


def _expanded(data: bytes, size: int) -> bytes:
    """Follow the tokens: a sign as it is, or where in the window to copy from and how much."""
    window = bytearray(BEGINNING.ljust(WINDOW, b" "))
    found = bytearray()
    place, at = len(BEGINNING), HEAD
    while at < len(data) and len(found) < size:
        kinds, at = data[at], at + 1
        for bit in range(8):
            if not kinds >> bit & 1:
                copied = data[at : at + 1]
                at += 1
            else:
                token = int.from_bytes(data[at : at + 2], "big")
                at += 2
                if token >> 4 == place or at > len(data):
                    return bytes(found[:size])
                copied = _copied(window, token >> 4, (token & 15) + SHORTEST_COPY, place)
            for each in copied:
                window[place] = each
                place = (place + 1) % WINDOW
            found += copied
    return bytes(found[:size])


def _copied(window: bytearray, start: int, count: int, place: int) -> bytes:
    """Give what is copied; it may run into what it has just written itself."""
    gap = (place - start) % WINDOW or WINDOW
    return bytes(window[(start + number % gap) % WINDOW] for number in range(count))


def to_text(rtf: bytes) -> str:
    """Write rich text as plain text; whatever is not rich text is nothing."""
    if not rtf.lstrip()[:5].lower().startswith(rb"{\rtf"):
        return ""
    return _Writer().read(rtf[:MOST].decode("latin-1"))


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within one pair of braces."""

    is_shown: bool = True
    in_fonts: bool = False
    skips: int = 1
    """So many signs follow a character by number, for programs that do not know it."""
    font: int = -1


class _Writer:
    """Goes through the words of the format, and keeps bytes until it is known by which table to read them."""

    def __init__(self) -> None:
        self.groups = [_Group()]
        self.page = charsets.WESTERN
        self.fonts: dict[int, int] = {}
        self.defined = -1
        self.written: list[str] = []
        self.bytes = bytearray()
        self.to_skip = 0

    def read(self, text: str) -> str:
        """Read it all."""
        at = 0
        while at < len(text) and (piece := PIECE.match(text, at)):
            at = piece.end()
            kind = piece.lastgroup
            if kind in {"word", "number"}:
                at += self._word(piece["word"].lower(), piece["number"])
            elif kind:
                self._piece(kind, piece[kind])
        self._flush()
        whole = "".join(self.written).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return "\n".join(line.rstrip() for line in whole.split("\n")).strip("\n")

    @property
    def group(self) -> _Group:
        return self.groups[-1]

    def _set(self, group: _Group) -> None:
        self.groups[-1] = group

    def _piece(self, kind: str, value: str) -> None:
        if kind == "brace":
            self._brace(value)
        elif kind == "sign":
            if value == "*":
                self._set(replace(self.group, is_shown=False))
            else:
                self._write(SIGNS.get(value, ""))
        else:
            self._bytes(bytes.fromhex(value) if kind == "hex" else value.encode("latin-1"))

    def _brace(self, brace: str) -> None:
        self._flush()
        self.to_skip = 0
        if brace == "{" and len(self.groups) < DEEPEST:
            self.groups.append(self.group)
        elif brace == "}" and len(self.groups) > 1:
            self.groups.pop()

    def _word(self, word: str, number: str | None) -> int:
        """Do what a word says, and say how many signs behind it are no text."""
        value = int(number) if number else 0
        if word == "bin":
            return max(value, 0)
        if word in NOT_SHOWN:
            self._set(replace(self.group, is_shown=False, in_fonts=word == "fonttbl"))
        elif word in WRITTEN:
            self._write(WRITTEN[word])
        elif word == "u":
            self._write(chr(value % 0x10000))
            self.to_skip = self.group.skips
        elif word == "uc":
            self._set(replace(self.group, skips=min(max(value, 0), MOST_SKIPPED)))
        else:
            self._of_characters(word, value)
        return 0

    def _of_characters(self, word: str, value: int) -> None:
        """Take what says by which table bytes are to be read."""
        if word == "ansicpg":
            self.page = f"cp{value}"
        elif word == "f" and self.group.in_fonts:
            self.defined = value
        elif word == "f":
            self._flush()
            self._set(replace(self.group, font=value))
        elif word == "fcharset" and self.group.in_fonts and len(self.fonts) < MOST // 1_000:
            self.fonts[self.defined] = value

    def _bytes(self, found: bytes) -> None:
        skipped = min(self.to_skip, len(found))
        self.to_skip -= skipped
        if self.group.is_shown:
            self.bytes += found[skipped:]

    def _write(self, text: str) -> None:
        self._flush()
        self.to_skip = 0
        if self.group.is_shown:
            self.written.append(text)

    def _flush(self) -> None:
        if self.bytes:
            page = CODE_PAGES.get(self.fonts.get(self.group.font, 0), self.page)
            self.written.append(charsets.decode(bytes(self.bytes), page))
            self.bytes.clear()
