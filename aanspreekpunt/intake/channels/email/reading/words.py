"""Encoded words in headers (RFC 2047), also where and as they may not stand."""

from __future__ import annotations

import binascii
from dataclasses import dataclass

from aanspreekpunt.intake.channels.email.reading import charsets, transfer
from aanspreekpunt.intake.channels.email.reading.cleaning import one_line

BEGIN = "=?"
END = "?="
LONGEST_NAME = 60


@dataclass(slots=True)
class _Piece:
    """A stretch of a header: the bytes, and the character set if they were an encoded word."""

    data: bytes
    charset: str
    encoding: str = ""


def text(value: bytes, hint: str = "") -> str:
    """Read a header as a person would: words decoded, raw bytes read as they most likely are."""
    return one_line(decoded(value.decode("ascii", "surrogateescape"), hint))


def decoded(value: str, hint: str = "") -> str:
    """Decode the encoded words in a text, whose other bytes stand in it as surrogates."""
    if BEGIN not in value:
        return _plain(value, hint)
    parts: list[str] = []
    waiting: _Piece | None = None
    for piece in _pieces(value):
        if waiting and piece.encoding and (piece.charset, piece.encoding) == (waiting.charset, waiting.encoding):
            waiting.data += piece.data  # a character may be cut in two between words
            continue
        if waiting:
            parts.append(_read(waiting, hint))
        waiting = piece
    if waiting:
        parts.append(_read(waiting, hint))
    return "".join(parts)


def _plain(value: str, hint: str) -> str:
    data = value.encode("ascii", "surrogateescape") if not _beyond(value) else value.encode("utf-8", "surrogateescape")
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii")
    try:
        return data.decode("utf-8") if b"\x1b" not in data else charsets.guess(data)
    except UnicodeDecodeError:
        return charsets.decode(data, hint)


def _beyond(value: str) -> bool:
    """Say whether there are characters in it that stand for no single byte."""
    return any(character > "\x7f" and not "\udc80" <= character <= "\udcff" for character in value)


def _read(piece: _Piece, hint: str) -> str:
    if not piece.encoding:
        return _plain(piece.data.decode("ascii", "surrogateescape"), hint)
    return charsets.decode(piece.data, piece.charset)


def _pieces(value: str) -> list[_Piece]:
    """Cut a header into encoded words and what stands between; white space between two words falls away."""
    pieces: list[_Piece] = []
    at = 0
    while at < len(value):
        begin = value.find(BEGIN, at)
        word = _word(value, begin) if begin >= 0 else None
        if begin >= 0 and word is None and value.find(END, begin + 2) >= 0:
            begin, word = _next_word(value, begin + 2)
        if word is None:
            pieces.append(_literal(value[at:]))
            break
        between = value[at:begin]
        if between and (between.strip() or not pieces):
            pieces.append(_literal(between))
        piece, at = word
        pieces.append(piece)
    return pieces


def _literal(value: str) -> _Piece:
    errors = "surrogateescape"
    return _Piece(value.encode("utf-8" if _beyond(value) else "ascii", errors), "")


def _next_word(value: str, at: int) -> tuple[int, tuple[_Piece, int] | None]:
    """Look further for a good encoded word after one that is not."""
    while (begin := value.find(BEGIN, at)) >= 0:
        word = _word(value, begin)
        if word:
            return begin, word
        at = begin + 2
    return -1, None


def _word(value: str, begin: int) -> tuple[_Piece, int] | None:
    """Read the encoded word that begins here: the piece and where it ends."""
    charset_end = value.find("?", begin + 2, begin + 2 + LONGEST_NAME)
    if charset_end < 0 or value[charset_end + 2 : charset_end + 3] != "?":
        return None
    encoding = value[charset_end + 1].upper()
    end = value.find(END, charset_end + 3)
    if end < 0 or encoding not in "BQ":
        return None
    if encoding == "Q":
        end = _end_of_q(value, end)
    charset = value[begin + 2 : charset_end].partition("*")[0]
    payload = value[charset_end + 3 : end].encode("utf-8", "surrogateescape")
    data = transfer.base64(payload) if encoding == "B" else _q(payload)
    return _Piece(data, charset.lower(), encoding), end + 2


def _end_of_q(value: str, end: int) -> int:
    """Skip a question mark that was left as it is before an encoded byte, as in `=?utf-8?Q?what?=3F?=`."""
    while value[end + 2 : end + 4].isalnum() and _is_hex(value[end + 2 : end + 4]):
        further = value.find(END, end + 2, end + 200)
        if further < 0 or BEGIN in value[end + 2 : further]:
            return end
        end = further
    return end


def _is_hex(pair: str) -> bool:
    return len(pair) == 2 and all(character in "0123456789ABCDEFabcdef" for character in pair)  # noqa: PLR2004 - a byte


def _q(payload: bytes) -> bytes:
    return binascii.a2b_qp(payload.replace(b"_", b" "), header=False)
