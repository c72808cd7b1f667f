"""What follows the first word of Content-Type and Content-Disposition, as the standards have it and as it is sent."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from aanspreekpunt.intake.channels.email.reading import charsets, words
from aanspreekpunt.intake.channels.email.reading.cleaning import one_line

SPACE = " \t\r\n"
FIRST_WORD = re.compile(r"[^\s;,\"=]+")
MOST = 100
# name*0*="…": a name, perhaps the number of a piece, perhaps a star for "this piece is encoded"
PIECE = re.compile(r"([^*]+)\*(\d{1,3})(\*?)$")


def parse(value: str, hint: str = "") -> tuple[str, dict[str, str]]:
    """Read a header with parameters: its first word in small letters, and the parameters by name."""
    first = FIRST_WORD.match(value.lstrip(SPACE))
    main, at = "", 0
    if first and not value.lstrip(SPACE)[first.end() :].lstrip(SPACE).startswith("="):
        main = first.group().lower()
        at = len(value) - len(value.lstrip(SPACE)) + first.end()
    return main, _joined(_pairs(value, at), hint)


def _pairs(value: str, at: int) -> list[tuple[str, str]]:
    """Give names and values as written, in their order."""
    pairs: list[tuple[str, str]] = []
    while at < len(value) and len(pairs) < MOST:
        while at < len(value) and value[at] in "; \t\r\n,":
            at += 1
        equals = value.find("=", at)
        if equals < 0:
            break
        name = value[at:equals].strip(SPACE).rpartition(";")[2].strip().lower()
        at, written = _value(value, equals + 1)
        if name:
            pairs.append((name.split()[-1], written))
    return pairs


def _value(value: str, at: int) -> tuple[int, str]:
    """Read the value that begins here and say where it ends."""
    while at < len(value) and value[at] in SPACE:
        at += 1
    if at < len(value) and value[at] == '"':
        return _quoted(value, at + 1)
    end = value.find(";", at)
    end = len(value) if end < 0 else end
    return end, value[at:end].strip(SPACE)


def _quoted(value: str, at: int) -> tuple[int, str]:
    """Read up to the closing quote; a backslash counts before a quote or a backslash only, as names hold paths."""
    read: list[str] = []
    while at < len(value):
        next_quote = value.find('"', at)
        if next_quote < 0:
            read.append(value[at:])
            return len(value), "".join(read)
        slashes = len(value[at:next_quote]) - len(value[at:next_quote].rstrip("\\"))
        read.append(value[at : next_quote - slashes].replace("\\\\", "\\") + "\\" * (slashes // 2))
        at = next_quote + 1
        if slashes % 2 == 0:
            return at, "".join(read)
        read.append('"')
    return at, "".join(read)


def _joined(pairs: list[tuple[str, str]], hint: str) -> dict[str, str]:
    """Put pieces together and decode them; of two alike the first counts, and an encoded one above a plain one."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, value in pairs:
        piece = PIECE.match(name)
        if piece:
            pieces.setdefault(piece[1], {}).setdefault(int(piece[2]), (value, bool(piece[3])))
        elif name.endswith("*"):
            pieces.setdefault(name[:-1], {})[-1] = (value, True)
        else:
            plain.setdefault(name, one_line(words.decoded(value, hint)))
    for name, found in pieces.items():
        plain[name] = one_line(_from_pieces(found, hint))
    return plain


def _from_pieces(found: dict[int, tuple[str, bool]], hint: str) -> str:
    """Decode what RFC 2231 cut in pieces: the first says the character set."""
    whole = [found[-1]] if -1 in found else [found[number] for number in sorted(found)]
    charset, data = "", b""
    for number, (value, is_encoded) in enumerate(whole):
        text = value
        if is_encoded and number == 0 and text.count("'") >= 2:  # noqa: PLR2004 - charset'language'text
            charset, _, text = text.split("'", 2)
        raw = text.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(raw) if is_encoded else raw
    if not any(is_encoded for _, is_encoded in whole):
        return words.decoded("".join(value for value, _ in whole), hint)
    return charsets.decode(data, charset or "utf-8")
