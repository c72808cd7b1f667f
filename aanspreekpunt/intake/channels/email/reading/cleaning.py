"""What no database, screen or header can bear is taken out of every text that was read."""

from __future__ import annotations

import re

from aanspreekpunt.intake.channels.email.reading import limits

NOT_ON_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
LONGEST_ENDING = 20
TURNING = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def sound(text: str) -> str:
    """Replace halves of characters, which no file or table can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """Make of a header what can stand on one line: without controls, without spaces around."""
    return sound(NOT_ON_A_LINE.sub(" ", text)).strip()


def lines(text: str) -> str:
    """Make of a body what can be stored and shown: ends of line alike, without other controls."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\x85", "\n")
        .replace("\x0c", "\n")
    )
    return sound(NOT_IN_TEXT.sub("", text))


def file_name(name: str) -> str:
    """Keep of a file name what follows the last folder, without characters that turn the direction of writing."""
    plain = TURNING.sub("", one_line(name))
    last = plain.replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    return "" if last in {".", ".."} else last


def short_file_name(name: str) -> str:
    """Give the same, no longer than a file system bears, with its ending."""
    name = file_name(name)
    if len(name) <= limits.NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    fits = dot and len(ending) < LONGEST_ENDING
    return f"{stem[: limits.NAME - len(ending) - 1]}.{ending}" if fits else name[: limits.NAME]
