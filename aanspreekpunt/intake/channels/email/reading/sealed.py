"""Mails that are sealed: signed in a wrapping of its own, which can be read, or encrypted, which cannot.

Signatures are not checked: who may sign for whom is not known here. RFC 8551, RFC 5652, RFC 3156.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.intake.channels.email.reading.mail import File

TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
SIGNED, ENVELOPED, AUTHENTICATED = (
    bytes.fromhex(number)
    for number in ("2a864886f70d010702", "2a864886f70d010703", "2a864886f70d0109100117")  # as object identifiers
)
SEQUENCE, IDENTIFIER, OCTETS, FIRST = 0x30, 0x06, 0x04, 0xA0
CONSTRUCTED = 0x20
UNTIL_END = -1
END = b"\x00\x00"
DEEPEST = 12
MOST = 200_000
LONGEST_LENGTH = 8
ARMOUR = "-----BEGIN PGP MESSAGE-----"


def is_encrypted(content_type: str, text: str, files: list[File]) -> bool:
    """Say whether what matters in a mail is encrypted."""
    if content_type == "multipart/encrypted" or text.lstrip().startswith(ARMOUR):
        return True
    return not text.strip() and any(_kind(file) in {ENVELOPED, AUTHENTICATED} for file in files)


def signed_in(file: File) -> bytes:
    """Give the mail within a signature, b"" when there is none."""
    try:
        return _signed(file.content) if file.content_type in TYPES else b""
    except ValueError:
        return b""


def _kind(file: File) -> bytes:
    try:
        return _first_of(file.content)[0] if file.content_type in TYPES else b""
    except ValueError:
        return b""


def _first_of(data: bytes) -> tuple[bytes, int, int]:
    """Give the identifier with which the content begins, and where what it names begins and ends."""
    [(tag, start, end)] = _within(data, 0, len(data), most=1)
    if tag != SEQUENCE:
        raise ValueError(tag)
    parts = list(_within(data, start, end, most=2))
    tags = [each[0] for each in parts]
    if tags != [IDENTIFIER, FIRST]:
        raise ValueError(tags)
    return data[parts[0][1] : parts[0][2]], parts[1][1], parts[1][2]


def _signed(data: bytes) -> bytes:
    kind, start, end = _first_of(data)
    if kind != SIGNED:
        return b""
    [(_, start, end)] = _within(data, start, end, most=1)
    content = [each for each in _within(data, start, end, most=3) if each[0] == SEQUENCE]
    if not content:
        return b""
    wrapped = [each for each in _within(data, content[0][1], content[0][2], most=2) if each[0] == FIRST]
    return b"".join(_octets(data, each, DEEPEST) for each in wrapped)


def _octets(data: bytes, element: tuple[int, int, int], depth: int) -> bytes:
    """Give the bytes of an element, which may be cut in pieces within each other."""
    tag, start, end = element
    if not tag & CONSTRUCTED:
        return data[start:end] if tag == OCTETS else b""
    return b"".join(_octets(data, each, depth - 1) for each in _within(data, start, end)) if depth else b""


def _within(data: bytes, start: int, end: int, most: int = MOST) -> Iterator[tuple[int, int, int]]:
    """Give each element in a stretch: its tag, and where its content begins and ends."""
    at = start
    for _ in range(most):
        if at >= end or data[at : at + 2] == END:
            return
        tag, begin, length = _head(data, at)
        stop = _end_of(data, begin, end, DEEPEST) if length == UNTIL_END else begin + length
        if stop > end:
            raise ValueError(at)
        yield tag, begin, stop
        at = stop + (len(END) if length == UNTIL_END else 0)


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Read the tag and the length of an element, and say where its content begins."""
    if at + 2 > len(data):
        raise ValueError(at)
    tag, length = data[at], data[at + 1]
    if length < 0x80:  # noqa: PLR2004 - a length in one byte
        return tag, at + 2, length
    count = length & 0x7F
    if count == 0:
        return tag, at + 2, UNTIL_END
    if count > LONGEST_LENGTH:
        raise ValueError(at)
    return tag, at + 2 + count, int.from_bytes(data[at + 2 : at + 2 + count], "big")


def _end_of(data: bytes, at: int, end: int, depth: int) -> int:
    """Find where an element ends that does not say how long it is."""
    for _ in range(MOST):
        if data[at : at + 2] == END:
            return at
        _, begin, length = _head(data, at)
        if depth == 0 or begin > end:
            break
        at = _end_of(data, begin, end, depth - 1) + len(END) if length == UNTIL_END else begin + length
    raise ValueError(at)
