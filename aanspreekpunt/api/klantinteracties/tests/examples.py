"""One of each kind of thing, hanging together, for tests of what holds for every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aanspreekpunt.api.klantinteracties.resources import RESOURCES
from aanspreekpunt.api.klantinteracties.tests.calls import contact, ref
from aanspreekpunt.api.klantinteracties.tests.parties import (
    AN_ADDRESS,
    KAREL,
    KISS,
    number,
    organisation,
    person,
    phone,
)

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

NOWHERE: Final = "095be615-a8ad-4c33-8e9c-c7612fbf6c9f"
KINDS: Final[dict[str, type[Resource]]] = {
    kind.path: kind for kind in RESOURCES if kind.path not in {"abonnement", "kanaal"}
}
"""Every kind of thing of the register itself, by its path."""
POINTER: Final = {"objectId": "1", "codeObjecttype": "zaak", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid"}


def path_of(kind: type[Resource]) -> str:
    """Return where the list of a kind is found."""
    return f"{kind.root}{kind.path}"


def one_of_each() -> dict[str, dict[str, Any]]:
    """Make one of each kind, the newest of its kind where there are more, and return them by path."""
    found: dict[str, dict[str, Any]] = {}

    def make(path: str, **body: Any) -> dict[str, Any]:
        found[path] = KISS.post(path_of(KINDS[path]), body)
        return found[path]

    other = make("partijen", **organisation())
    party = make("partijen", **person(nummer="77", bezoekadres=AN_ADDRESS))
    talk = make("klantcontacten", **contact(plaatsgevondenOp="2026-11-01T10:00:00Z"))
    role = {"rol": "klant", "initiator": True, "contactnaam": KAREL, "bezoekadres": AN_ADDRESS}
    make("betrokkenen", wasPartij=ref(party), hadKlantcontact=ref(talk), **role)
    make("digitaleadressen", **phone(verstrektDoorPartij=ref(party), referentie="portaal", isStandaardAdres=True))
    make("rekeningnummers", partij=ref(party), iban="NL18BANK23481326", bic="BANKNL2A")
    make("partij-identificatoren", **number(identificeerdePartij=ref(party), anderePartijIdentificator="klant 7"))
    make("categorie-relaties", partij=ref(party), categorie=ref(make("categorieen", naam="Ouders")))
    make("vertegenwoordigingen", vertegenwoordigendePartij=ref(party), vertegenwoordigdePartij=ref(other))
    work = {"functie": "Behandelaar", "emailadres": "els@example.org", "telefoonnummer": "0612345678"}
    actor = make("actoren", naam="Els", soortActor="medewerker", actoridentificator=POINTER, actorIdentificatie=work)
    make("actorklantcontacten", actor=ref(actor), klantcontact=ref(talk))
    make("onderwerpobjecten", klantcontact=ref(talk), onderwerpobjectidentificator=POINTER)
    make("bijlagen", wasBijlageVanKlantcontact=ref(talk), bijlageidentificator=POINTER)
    task = {"gevraagdeHandeling": "Terugbellen", "status": "te_verwerken", "toelichting": "Na tienen"}
    make("internetaken", aanleidinggevendKlantcontact=ref(talk), toegewezenAanActoren=[ref(actor)], **task)
    make("persoon", geboortedatum="1972-05-05", geslachtsnaam="Deurne", geslacht="m", adres=AN_ADDRESS)
    make("organisatie", handelsnaam="Bloem", oprichtingsdatum="2001-01-01", adres=AN_ADDRESS)
    return {path: KISS.get(f"{path_of(KINDS[path])}/{made['uuid']}") for path, made in found.items()}
