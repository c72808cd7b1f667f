"""The two spellings of names: as the standard writes them, and as its errors name them."""

from __future__ import annotations

import re

_CAPITAL = re.compile(r"[a-z0-9]?[A-Z]+")
_AFTER_UNDERSCORE = re.compile(r"[a-z0-9]?_[a-z0-9]")


def camel(key: str) -> str:
    """Return a key the way the standard writes it: `object_id` is accepted for `objectId`."""
    return _AFTER_UNDERSCORE.sub(
        lambda found: (
            found[0].replace("_", "").capitalize() if found[0].startswith("_") else found[0][0] + found[0][2].upper()
        ),
        key,
    )


def underscored(key: str) -> str:
    """Return a key the way its errors name it: `Betreft` is `_betreft`."""
    return _CAPITAL.sub(
        lambda found: (
            (found[0][0] + "_" + found[0][1:].lower())
            if found[0][0].islower() or found[0][0].isdigit()
            else "_" + found[0].lower()
        ),
        key,
    )
