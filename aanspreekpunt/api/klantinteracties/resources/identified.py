"""Finding contacts and participants by a number that another register knows their party by."""

from __future__ import annotations

from typing import Final

from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where
from aanspreekpunt.common.sealing import keyed_hash

_KNOWN: Final = {
    "bsn": ("natuurlijk_persoon", "brp"),
    "kvk_nummer": ("niet_natuurlijk_persoon", "hr"),
    "rsin": ("niet_natuurlijk_persoon", "hr"),
    "vestigingsnummer": ("vestiging", "hr"),
}
"""Each number we know: the kind of thing it is about, and the register it stands in."""


def _of_type(value: str) -> Where:
    return Where("i.kind = ANY(%s)", ([kind for kind, (type_, _) in _KNOWN.items() if type_ == value],))


def _of_register(value: str) -> Where:
    return Where("i.kind = ANY(%s)", ([kind for kind, (_, register) in _KNOWN.items() if register == value],))


def _of_number(value: str) -> Where:
    return Where("i.fingerprint = ANY(%s)", ([keyed_hash(value, purpose=kind) for kind in _KNOWN],))


def identifier_filters(prefix: str, within: str) -> dict[str, Filter]:
    """Return the filters on a number of the party; `within` holds their conditions on one row `i` of the numbers."""
    return {
        f"{prefix}__codeObjecttype": Filter(where=_of_type, within=within, about="Soort partij."),
        f"{prefix}__codeRegister": Filter(where=_of_register, within=within, about="Register."),
        f"{prefix}__codeSoortObjectId": Filter(sql="i.kind = %s", within=within, about="Soort nummer."),
        f"{prefix}__objectId": Filter(where=_of_number, within=within, about="Het nummer."),
    }
