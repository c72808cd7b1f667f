"""Betrokkenen: who took part in a contact, with name and addresses as given then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.errors import invalid
from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    UUID_FIELD,
    Choice,
    Fields,
    Group,
    Many,
    Ref,
    Shown,
    Text,
    YesNo,
)
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, text, url, uuid
from aanspreekpunt.api.klantinteracties.contract.noting import noted_along
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Expansion, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import parts_visible
from aanspreekpunt.api.klantinteracties.resources.address_filters import exactly
from aanspreekpunt.api.klantinteracties.resources.identifying import number_filters
from aanspreekpunt.api.klantinteracties.resources.pointing import contact_held, contact_named, contact_ref
from aanspreekpunt.api.klantinteracties.resources.postal import COLUMNS as ADDRESS_COLUMNS
from aanspreekpunt.api.klantinteracties.resources.postal import postal, postal_shown, postal_told
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.parties.models import Party
from aanspreekpunt.promises.operations import participant_joined
from aanspreekpunt.questions.models import Participant
from aanspreekpunt.questions.operations import (
    add_participant,
    change_participant,
    hold_questions_of,
    remove_participant,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing
    from aanspreekpunt.questions.operations.parts import ParticipantTold

ROLES: Final = {"vertegenwoordiger": "representative", "klant": "customer"}
_SHOWN_ROLES: Final = {ours: theirs for theirs, ours in ROLES.items()}
NAMES: Final = {
    "voorletters": "initials",
    "voornaam": "first_name",
    "voorvoegselAchternaam": "infix",
    "achternaam": "last_name",
}
_PLAIN: Final = ("role", "organisation_name", "is_initiator", *NAMES.values())
_READ: Final = (*_PLAIN, *ADDRESS_COLUMNS, "mailing_address")
_SELECT: Final = (
    f"SELECT t.id, t.uuid::text, contact.uuid::text, t.contact_id, party.uuid::text, t.party_id,"  # noqa: S608 - names of our own
    " ARRAY(SELECT ARRAY[given.id::text, given.uuid::text] FROM parties_digitaladdress given"
    " WHERE given.participant_id = t.id ORDER BY given.id),"
    f" {', '.join(f't.{column}' for column in _READ)} FROM participant t JOIN contact ON contact.id = t.contact_id"
    f" LEFT JOIN parties_party party ON party.id = t.party_id WHERE t.id {AMONG}"
)
_CONTACT: Final = "t.contact_id = (SELECT id FROM contact WHERE uuid = %s)"
_CONTACT_BY: Final = "t.contact_id = (SELECT id FROM contact WHERE {} = %s)"
_ADDRESS: Final = "t.id IN (SELECT d.participant_id FROM parties_digitaladdress d WHERE {})"
_PARTY_BY_NUMBER: Final = "t.party_id = (SELECT id FROM parties_party WHERE number = %s)"
_PARTY: Final = "t.party_id = (SELECT id FROM parties_party WHERE uuid = %s)"
_IDENTIFIED: Final = "t.party_id IN (SELECT i.party_id FROM parties_partyidentifier i WHERE {})"
_LAST_NAME: Final = (
    "t.last_name = %s AND (t.party_id IS NOT NULL AND t.last_name <> ''"
    " OR t.party_id IS NULL AND t.last_name <> '' AND lower(t.last_name) = lower(%s))"
)
"""Those who are known and those who are not each have an index by their last names."""

CONTACT_NAME: Final = Group(
    part="Contactnaam",
    fields={
        "voorletters": Text(max_length=10, about="Voorletters."),
        "voornaam": Text(max_length=200, about="Voornaam."),
        "voorvoegselAchternaam": Text(max_length=10, about="Voorvoegsel."),
        "achternaam": Text(max_length=200, about="Achternaam."),
    },
    nullable=True,
    about="Hoe iemand zich in het contact noemde.",
)
PARTICIPANT_FIELDS: Final[Fields] = {
    "uuid": UUID_FIELD,
    "url": URL_FIELD,
    "wasPartij": Ref(part="PartijForeignKey", nullable=True, about="De partij die het was."),
    "hadKlantcontact": contact_ref(required=True, about="Het contact."),
    "digitaleAdressen": Many(
        of=Ref(part="DigitaalAdresForeignKey"), read_only=True, about="Adressen die in het contact gegeven zijn."
    ),
    "bezoekadres": postal("Bezoekadres", about="Waar iemand bezocht wil worden."),
    "correspondentieadres": postal("BetrokkeneCorrespondentieadres", about="Waar post naartoe mag."),
    "contactnaam": CONTACT_NAME,
    "volledigeNaam": Shown(described_as={"type": "string"}, about="De hele naam."),
    "rol": Choice(options=tuple(ROLES), part="RolEnum", required=True, about="Voor wie iemand sprak."),
    "organisatienaam": Text(max_length=200, default="", about="Organisatie waar iemand voor sprak."),
    "initiator": YesNo(required=True, about="Of het contact van hem uitging."),
}


def _having_address(value: str) -> Where:
    found = exactly(value, table="d")
    return replace(found, sql=_ADDRESS.format(found.sql))


class Betrokkenen(Resource):
    """Everyone who took part in a contact."""

    path = "betrokkenen"
    name = "Betrokkene"
    tag = "betrokkenen"
    table = "participant"
    counted_by = ("is_confidential",)
    expands = ("digitaleAdressen",)
    fields: ClassVar[Fields] = PARTICIPANT_FIELDS
    filters: ClassVar[dict[str, Filter]] = {
        **{
            f"contactnaam{name[0].upper()}{name[1:]}": text(
                _LAST_NAME if column == "last_name" else f"t.{column} = %s", about="Deel van de naam."
            )
            for name, column in sorted(NAMES.items())
        },
        "hadKlantcontact__nummer": text(_CONTACT_BY.format("number"), about="Nummer van het contact."),
        "hadKlantcontact__referentienummer": text(_CONTACT_BY.format("reference_number"), about="Referentienummer."),
        "hadKlantcontact__url": url(_CONTACT, about="URL van het contact."),
        "hadKlantcontact__uuid": uuid(_CONTACT, about="UUID van het contact."),
        "organisatienaam": text(
            "t.organisation_name <> '' AND t.organisation_name = %s", about="Naam van de organisatie."
        ),
        "verstrektedigitaalAdres__adres": Filter(where=_having_address, about="Digitaal adres."),
        "verstrektedigitaalAdres__url": url(_ADDRESS.format("d.uuid = %s"), about="URL van een digitaal adres."),
        "verstrektedigitaalAdres__uuid": uuid(_ADDRESS.format("d.uuid = %s"), about="UUID van een digitaal adres."),
        "wasPartij__nummer": text(_PARTY_BY_NUMBER, about="Nummer van de partij."),
        **number_filters("wasPartij__partijIdentificator", within=_IDENTIFIED),
        "wasPartij__url": url(_PARTY, about="URL van de partij."),
        "wasPartij__uuid": uuid(_PARTY, about="UUID van de partij."),
    }

    @classmethod
    def expansions(cls) -> dict[str, Expansion]:
        return {
            "digitaleAdressen": Expansion(resources.kind_at("digitaleadressen"), is_list=True),
            "wasPartij": Expansion(resources.kind_at("partijen"), is_list=False),
            "hadKlantcontact": Expansion(resources.kind_at("klantcontacten"), is_list=False),
        }

    def visible(self, caller: Caller) -> list[Where]:
        return parts_visible(caller, "t", "contact_id")

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        wanted = [list(ids)]
        found = {}
        for pk, own, contact, contact_id, party, party_id, given, *values in rows(_SELECT, wanted):
            kept = dict(zip(_READ, values, strict=True))
            kept["mailing_address"] = msgspec.json.decode(kept["mailing_address"])
            addresses = [each for _id, each in given]
            body = _shown(reading, own, contact=contact, party=party, addresses=addresses, kept=kept)
            kin = {"digitaleAdressen": tuple(int(one) for one, _ in given), "wasPartij": party_id}
            found[pk] = Record(body, {**kin, "hadKlantcontact": contact_id})
        return found

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        return int(_added(data, writing, new_uuid()).pk)

    def make(self, data: dict[str, Any], writing: Writing, reading: Reading) -> Record:
        """Make one; he gave no addresses yet."""
        uuid = new_uuid()
        with noted_along(self, uuid, writing):
            made = _added(data, writing, uuid)
        kept = {name: getattr(made, name) for name in _READ}
        party = made.party.uuid if made.party is not None else None
        return Record(_shown(reading, uuid, contact=made.contact.uuid, party=party, addresses=[], kept=kept))

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        participant = Participant.objects.select_related("contact__question").get(pk=pk)
        told = participant_told(data, writing)
        hold_questions_of(participant.contact, told.get("contact"))
        change_participant(participant=participant, told=told, by=writing.by, at=writing.at)
        participant_joined(contact=participant.contact, by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        participant = Participant.objects.select_related("contact__question").get(pk=pk)
        remove_participant(participant=participant, by=writing.by, at=writing.at)


def _added(data: dict[str, Any], writing: Writing, uuid: UUID) -> Participant:
    with one_transaction():
        named, caller = data["hadKlantcontact"], writing.caller
        contact, is_free = contact_held(named, caller, name="hadKlantcontact", lock="SHARE")
        hold_questions_of(contact)
        told = participant_told({name: value for name, value in data.items() if name != "hadKlantcontact"}, writing)
        told["uuid"], told["contact"] = uuid, contact
        participant = add_participant(told=told, by=writing.by, at=writing.at)
        if not is_free:
            participant_joined(contact=contact, by=writing.by, at=writing.at)
    return participant


def participant_told(data: dict[str, Any], writing: Writing) -> ParticipantTold:
    """Return what is said of who took part, in our words."""
    told: dict[str, Any] = {}
    if "hadKlantcontact" in data:
        told["contact"] = contact_named(data["hadKlantcontact"], writing.caller, name="hadKlantcontact")
    if "wasPartij" in data:
        told["party"] = _party(data["wasPartij"])
    if "contactnaam" in data:
        said = data["contactnaam"] or {}
        told |= {column: said.get(name, "") for name, column in NAMES.items()}
    if "bezoekadres" in data:
        told |= postal_told(data["bezoekadres"])
    if "correspondentieadres" in data:
        told["mailing_address"] = _without_blanks(postal_told(data["correspondentieadres"]))
    if "rol" in data:
        told["role"] = ROLES[data["rol"]]
    told |= {"organisation_name": data["organisatienaam"]} if "organisatienaam" in data else {}
    told |= {"is_initiator": data["initiator"]} if "initiator" in data else {}
    return told  # type: ignore[return-value]  # put together by name


def _without_blanks(address: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in address.items() if value not in ("", None, [])}


def _party(named: UUID | None) -> Party | None:
    if named is None:
        return None
    found = Party.objects.filter(uuid=named).first()
    if found is None:
        raise invalid("wasPartij.uuid", _("Partij object does not exist."))
    return found


def _shown(
    reading: Reading,
    own: UUID | str,
    *,
    contact: UUID | str,
    party: UUID | str | None,
    addresses: Sequence[str],
    kept: dict[str, Any],
) -> dict[str, Any]:
    """Return the body of one, from the uuids of what it refers to and its columns in `_READ`."""
    full_name = " ".join(filter(None, (kept["first_name"], kept["infix"], kept["last_name"])))
    return {
        **reading.link(Betrokkenen.path, own),
        "wasPartij": reading.link("partijen", party) if party else None,
        "hadKlantcontact": reading.link("klantcontacten", contact),
        "digitaleAdressen": [reading.link("digitaleadressen", each) for each in addresses],
        "bezoekadres": postal_shown(kept),
        "correspondentieadres": postal_shown(kept["mailing_address"]),
        "contactnaam": {name: kept[column] for name, column in NAMES.items()},
        "volledigeNaam": full_name,
        "rol": _SHOWN_ROLES[kept["role"]],
        "organisatienaam": kept["organisation_name"],
        "initiator": kept["is_initiator"],
    }
