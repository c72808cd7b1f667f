"""What is said of a party, in our words: its own fields, and what is to belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.errors import Invalid, invalid
from aanspreekpunt.api.klantinteracties.contract.fields import checked
from aanspreekpunt.api.klantinteracties.resources.naming import all_named, named
from aanspreekpunt.api.klantinteracties.resources.partij_identificatoren import PartijIdentificatoren, identifier_given
from aanspreekpunt.api.klantinteracties.resources.partijen_fields import IDENTITIES
from aanspreekpunt.api.klantinteracties.resources.partijen_shown import KINDS, NAMES
from aanspreekpunt.api.klantinteracties.resources.postal import postal_told
from aanspreekpunt.parties.models import BankAccount, DigitalAddress, Party, PartyIdentifier
from aanspreekpunt.parties.operations import Belongings, IdentifierGiven, PartyGiven
from aanspreekpunt.parties.refusals import ParentNeeded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller

_COLUMNS: Final = {
    "interneNotitie": "internal_note",
    "indicatieGeheimhouding": "is_address_secret",
    "voorkeurstaal": "language",
    "indicatieActief": "is_active",
}
_PREFERRED: Final[dict[str, tuple[str, type[Model], str]]] = {
    "voorkeursDigitaalAdres": ("preferred_address", DigitalAddress, "digitaleadressen"),
    "voorkeursRekeningnummer": ("preferred_account", BankAccount, "rekeningnummers"),
}


def party_told(data: dict[str, Any], caller: Caller, *, kind: str) -> PartyGiven:
    """Return what is said of a party of this kind, by the standard's name of it."""
    given: dict[str, Any] = {column: data[name] for name, column in _COLUMNS.items() if name in data}
    if "soortPartij" in data:
        given["kind"] = KINDS[kind]
    if "nummer" in data:
        given["number"] = data["nummer"] or ""
    if "bezoekadres" in data:
        given |= postal_told(data["bezoekadres"])
    if "correspondentieadres" in data:
        given["mailing_address"] = {
            name: value for name, value in postal_told(data["correspondentieadres"]).items() if value
        }
    if data.get("partijIdentificatie") is not None:
        given |= _identity_told(data["partijIdentificatie"], caller, kind=kind)
    for name, (column, model, path) in _PREFERRED.items():
        if name in data:
            given[column] = named(model, resources.kind_at(path), data[name], caller, field=name)
    return given  # type: ignore[return-value]  # put together by name


def belongings_told(
    data: dict[str, Any], caller: Caller, *, party: Party | None, hidden: Sequence[int] = ()
) -> Belongings:
    """Return what is to belong to `party`, or to the one that is made; `hidden` are addresses it keeps in any case."""
    addresses = _listed(DigitalAddress, "digitaleAdressen", "digitaleadressen", data, caller)
    if addresses is not None and hidden:
        addresses += DigitalAddress.objects.filter(pk__in=hidden)
    return Belongings(
        addresses=addresses,
        accounts=_listed(BankAccount, "rekeningnummers", "rekeningnummers", data, caller),
        identifiers=_identifiers_told(data.get("partijIdentificatoren"), caller, is_new=party is None),
    )


def _identity_told(said: dict[str, Any], caller: Caller, *, kind: str) -> dict[str, Any]:
    """Return who a party is, said in whole: what is left out is nothing, and an empty group says nothing at all."""
    try:
        told = checked(IDENTITIES[kind], said, partial=True)
    except Invalid as refused:
        raise Invalid(each.below("partijIdentificatie") for each in refused.faults) from refused
    if not told:
        return {}
    if kind == "organisatie":
        named_now = {"organisation_name": told.get("naam", ""), "works_for": None, "is_introduced": True}
        return {**dict.fromkeys(NAMES.values(), ""), **named_now}
    names = told.get("contactnaam") or {}
    given: dict[str, Any] = {column: names.get(name, "") for name, column in NAMES.items()} | {"is_introduced": True}
    if kind == "persoon":
        return {**given, "organisation_name": "", "works_for": None}
    field, employer = "partijIdentificatie.werkteVoorPartij", told.get("werkteVoorPartij")
    return {**given, "works_for": named(Party, resources.kind_at("partijen"), employer, caller, field=field)}


def _listed(model: type[Any], name: str, path: str, data: dict[str, Any], caller: Caller) -> list[Any] | None:
    """Return the things in a list; none of them when it is null, and None when it was not said."""
    if name not in data:
        return None
    uuids = list(dict.fromkeys(data[name] or []))
    faults = [f"{name}.{place}.uuid" for place in range(len(uuids))]
    return all_named(model, resources.kind_at(path), uuids, caller, faults=faults)


def _identifiers_told(
    said: list[dict[str, Any]] | None, caller: Caller, *, is_new: bool
) -> list[tuple[PartyIdentifier | None, IdentifierGiven]] | None:
    if said is None:
        return None
    if is_new and any(each.get("identificeerdePartij") for each in said):
        reason = _("The party is filled in by itself and is not to be given.")
        raise invalid("partijIdentificatoren.identificeerdePartij", reason)
    uuids = [each["uuid"] for each in said if each.get("uuid")]
    faults = [f"partijIdentificatoren.{place}.uuid" for place, each in enumerate(said) if each.get("uuid")]
    found = all_named(PartyIdentifier, PartijIdentificatoren, uuids, caller, faults=faults)
    if len(set(uuids)) != len(uuids):
        reason = _("The same number stands in the list twice.")
        raise invalid("partijIdentificatoren.identificeerdePartij", reason, code="duplicated")
    known = {each.uuid: each for each in found}
    return [_identifier_told(each, known.get(each.get("uuid")), place, caller) for place, each in enumerate(said)]  # type: ignore[arg-type]  # None is no key


def _identifier_told(
    said: dict[str, Any], known: PartyIdentifier | None, place: int, caller: Caller
) -> tuple[PartyIdentifier | None, IdentifierGiven]:
    field = f"partijIdentificatoren.{place}."
    own = {name: value for name, value in said.items() if name != "identificeerdePartij"}
    if known is None and "partijIdentificator" not in own:
        raise invalid(f"{field}partijIdentificator", _("This field is required."), code="required")
    given = identifier_given({"subIdentificatorVan": None, **own}, caller, field=field)
    parent = given["part_of"]
    is_shop = given.get("kind") == PartyIdentifier.Kind.ESTABLISHMENT
    if is_shop and (parent is None or parent.kind != PartyIdentifier.Kind.KVK):
        raise invalid(f"{field}subIdentificatorVan", str(ParentNeeded()))
    return known, given
