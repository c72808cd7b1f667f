"""Names of products in the national list (UPL) and the addresses that stand for them in exchanged objects."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

TERMS = "http://standaarden.overheid.nl/owms/terms/"
"""Under which the government names its terms; an identifier, never fetched."""
_OURS = "urn:aanspreekpunt:article:"


class UplNames:
    """Knows the address of each product name, and the name for each address."""

    def __init__(self, address_by_name: Mapping[str, str] | None = None) -> None:
        self._address_by_name = dict(address_by_name or {})
        self._name_by_address = {address: name for name, address in self._address_by_name.items()}

    def address_of(self, name: str) -> str:
        """Return the address of a name; for a name that is not in the list, one that holds the name itself."""
        return self._address_by_name.get(name) or TERMS + quote(name, safe="")

    def name_of(self, address: str) -> str:
        """Return the name for an address; for one that is not in the list, its last part."""
        return self._name_by_address.get(address) or unquote(address.rstrip("/").rpartition("/")[2])


def own_address(key: str) -> str:
    """Return the identifier of one of our answers, as a URI."""
    return _OURS + key


def key_in(address: object) -> str:
    """Return the key in one of our own identifiers, or nothing."""
    return address.removeprefix(_OURS) if isinstance(address, str) and address.startswith(_OURS) else ""
