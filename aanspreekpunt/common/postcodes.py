"""Dutch postcodes: kept as "1234AB", shown as "1234 AB"."""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.nl import postcode

from aanspreekpunt.common.refusals import NotAPostcode

__all__ = ["NotAPostcode", "format_postcode", "is_postcode", "normalise_postcode"]


def normalise_postcode(text: str) -> str:
    """Return the postcode as we keep it, without a space and in capitals; raises `NotAPostcode`."""
    try:
        return postcode.validate("".join(text.split())).replace(" ", "")
    except ValidationError:
        raise NotAPostcode from None


def is_postcode(text: str) -> bool:
    """Tell whether `normalise_postcode` would accept this text."""
    try:
        normalise_postcode(text)
    except NotAPostcode:
        return False
    return True


def format_postcode(kept: str) -> str:
    """Return a kept postcode as people write it."""
    return f"{kept[:4]} {kept[4:]}"
