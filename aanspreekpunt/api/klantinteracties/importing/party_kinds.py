"""Taking over parties and what belongs to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db.models import QuerySet

from aanspreekpunt.api.klantinteracties.contract.errors import Invalid
from aanspreekpunt.api.klantinteracties.contract.fields import checked
from aanspreekpunt.api.klantinteracties.importing.kinds import BulkKind, Later, Thing
from aanspreekpunt.api.klantinteracties.resources import contactgegevens
from aanspreekpunt.api.klantinteracties.resources.digitaleadressen import KINDS as ADDRESS_KINDS
from aanspreekpunt.api.klantinteracties.resources.identifying import kind_of_codes
from aanspreekpunt.api.klantinteracties.resources.partijen_fields import IDENTITIES
from aanspreekpunt.api.klantinteracties.resources.partijen_told import party_told
from aanspreekpunt.common.sealing import keyed_hash, seal
from aanspreekpunt.parties.models import (
    BankAccount,
    Category,
    CategoryLink,
    DigitalAddress,
    OrganisationDetails,
    Party,
    PartyIdentifier,
    PersonDetails,
    Representation,
)
from aanspreekpunt.parties.operations import checked_number, sort_key_of
from aanspreekpunt.parties.rules import normal_address
from aanspreekpunt.questions.operations import note_addresses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.db.models import Model

    from aanspreekpunt.api.klantinteracties.contract.errors import Fault
    from aanspreekpunt.api.klantinteracties.contract.resource import Writing

_PREFERRED: Final[Mapping[str, type[Model]]] = {
    "voorkeursDigitaalAdres": DigitalAddress,
    "voorkeursRekeningnummer": BankAccount,
}


class Partijen(BulkKind):
    """Parties; what belongs to them comes in from lists of its own."""

    path = "partijen"
    model = Party
    numbers: ClassVar[Mapping[str, str]] = {"nummer": "number"}
    ignored: ClassVar[frozenset[str]] = frozenset({"digitaleAdressen", "rekeningnummers", "partijIdentificatoren"})
    later: ClassVar[Mapping[str, Later]] = {
        "voorkeursDigitaalAdres": Later("preferred_address_id", "digitaleadressen", "r.party_id = t.id"),
        "voorkeursRekeningnummer": Later("preferred_account_id", "rekeningnummers", "r.party_id = t.id"),
        "partijIdentificatie.werkteVoorPartij": Later("works_for_id", "partijen", "r.kind = 'organisation'"),
    }

    def prepared(self, data: dict[str, Any]) -> dict[str, Any]:
        try:
            said = checked(IDENTITIES[data["soortPartij"]], data.get("partijIdentificatie") or {}, partial=True)
        except Invalid as refused:
            raise Invalid(each.below("partijIdentificatie") for each in refused.faults) from refused
        said.pop("uuid", None)  # of a table that other register has and we do not
        return {**data, "partijIdentificatie": said}

    def change(self, pk: int, thing: Thing, writing: Writing) -> list[Fault]:
        """Take over all but what refers to something that is not here yet; that is filled in when it is."""
        data, identity = dict(thing.data), dict(thing.data["partijIdentificatie"])
        for name, model in _PREFERRED.items():
            if data.get(name) and not QuerySet(model).filter(uuid=data[name], party_id=pk).exists():
                del data[name]
        employer = identity.get("werkteVoorPartij")
        if employer:
            is_here = Party.objects.filter(uuid=employer).exists()
            identity["werkteVoorPartij"] = {"uuid": str(employer)} if is_here else None
        return super().change(pk, replace(thing, data={**data, "partijIdentificatie": identity}), writing)

    def row(self, thing: Thing, writing: Writing) -> Model:
        now = {name: value for name, value in thing.data.items() if name not in _PREFERRED}
        now["partijIdentificatie"] = {**now["partijIdentificatie"], "werkteVoorPartij": None}
        given = party_told(now, writing.caller, kind=now["soortPartij"])
        party = Party(uuid=thing.uuid, made_at=writing.at, **given)
        party.sort_key = sort_key_of(party)
        return party


class PartijIdentificatoren(BulkKind):
    """Numbers of parties. Those that stand under another come after the others."""

    path = "partij-identificatoren"
    model = PartyIdentifier
    refs: ClassVar[Mapping[str, str]] = {
        "identificeerdePartij": "partijen",
        "subIdentificatorVan": "partij-identificatoren",
    }
    ignored: ClassVar[frozenset[str]] = frozenset({"uuid"})
    faults: ClassVar[Mapping[str, tuple[str, str]]] = {
        "identifier_once": ("partijIdentificator", "unique"),
        "identifier_one_of_a_kind_per_party": ("partijIdentificator.codeSoortObjectId", "unique"),
    }

    def prepared(self, data: dict[str, Any]) -> dict[str, Any]:
        kind_of_codes(data["partijIdentificator"])
        return data

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        codes = thing.data["partijIdentificator"]
        kind, number = kind_of_codes(codes), codes["objectId"]
        checked_number(kind, number)
        is_secret = kind == PartyIdentifier.Kind.BSN
        return PartyIdentifier(
            uuid=thing.uuid,
            party_id=thing.refs.get("identificeerdePartij"),
            kind=kind,
            plain="" if is_secret else number,
            sealed=seal(number, purpose=kind) if is_secret else b"",
            fingerprint=keyed_hash(number, purpose=kind),
            other_identifier=thing.data.get("anderePartijIdentificator", ""),
            part_of_id=thing.refs.get("subIdentificatorVan"),
        )


class DigitaleAdressen(BulkKind):
    """Addresses. One whose form would be refused today comes in as it is: it is what the other register has."""

    path = "digitaleadressen"
    model = DigitalAddress
    refs: ClassVar[Mapping[str, str]] = {"verstrektDoorPartij": "partijen", "verstrektDoorBetrokkene": "betrokkenen"}
    faults: ClassVar[Mapping[str, tuple[str, str]]] = {"address_one_reference_per_party": ("referentie", "unique")}
    fitted: ClassVar[frozenset[str]] = frozenset({"isStandaardAdres"})

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        data = thing.data
        kind = ADDRESS_KINDS[data["soortDigitaalAdres"]]
        party_id = thing.refs.get("verstrektDoorPartij")
        return DigitalAddress(
            uuid=thing.uuid,
            party_id=party_id,
            participant_id=thing.refs.get("verstrektDoorBetrokkene"),
            kind=kind,
            address=normal_address(kind, data["adres"]),
            as_given=data["adres"],
            is_preferred=bool(data.get("isStandaardAdres")) and party_id is not None,
            description=data.get("omschrijving", ""),
            reference=data.get("referentie", ""),
            verified_on=data.get("verificatieDatum"),
        )

    def mended(self, thing: Thing, constraint: str) -> bool:
        if constraint != "address_one_preferred_per_kind" or not thing.data.get("isStandaardAdres"):
            return False
        self._prefer_another(thing)
        return True

    def fit(self, pk: int, thing: Thing, beside: Mapping[UUID, Thing]) -> None:
        """Let the address that is preferred stay so while the other register says it of both, each time it is read."""
        party_id = thing.refs.get("verstrektDoorPartij")
        if party_id is None or not thing.data.get("isStandaardAdres"):
            return
        kind = ADDRESS_KINDS[thing.data["soortDigitaalAdres"]]
        others = DigitalAddress.objects.filter(party_id=party_id, kind=kind, is_preferred=True).exclude(pk=pk)
        given_up = [uuid for uuid, each in beside.items() if not each.data.get("isStandaardAdres")]
        if others.exclude(uuid__in=given_up).exists():
            self._prefer_another(thing)

    def _prefer_another(self, thing: Thing) -> None:
        thing.data["isStandaardAdres"] = False
        thing.note("isStandaardAdres", "unique")

    def written(self, rows: Sequence[Model]) -> None:
        note_addresses(address_ids=[row.pk for row in rows])


class Rekeningnummers(BulkKind):
    """Bank accounts."""

    path = "rekeningnummers"
    model = BankAccount
    refs: ClassVar[Mapping[str, str]] = {"partij": "partijen"}

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        party_id = thing.refs.get("partij")
        return BankAccount(uuid=thing.uuid, party_id=party_id, iban=thing.data["iban"], bic=thing.data.get("bic", ""))


class Categorieen(BulkKind):
    """Categories of parties."""

    path = "categorieen"
    model = Category

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        return Category(uuid=thing.uuid, name=thing.data.get("naam", ""))


class CategorieRelaties(BulkKind):
    """Which party is in which category."""

    path = "categorie-relaties"
    model = CategoryLink
    refs: ClassVar[Mapping[str, str]] = {"partij": "partijen", "categorie": "categorieen"}

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        return CategoryLink(
            uuid=thing.uuid,
            party_id=thing.refs.get("partij"),
            category_id=thing.refs.get("categorie"),
            begins_on=thing.data.get("beginDatum"),
            ends_on=thing.data.get("eindDatum"),
        )


class Vertegenwoordigingen(BulkKind):
    """Who speaks for whom."""

    path = "vertegenwoordigingen"
    model = Representation
    refs: ClassVar[Mapping[str, str]] = {"vertegenwoordigendePartij": "partijen", "vertegenwoordigdePartij": "partijen"}
    faults: ClassVar[Mapping[str, tuple[str, str]]] = {
        "representation_once": ("nonFieldErrors", "unique"),
        "representation_of_another": ("vertegenwoordigdePartij", "invalid"),
    }

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        return Representation(
            uuid=thing.uuid,
            representative_id=thing.refs["vertegenwoordigendePartij"],
            represented_id=thing.refs["vertegenwoordigdePartij"],
        )


class Personen(BulkKind):
    """Persons, of the other of the two APIs."""

    path = "persoon"
    model = PersonDetails

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        return PersonDetails(uuid=thing.uuid, **contactgegevens.Personen().given(thing.data))


class Organisaties(BulkKind):
    """Organisations, of the other of the two APIs."""

    path = "organisatie"
    model = OrganisationDetails

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        return OrganisationDetails(uuid=thing.uuid, **contactgegevens.Organisaties().given(thing.data))
