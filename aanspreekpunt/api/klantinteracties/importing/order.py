"""In which order the lists of a register are read: what is referred to comes before what refers to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from aanspreekpunt.api.klantinteracties.importing import contact_kinds, party_kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.api.klantinteracties.importing.kinds import Kind


def _everything(_body: Any) -> bool:
    return True


def _stands_alone(body: Any) -> bool:
    return not (isinstance(body, dict) and body.get("subIdentificatorVan"))


def _stands_under_another(body: Any) -> bool:
    return not _stands_alone(body)


@dataclass(frozen=True)
class List:
    """A list to read: of which kind, which part of it the other register is asked for, and which of it we want now."""

    kind: Kind
    filters: dict[str, str] = field(default_factory=dict)
    wants: Callable[[Any], bool] = _everything
    part: str = ""

    @property
    def name(self) -> str:
        """Its name in the report."""
        return f"{self.kind.path} ({self.part})" if self.part else self.kind.path


_NUMBERS: Final = party_kinds.PartijIdentificatoren()
_TASKS: Final = contact_kinds.Internetaken()

LISTS: Final[tuple[List, ...]] = (
    List(contact_kinds.Actoren()),
    List(party_kinds.Partijen()),
    List(_NUMBERS, wants=_stands_alone),
    List(_NUMBERS, wants=_stands_under_another, part="sub"),
    List(party_kinds.Rekeningnummers()),
    List(party_kinds.Categorieen()),
    List(party_kinds.CategorieRelaties()),
    List(party_kinds.Vertegenwoordigingen()),
    List(party_kinds.Personen()),
    List(party_kinds.Organisaties()),
    List(contact_kinds.Klantcontacten()),
    List(contact_kinds.Actorklantcontacten()),
    List(contact_kinds.Betrokkenen()),
    List(party_kinds.DigitaleAdressen()),
    List(contact_kinds.Onderwerpobjecten()),
    List(contact_kinds.Bijlagen()),
    List(_TASKS, {"status": "te_verwerken"}, part="te_verwerken"),
    List(_TASKS, {"status": "verwerkt"}, part="verwerkt"),
)
"""What is to be done comes before what is done, so that a contact with both becomes a question that is open at once."""

KINDS: Final[dict[str, Kind]] = {each.kind.path: each.kind for each in LISTS}
