"""One module for each kind of thing of the standard: its fields, its filters, and where it stands in our register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.api.klantinteracties.contract.absent import know
from aanspreekpunt.api.klantinteracties.resources.abonnementen import Abonnement
from aanspreekpunt.api.klantinteracties.resources.actoren import Actoren
from aanspreekpunt.api.klantinteracties.resources.actorklantcontacten import Actorklantcontacten
from aanspreekpunt.api.klantinteracties.resources.betrokkenen import Betrokkenen
from aanspreekpunt.api.klantinteracties.resources.bijlagen import Bijlagen
from aanspreekpunt.api.klantinteracties.resources.categorie_relaties import CategorieRelaties
from aanspreekpunt.api.klantinteracties.resources.categorieen import Categorieen
from aanspreekpunt.api.klantinteracties.resources.contactgegevens import Organisaties, Personen
from aanspreekpunt.api.klantinteracties.resources.digitaleadressen import DigitaleAdressen
from aanspreekpunt.api.klantinteracties.resources.internetaken import Internetaken
from aanspreekpunt.api.klantinteracties.resources.kanalen import Kanaal
from aanspreekpunt.api.klantinteracties.resources.klantcontacten import Klantcontacten
from aanspreekpunt.api.klantinteracties.resources.maak_klantcontact import MaakKlantcontact
from aanspreekpunt.api.klantinteracties.resources.onderwerpobjecten import Onderwerpobjecten
from aanspreekpunt.api.klantinteracties.resources.partij_identificatoren import PartijIdentificatoren
from aanspreekpunt.api.klantinteracties.resources.partijen import Partijen
from aanspreekpunt.api.klantinteracties.resources.rekeningnummers import Rekeningnummers
from aanspreekpunt.api.klantinteracties.resources.vertegenwoordigingen import Vertegenwoordigingen

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

RESOURCES: tuple[type[Resource], ...] = (
    Actoren,
    Actorklantcontacten,
    Betrokkenen,
    Bijlagen,
    CategorieRelaties,
    Categorieen,
    DigitaleAdressen,
    Internetaken,
    Klantcontacten,
    Onderwerpobjecten,
    PartijIdentificatoren,
    Partijen,
    Rekeningnummers,
    Vertegenwoordigingen,
    Organisaties,
    Personen,
    Abonnement,
    Kanaal,
)
"""Every kind of thing, in the order of the document."""

CREATE_ONLY: tuple[type[Resource], ...] = (MaakKlantcontact,)
"""What can only be made."""


know(RESOURCES)


def kind_at(path: str) -> type[Resource]:
    """Return the kind of thing found under `path`; kinds that refer to each other find each other here."""
    return next(kind for kind in RESOURCES if kind.path == path)
