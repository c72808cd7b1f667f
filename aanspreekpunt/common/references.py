"""Reference numbers: eleven digits that can be read aloud, the last of which catches a slip of the tongue or the pen.

Two digits for the year, eight for the sequence within it, and a check digit by ISO 7064 Mod 11,10.
"""

from __future__ import annotations

import re

from stdnum.iso7064 import mod_11_10

from aanspreekpunt.common.refusals import NotAReference

__all__ = ["HIGHEST_SEQUENCE", "NotAReference", "format_reference", "is_reference", "make_reference", "parse_reference"]

HIGHEST_SEQUENCE = 99_999_999

# White space, full stops and every kind of dash that a word processor makes of a hyphen.
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212]+")
_ELEVEN_DIGITS = re.compile(r"[0-9]{11}")


def make_reference(*, year: int, sequence: int) -> str:
    """Make the eleven digits for the `sequence`-th question of `year` (four digits; only the last two are kept)."""
    if not 0 <= sequence <= HIGHEST_SEQUENCE:
        raise ValueError(f"a year has room for references 0 to {HIGHEST_SEQUENCE}, not {sequence}")
    digits = f"{year % 100:02d}{sequence:08d}"
    return digits + mod_11_10.calc_check_digit(digits)


def format_reference(reference: str) -> str:
    """Group a reference in three, four and four digits, as it is shown and read aloud."""
    return f"{reference[:3]} {reference[3:7]} {reference[7:]}"


def parse_reference(text: str) -> str:
    """Read a reference as a person typed it, with any spaces and dashes; raises `NotAReference`."""
    digits = _SEPARATORS.sub("", text)
    if not _ELEVEN_DIGITS.fullmatch(digits) or not mod_11_10.is_valid(digits):
        raise NotAReference
    return digits


def is_reference(text: str) -> bool:
    """Tell whether `parse_reference` would accept this text."""
    try:
        parse_reference(text)
    except NotAReference:
        return False
    return True
