"""By what addresses are found, wherever they are looked for."""

from __future__ import annotations

import re
from typing import Any, Final

from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Kind, Where
from aanspreekpunt.parties.rules import normal_addresses

_SHORTEST: Final = 3
"""A shorter part is in too many addresses for an index to help."""
_ESCAPED: Final = re.compile(r"\\(.)")


def alike(value: str) -> Where:
    """Find an address also when it was given in another form: 06 12345678 is +31612345678."""
    return Where("t.address = ANY(%s) AND (t.as_given = %s OR t.kind <> 'other')", (normal_addresses(value), value))


def exactly(value: str, *, table: str) -> Where:
    """Find an address by every letter of it; what it is found by in any form leads there."""
    return Where(f"{table}.address = ANY(%s) AND {table}.as_given = %s", (normal_addresses(value), value))


def having_address_part(around: str = "{}", *, table: str, about: str) -> Filter:
    """Return the filter on a part of an address in `table`, whatever its case; `around` goes around its condition."""

    def where(pattern: Any) -> Where:
        part = _ESCAPED.sub(r"\1", pattern[1:-1])
        likes, given = f"lower({table}.as_given) LIKE %s", f"lower({table}.as_given)"
        if len(part) < _SHORTEST:
            return Where(around.format(likes), (pattern,))
        having = f"word_grams({given}) @> word_grams(%s) AND {likes}"
        return Where(around.format(having), (part, pattern), is_search=True)

    return Filter(kind=Kind.PART, where=where, about=about)
