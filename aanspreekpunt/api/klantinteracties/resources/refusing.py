"""What the register of parties refuses, in the words of the standard: which field, and which code."""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Fault, Invalid
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.parties import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WHOLE = "__all__"
FAULTS: Final[dict[type[Refusal], tuple[str, str]]] = {
    refusals.NumberInUse: ("nummer", "unique"),
    refusals.AddressNotLinked: ("voorkeursDigitaalAdres", "invalid"),
    refusals.AccountNotLinked: ("voorkeursRekeningnummer", "invalid"),
    refusals.NotAnOrganisation: ("partijIdentificatie.werkteVoorPartij.uuid", "invalid"),
    refusals.PreferredByNobody: ("isStandaardAdres", "invalid"),
    refusals.ReferenceInUse: (NON_FIELD, "unique"),
    refusals.NotAnIdentifier: ("partijIdentificatorObjectId", "invalid"),
    refusals.IdentifierInUse: (_WHOLE, "invalid"),
    refusals.KindInUse: (_WHOLE, "invalid"),
    refusals.ParentNeeded: ("subIdentificatorVan", "invalid"),
    refusals.PartOfItself: ("subIdentificatorVan", "invalid"),
    refusals.IdentifierHasParts: (NON_FIELD, "invalid"),
    refusals.RepresentsItself: ("vertegenwoordigdePartij", "invalid"),
    refusals.RepresentedAlready: (NON_FIELD, "unique"),
}
"""Of each refusal, the field and the code by which clients of the standard know it."""


@contextmanager
def refusing(here: Mapping[type[Refusal], tuple[str, str]] = MappingProxyType({})) -> Iterator[None]:
    """Do this, and let what is refused be refused as the standard does; `here` is what is called otherwise here."""
    faults = {**FAULTS, **here}
    try:
        yield
    except refusals.SeveralRefusals as several:
        raise Invalid(_fault(each, faults) for each in several.reasons) from several
    except Refusal as refusal:
        raise Invalid([_fault(refusal, faults)]) from refusal


def _fault(refusal: Refusal, faults: Mapping[type[Refusal], tuple[str, str]]) -> Fault:
    name, code = faults[type(refusal)]
    return Fault(name, code, str(refusal))
