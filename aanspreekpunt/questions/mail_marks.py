"""The mark in the subject of our mails, by which a reply finds its question: its reference and a check of ours.

The reference alone is read aloud and written on paper; whoever knows it must not be able to write into a question by
mail. Six characters of Crockford's alphabet: a guess hits one time in a thousand million.
"""

from __future__ import annotations

import hmac
import re
from typing import Final

from aanspreekpunt.common.references import NotAReference, format_reference, is_reference, parse_reference
from aanspreekpunt.common.sealing import keyed_hash

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 6
_MARK = re.compile(r"(?<!\d)(\d{3}[ ._-]?\d{4}[ ._-]?\d{4})-([0-9A-Za-z]{6})(?![0-9A-Za-z])")
_REFERENCE = re.compile(r"(?<!\d)\d{3}[ ._-]?\d{4}[ ._-]?\d{4}(?!\d)")


def mail_mark(reference: str) -> str:
    """Return the reference with its check, as it stands in a subject: 260 0001 2345-7KQ2MX."""
    return f"{format_reference(reference)}-{_check(reference)}"


def marked_reference(subject: str) -> str:
    """Return the reference whose genuine mark stands in this subject; empty when there is none."""
    for digits, check in _MARK.findall(subject):
        try:
            reference = parse_reference(digits)
        except NotAReference:
            continue
        if hmac.compare_digest(check.upper().encode(), _check(reference).encode()):
            return reference
    return ""


def references_in(text: str) -> list[str]:
    """Return the references that stand in a text, which prove nothing but tell what somebody may be writing about."""
    return [parse_reference(digits) for digits in _REFERENCE.findall(text) if is_reference(digits)]


def _check(reference: str) -> str:
    digest = keyed_hash(reference, purpose="mail-mark")
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:_LENGTH])
