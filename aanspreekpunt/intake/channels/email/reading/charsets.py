"""From bytes to text when the name of the character set is missing, unknown or untrue."""

from __future__ import annotations

import codecs
import re

from aanspreekpunt.intake.channels.email.reading import guessing

NAMES = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,39}")
WESTERN = "cp1252"
# Browsers and mail programs read the left name as the right one, which knows more characters.
WIDER = {
    "ascii": WESTERN,
    "iso8859-1": WESTERN,
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-8": "cp1255",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
OTHERWISE = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8-e": "cp1255",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "unicode": "utf-16",
    "ansi": WESTERN,
    "ansi_x3.110-1983": WESTERN,
    "x-ansi": WESTERN,
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-windows-949": "cp949",
    "utf8mb4": "utf-8",
    "utf-8mb4": "utf-8",
    "iso-10646-ucs-2": "utf-16",
    "ucs-2": "utf-16",
    "iso-8859-1-windows-3.1-latin-1": WESTERN,
    "visual": "iso8859-8",
    "windows-874": "cp874",
    "koi8-ru": "koi8-u",
}
NOT_FOR_TEXT = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "charmap", "mbcs", "oem"}
)
SINGLE = frozenset({WESTERN, "cp1254"})
JAPANESE = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_3")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ESCAPES = (b"\x1b$", b"\x1b(")
IN_HTML = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


def known(name: str) -> str:
    """Give the codec for a character set as named in a mail, or "" when nobody knows it."""
    found = NAMES.search(name)
    if not found:
        return ""
    plain = found.group().lower().rstrip(".:+-_")
    try:
        codec = codecs.lookup(OTHERWISE.get(plain, plain))
    except (LookupError, ValueError):
        return ""
    if codec.name.replace("-", "_") in NOT_FOR_TEXT or not getattr(codec, "_is_text_encoding", True):
        return ""
    return WIDER.get(codec.name, codec.name)


def decode(data: bytes, name: str = "") -> str:
    """Read bytes as the named character set, as what they are when that name is untrue, and never fail."""
    for mark, codec in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    codec = known(name)
    if not codec or codec in SINGLE:
        return guess(data, codec)
    if codec == "utf-8":
        return _utf8(data)
    if codec.startswith(("utf-16", "utf-32")):
        return _wide(data, codec)
    if codec.startswith("iso2022_jp"):
        return _first_that_fits(data, JAPANESE)
    return _as_named(data, codec)


def guess(data: bytes, western: str = "") -> str:
    """Read bytes of which nothing certain is known: UTF-8 when they could be, else as western text."""
    if data.isascii():
        if any(escape in data for escape in ESCAPES):
            return _first_that_fits(data, JAPANESE)
        return _wide(data, "utf-16") if _looks_wide(data) else data.decode("ascii")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _looks_wide(data):
            return _wide(data, "utf-16")
        if _nearly_utf8(data):
            return _utf8(data)
        return _western(data, guessing.foreign(data) or western or WESTERN)


def _western(data: bytes, codec: str) -> str:
    """Read bytes in a character set that is no more than likely; those without meaning become marks of replacement."""
    return data.decode(codec, "replace")


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace") if _nearly_utf8(data) else _western(data, WESTERN)


def _nearly_utf8(data: bytes) -> bool:
    """Say whether most of what is not ASCII is good UTF-8, as when a text was cut in the middle of a character."""
    read = data.decode("utf-8", "replace")
    wrong = read.count("\ufffd")
    return sum(1 for character in read if character > "\x7f") - wrong > 2 * wrong


def _looks_wide(data: bytes) -> bool:
    """Say whether every other byte is nought, as in text of two bytes a character."""
    sample = data[:2000]
    nought = sample.count(0)
    half = len(sample) // 2
    return half > 1 and nought > half * 0.7 and max(sample[::2].count(0), sample[1::2].count(0)) > nought * 0.9


def _wide(data: bytes, codec: str) -> str:
    if codec == "utf-16":
        low_first = data[1:2000:2].count(0) > data[0:2000:2].count(0)
        if not _looks_wide(data) and b"\x00" not in data[:2000] and data.isascii():
            return data.decode("ascii")  # named so, but written plainly
        codec = "utf-16-le" if low_first else "utf-16-be"
    return data.decode(codec, "replace")


def _first_that_fits(data: bytes, codecs_to_try: tuple[str, ...]) -> str:
    for codec in codecs_to_try:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    if not data.isascii():
        return guess(data.replace(b"\x1b", b""))
    return data.decode(codecs_to_try[0], "replace")


def _as_named(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeError:
        pass
    except Exception:  # noqa: BLE001 - a codec of the language itself may fail in ways of its own on hostile bytes
        return guess(data)
    read = data.decode(codec, "replace")
    return guess(data) if read.count("\ufffd") * 10 > len(read) else read


def named_in_html(data: bytes) -> str:
    """Give the character set that HTML says of itself at its beginning, or ""."""
    found = IN_HTML.search(data[:2048])
    return found[1].decode("ascii") if found else ""
