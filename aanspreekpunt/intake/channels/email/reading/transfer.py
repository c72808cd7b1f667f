"""Undoing what was done to bytes to get them through the mail: base64, quoted-printable, uuencode."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NOT_BASE64 = bytes(set(range(256)) - set(ALPHABET))
WHITE = b" \t\r\n"
CHUNK = 1024 * 1024
LONGEST_MODE = 4
KINDS = {
    "base64": "base64",
    "quoted-printable": "quoted-printable",
    "quotedprintable": "quoted-printable",
    "quoted_printable": "quoted-printable",
    "qp": "quoted-printable",
    "x-uuencode": "uuencode",
    "uuencode": "uuencode",
    "x-uue": "uuencode",
    "uue": "uuencode",
}


def kind(named: str) -> str:
    """Give the encoding as named in a header, however it is written, or "" when nothing was done."""
    plain = named.strip().strip("\"'").lower()
    for end in (";", "(", ",", " ", "\t", '"'):
        plain = plain.partition(end)[0]
    return KINDS.get(plain.strip(), "")


def undo(data: bytes, encoding: str) -> bytes:
    """Give the bytes as they were before they were encoded; what is broken stays as it is."""
    if encoding == "base64":
        return base64(data)
    if encoding == "quoted-printable":
        return quoted_printable(data)
    return uuencoded(data)[1] if encoding == "uuencode" else data


def looks_like_base64(data: bytes) -> bool:
    """Say whether this can be base64 at all: hardly anything else in its first lines."""
    sample = data[:2000].translate(None, WHITE)
    others = len(sample.translate(None, ALPHABET + b"=-_"))
    spaces = data[:2000].strip().count(b" ")
    return (others * 20 <= len(sample) and spaces * 20 <= len(sample)) or not sample


def base64(data: bytes) -> bytes:
    """Decode base64 with anything in between, cut off anywhere, in one piece or several under each other."""
    pad = data.find(b"=")
    if pad < 0:
        return _one_piece(data.translate(None, NOT_BASE64))
    behind = data[pad:].lstrip(b"=")
    if not behind[:1].isspace() or behind[:1] in b" \t":
        behind = b""  # what stands behind the end on the same line is not part of it
    elif behind.translate(None, ALPHABET + b"=" + WHITE):
        behind = b""  # a note of a mailing list, for example
    pieces = [data[:pad], *behind.split(b"=")]
    return b"".join(_one_piece(piece.translate(None, NOT_BASE64)) for piece in pieces)


def _one_piece(plain: bytes) -> bytes:
    rest = len(plain) % 4
    if rest == 1:
        plain = plain[:-1]
    return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))


def quoted_printable(data: bytes) -> bytes:
    """Decode quoted-printable, also with spaces behind the sign that a line goes on."""
    if any(end in data for end in (b" \n", b"\t\n", b" \r\n", b"\t\r\n")) or data.endswith((b"= ", b"=\t")):
        data = b"".join(_without_spaces_at_ends(data))
    if data.endswith(b"="):
        data = data[:-1]
    if b"==" in data:
        data = data.replace(b"==", b"=3D=")  # the first was left as it is, which the decoder below would swallow
    return binascii.a2b_qp(data)


def _without_spaces_at_ends(data: bytes) -> Iterator[bytes]:
    """Take white space off the ends of lines, some at a time so that it takes little memory."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at + CHUNK)
        end = len(data) if end < 0 else end + 1
        some = data[at:end].split(b"\n")
        yield b"\n".join(_trimmed(line) for line in some)
        at = end


def _trimmed(line: bytes) -> bytes:
    if line.endswith(b"\r"):
        return line[:-1].rstrip(b" \t") + b"\r"
    return line.rstrip(b" \t")


def uuencoded(data: bytes) -> tuple[str, bytes]:
    """Decode uuencode: the name it carries and the bytes; without a beginning it stays as it is."""
    begin = find_uuencoded(data)
    if begin < 0:
        return "", data
    end_of_line = data.find(b"\n", begin)
    if end_of_line < 0:
        return "", data
    name = data[begin:end_of_line].split(b" ", 2)[2].strip().decode("latin-1")
    content = bytearray()
    at = end_of_line + 1
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        line = data[at:end].rstrip(b"\r")
        if line == b"end":
            break
        content += _line_of_uu(line)
        at = end + 1
    return name, bytes(content)


def find_uuencoded(data: bytes, at: int = 0) -> int:
    """Give where uuencoded bytes begin at the start of a line, or -1."""
    while True:
        begin = 0 if at == 0 and data.startswith(b"begin ") else data.find(b"\nbegin ", at)
        if begin < 0:
            return -1
        start = begin if data.startswith(b"begin ", begin) else begin + 1
        mode = data[start + 6 : start + 12].partition(b" ")[0]
        if mode.isdigit() and LONGEST_MODE - 1 <= len(mode) <= LONGEST_MODE:
            return start
        at = start + 6


def _line_of_uu(line: bytes) -> bytes:
    if not line:
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        pass
    try:  # some programs leave the wrong number of characters at the end
        return binascii.a2b_uu(line[: 1 + ((((line[0] - 32) & 63) * 4 + 5) // 3)])
    except binascii.Error:
        return b""
