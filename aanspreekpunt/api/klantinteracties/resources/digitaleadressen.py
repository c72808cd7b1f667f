"""Digitaleadressen: phone numbers and e-mail addresses, given by a party or by somebody in a contact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.errors import Invalid, invalid, not_found
from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    UUID_FIELD,
    Choice,
    Day,
    Fields,
    Ref,
    Text,
    YesNo,
)
from aanspreekpunt.api.klantinteracties.contract.filters import (
    Filter,
    Kind,
    Where,
    choice,
    part,
    text,
    url,
    uuid,
    yes_no,
)
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Expansion, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import of_visible_participant, parts_visible
from aanspreekpunt.api.klantinteracties.resources.address_filters import alike, having_address_part
from aanspreekpunt.api.klantinteracties.resources.identifying import number_filters
from aanspreekpunt.api.klantinteracties.resources.naming import locked, named, party_ref
from aanspreekpunt.api.klantinteracties.resources.refusing import refusing
from aanspreekpunt.parties.models import DigitalAddress, Party
from aanspreekpunt.parties.operations import (
    AddressGiven,
    change_address,
    locked_address,
    make_address,
    remove_address,
)
from aanspreekpunt.promises.operations import participant_joined
from aanspreekpunt.questions.models import Contact, Participant
from aanspreekpunt.questions.operations import hold_questions_where, note_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.errors import Fault
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

KINDS: Final = {"email": "email", "telefoonnummer": "phone", "overig": "other"}
_SHOWN_KINDS: Final = {ours: theirs for theirs, ours in KINDS.items()}
_PARTY_KINDS: Final = {"contactpersoon": "contact_person", "organisatie": "organisation", "persoon": "person"}
_ROLES: Final = {"klant": "customer", "vertegenwoordiger": "representative"}
_PHONE: Final = re.compile(r"0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13}")

_SELECT: Final = (
    "SELECT t.id, t.participant_id, t.uuid::text, who.uuid::text, p.uuid::text, t.as_given, t.kind, t.is_preferred,"  # noqa: S608 - names of our own
    " t.description, t.reference, t.verified_on FROM parties_digitaladdress t"
    " LEFT JOIN participant who ON who.id = t.participant_id LEFT JOIN parties_party p ON p.id = t.party_id"
    f" WHERE t.id {AMONG}"
)
_PARTY: Final = "t.party_id = (SELECT id FROM parties_party WHERE uuid = %s)"
_PARTICIPANT: Final = "t.participant_id = (SELECT id FROM participant WHERE uuid = %s)"
_NUMBERED: Final = "t.party_id IN (SELECT i.party_id FROM parties_partyidentifier i WHERE {})"


def _verified(name: str, sign: str) -> dict[str, Filter]:
    sql = f"t.verified_on {sign} %s"
    return {f"verificatieDatum{name}": Filter(kind=Kind.DAY, sql=sql, about="Dag van verificatie.")}


class DigitaleAdressen(Resource):
    """Phone numbers and e-mail addresses."""

    path = "digitaleadressen"
    name = "DigitaalAdres"
    tag = "digitale adressen"
    table = "parties_digitaladdress"
    counted_by = ("kind", "is_preferred", "is_verified", "is_confidential")
    expands = (
        "verstrektDoorBetrokkene",
        "verstrektDoorBetrokkene.hadKlantcontact",
        "verstrektDoorBetrokkene.hadKlantcontact.leiddeTotInterneTaken",
    )
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "verstrektDoorBetrokkene": Ref(
            part="BetrokkeneForeignKey", nullable=True, about="Wie het adres opgaf bij een klantcontact."
        ),
        "verstrektDoorPartij": party_ref(nullable=True, about="De partij van wie het adres is."),
        "adres": Text(
            max_length=80,
            required=True,
            blank=False,
            about="Het adres. Een telefoonnummer heeft tien cijfers, of begint met + of 00.",
        ),
        "soortDigitaalAdres": Choice(
            options=tuple(KINDS), part="SoortDigitaalAdresEnum", required=True, about="Wat voor adres het is."
        ),
        "isStandaardAdres": YesNo(about="Of de partij dit adres van deze soort het liefst gebruikt."),
        "omschrijving": Text(max_length=40, about="Omschrijving van het adres."),
        "referentie": Text(max_length=50, pattern=r"^[-a-zA-Z0-9_]+$", about="Waaraan een systeem het herkent."),
        "verificatieDatum": Day(nullable=True, about="Dag waarop het adres is geverifieerd."),
    }
    filters: ClassVar[dict[str, Filter]] = {
        "adres": Filter(where=alike, about="Het adres; een telefoonnummer mag anders geschreven zijn."),
        "adres__icontains": having_address_part(table="t", about="Deel van het adres, ongeacht hoofdletters."),
        "isGeverifieerd": yes_no(
            yes="t.verified_on IS NOT NULL",
            no="t.verified_on IS NULL",
            kept="is_verified",
            about="Of het adres is geverifieerd.",
        ),
        "isStandaardAdres": yes_no(
            yes="t.is_preferred", no="NOT t.is_preferred", kept="is_preferred", about="Of het het standaardadres is."
        ),
        "omschrijving": part("lower(t.description) LIKE %s", about="Deel van de omschrijving, ongeacht hoofdletters."),
        "referentie": text("t.reference <> '' AND t.reference = %s", about="De referentie."),
        "soortDigitaalAdres": choice("t.kind = %s", KINDS, kept="kind", about="Soort adres."),
        **_verified("", "="),
        **_verified("__gt", ">"),
        **_verified("__gte", ">="),
        **_verified("__lt", "<"),
        **_verified("__lte", "<="),
        "verstrektDoorBetrokkene__rol": choice(
            "t.participant_id IN (SELECT id FROM participant WHERE role = %s)", _ROLES, about="Rol van de betrokkene."
        ),
        "verstrektDoorBetrokkene__url": url(_PARTICIPANT, about="URL van de betrokkene."),
        "verstrektDoorBetrokkene__uuid": uuid(_PARTICIPANT, about="UUID van de betrokkene."),
        **number_filters("verstrektDoorPartij__partijIdentificator", within=_NUMBERED),
        "verstrektDoorPartij__soortPartij": choice(
            "t.party_id IN (SELECT id FROM parties_party WHERE kind = %s)", _PARTY_KINDS, about="Soort partij."
        ),
        "verstrektDoorPartij__url": url(_PARTY, about="URL van de partij."),
        "verstrektDoorPartij__uuid": uuid(_PARTY, about="UUID van de partij."),
    }

    @classmethod
    def expansions(cls) -> dict[str, Expansion]:
        return {"verstrektDoorBetrokkene": Expansion(resources.kind_at("betrokkenen"), is_list=False)}

    def visible(self, caller: Caller) -> list[Where]:
        return addresses_visible(caller, "t")

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        return {
            pk: Record(self._shown(reading, *values), {"verstrektDoorBetrokkene": participant_id})
            for pk, participant_id, *values in rows(_SELECT, [list(ids)])
        }

    def _shown(
        self, reading: Reading, uuid: str, participant: str | None, party: str | None, *rest: Any
    ) -> dict[str, Any]:
        as_given, kind, is_preferred, description, reference, verified_on = rest
        return {
            **reading.link(self.path, uuid),
            "verstrektDoorBetrokkene": reading.link("betrokkenen", participant) if participant else None,
            "verstrektDoorPartij": reading.link("partijen", party) if party else None,
            "adres": as_given,
            "soortDigitaalAdres": _SHOWN_KINDS[kind],
            "isStandaardAdres": is_preferred,
            "omschrijving": description,
            "referentie": reference,
            "verificatieDatum": verified_on,
        }

    def also_wrong(self, said: Mapping[str, Any], pk: int | None) -> Iterator[Fault]:
        """Yield that an address is none of its kind."""
        kind, address = said.get("soortDigitaalAdres", _kind_of(pk)), said.get("adres")
        try:
            if isinstance(kind, str) and isinstance(address, str):
                _check_form(kind, address.strip())
        except Invalid as refused:
            yield from refused.faults

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        _check_form(data["soortDigitaalAdres"], data["adres"])
        given = _given(data, writing.caller)
        _hold(given.get("participant_id"))
        with refusing():
            address = make_address(given=given, by=writing.by, at=writing.at)
        _note(address, writing)
        return int(address.pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        given = _given(data, writing.caller)
        named_now = DigitalAddress.objects.filter(pk=pk).values_list("participant_id", flat=True).first()
        _hold(given.get("participant_id", named_now), named_now)
        address = locked_address(pk=pk, going_to=given.get("party"))
        if address is None:
            raise not_found()
        if "adres" in data:  # a kind alone is taken over as it is, as in the standard's own register
            _check_form(data.get("soortDigitaalAdres", _SHOWN_KINDS[address.kind]), data["adres"])
        with refusing():
            change_address(address=address, given=given, by=writing.by, at=writing.at)
        _note(address, writing)

    def remove(self, pk: int, writing: Writing) -> None:
        remove_address(address=locked(DigitalAddress, pk), by=writing.by, at=writing.at)


def addresses_visible(caller: Caller, table: str) -> list[Where]:
    """Return the conditions under which the addresses in `table` exist for this caller: as their contacts do."""
    found = parts_visible(caller, table)
    if caller.team_ids is not None:
        found += of_visible_participant(caller, f"{table}.participant_id")
    return found


def _kind_of(pk: int | None) -> str | None:
    kind = DigitalAddress.objects.filter(pk=pk or 0).values_list("kind", flat=True).first()
    return _SHOWN_KINDS.get(kind or "")


def _check_form(kind: str, address: str) -> None:
    """Refuse an address that is none of its kind, by the rules of the standard."""
    if kind == "telefoonnummer" and not _PHONE.fullmatch(address):
        raise invalid("adres", _("Enter a phone number of ten digits, or one that begins with + or 00."))
    if kind == "email":
        try:
            validate_email(address)
        except ValidationError as error:
            raise invalid("adres", _("Enter a valid e-mail address.")) from error


_COLUMNS: Final = {
    "adres": "as_given",
    "isStandaardAdres": "is_preferred",
    "omschrijving": "description",
    "referentie": "reference",
    "verificatieDatum": "verified_on",
}


def _given(data: dict[str, Any], caller: Caller) -> AddressGiven:
    given: dict[str, Any] = {column: data[name] for name, column in _COLUMNS.items() if name in data}
    if "soortDigitaalAdres" in data:
        given["kind"] = KINDS[data["soortDigitaalAdres"]]
    if "verstrektDoorPartij" in data:
        field = "verstrektDoorPartij"
        given["party"] = named(Party, resources.kind_at("partijen"), data[field], caller, field=field)
    if "verstrektDoorBetrokkene" in data:
        field = "verstrektDoorBetrokkene"
        participant = named(Participant, resources.kind_at("betrokkenen"), data[field], caller, field=field)
        given["participant_id"] = participant.pk if participant else None
    return given  # type: ignore[return-value]  # put together by name


def _hold(*participant_ids: int | None) -> None:
    """Lock the questions of contacts in which these took part, before an address of theirs."""
    ids = [each for each in participant_ids if each is not None]
    if ids:
        hold_questions_where(participant_ids=ids)


def _note(address: DigitalAddress, writing: Writing) -> None:
    """Let it count as that of who gave it in a contact; a receipt that waited for it is sent now."""
    note_address(address=address)
    if address.participant_id is not None:
        contact = Contact.objects.get(participants=address.participant_id)
        participant_joined(contact=contact, by=writing.by, at=writing.at)
