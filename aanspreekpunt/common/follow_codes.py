"""Follow codes: the secret with which a resident follows a question; we keep only a keyed hash of it.

Twelve characters of Crockford's base 32 alphabet, which leaves out I, L, O and U: 60 bits, easy to copy from paper.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from aanspreekpunt.common.refusals import NotAFollowCode

__all__ = [
    "NotAFollowCode",
    "follow_code_matches",
    "format_follow_code",
    "hash_follow_code",
    "make_follow_code",
    "normalise_follow_code",
]

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212]+")
_LOOKALIKES = str.maketrans("ILO", "110")
_CODE = re.compile(f"[{_ALPHABET}]{{{_LENGTH}}}")


def make_follow_code() -> str:
    """Make a new code from the operating system's source of randomness."""
    # 256 is a multiple of the 32 characters, so that each is as likely as the others.
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in secrets.token_bytes(_LENGTH))


def format_follow_code(code: str) -> str:
    """Group a code in fours, as it is shown: ABCD-EFGH-JKMN."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normalise_follow_code(text: str) -> str:
    """Read a code as a person typed it; raises `NotAFollowCode` when it cannot be one.

    Small letters, spaces and dashes are fine, and an I or L is taken for a one, an O for a zero.
    """
    code = _SEPARATORS.sub("", text).upper().translate(_LOOKALIKES)
    if not _CODE.fullmatch(code):
        raise NotAFollowCode
    return code


def hash_follow_code(code: str, *, key: bytes) -> str:
    """Return the HMAC-SHA256 of a normalised code as 64 hexadecimal digits, the only form in which it is kept."""
    if not key:
        raise ValueError("a follow code needs a secret key to be hashed with")
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()


def follow_code_matches(text: str, *, stored_hash: str, key: bytes) -> bool:
    """Tell whether what a person typed is the code behind `stored_hash`.

    The comparison takes as long for a wrong code as for the right one, also when the text is no code at all.
    """
    try:
        code, is_code = normalise_follow_code(text), True
    except NotAFollowCode:
        code, is_code = "", False
    is_same = hmac.compare_digest(hash_follow_code(code, key=key), stored_hash)
    return is_same and is_code
