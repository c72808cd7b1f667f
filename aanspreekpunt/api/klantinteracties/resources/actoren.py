"""Actoren: employees, teams and systems that deal with contacts and have to do what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract import openapi
from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Invalid
from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    UUID_FIELD,
    Choice,
    Email,
    Field,
    Fields,
    Group,
    Text,
    YesNo,
    checked,
    object_schema,
    parts_of,
    wrong,
)
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Kind, Where, part, yes_no
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.resources.pointing import (
    pointer,
    pointer_filters,
    pointer_shown,
    pointer_told,
)
from aanspreekpunt.organisation.actors import ActorGiven, change_actor, make_actor, remove_actor
from aanspreekpunt.organisation.models import ActorRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

KINDS: Final = {"medewerker": "employee", "geautomatiseerde_actor": "system", "organisatorische_eenheid": "unit"}
_SHOWN_KINDS: Final = {ours: theirs for theirs, ours in KINDS.items()}
_PHONE = r"^(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})$"


def _phone(*, required: bool = False) -> Text:
    return Text(max_length=20, pattern=_PHONE, required=required, about="Telefoonnummer.")


DETAILS: Final[dict[str, Group]] = {
    "medewerker": Group(
        part="Medewerker",
        fields={
            "functie": Text(max_length=40, required=True, about="Wat de medewerker doet."),
            "emailadres": Email(max_length=254, about="E-mailadres waarop de medewerker te bereiken is."),
            "telefoonnummer": _phone(required=True),
        },
    ),
    "geautomatiseerde_actor": Group(
        part="GeautomatiseerdeActor",
        fields={
            "functie": Text(max_length=40, required=True, about="Wat het systeem doet."),
            "omschrijving": Text(max_length=200, about="Omschrijving van het systeem."),
        },
    ),
    "organisatorische_eenheid": Group(
        part="OrganisatorischeEenheid",
        fields={
            "omschrijving": Text(max_length=200, about="Omschrijving van de eenheid."),
            "emailadres": Email(max_length=254, about="E-mailadres waarop de eenheid te bereiken is."),
            "faxnummer": Text(max_length=20, about="Faxnummer."),
            "telefoonnummer": _phone(),
        },
    ),
}
_OURS: Final = {
    "functie": "function",
    "omschrijving": "description",
    "emailadres": "email",
    "faxnummer": "fax",
    "telefoonnummer": "phone",
}


def actor_columns(table: str) -> str:
    """Return what `actor_shown` needs of each actor in `table`."""
    columns = "uuid::text name kind is_active object_id object_type register object_id_kind details has_details"
    return ", ".join(f"{table}.{column}" for column in columns.split())


class _Details(Field):
    """What an actor is besides its name, which depends on its kind, so that the resource checks it."""

    def check(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise wrong("invalid", _("Expected an object."), NON_FIELD)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}


_BASE: Final[Fields] = {
    "uuid": UUID_FIELD,
    "url": URL_FIELD,
    "naam": Text(max_length=200, required=True, blank=False, about="Naam van de actor."),
    "soortActor": Choice(
        options=tuple(KINDS), part="SoortActorEnum", required=True, about="Wat voor soort actor het is."
    ),
    "indicatieActief": YesNo(about="Of de actor nog bij nieuwe contacten betrokken kan zijn."),
    "actoridentificator": pointer("Actoridentificator", "Waaraan de actor in een ander register te herkennen is."),
}


class Actoren(Resource):
    """Everyone and everything that does work."""

    path = "actoren"
    name = "Actor"
    tag = "actoren"
    table = "actor"
    fields: ClassVar[Fields] = {**_BASE, "actorIdentificatie": _Details(nullable=True)}
    filters: ClassVar[dict[str, Filter]] = {
        "naam": part("lower(t.name) LIKE %s", about="Een deel van de naam, ongeacht hoofdletters."),
        "soortActor": Filter(
            kind=Kind.CHOICE,
            options=tuple(KINDS),
            where=lambda value: Where("t.kind = %s", (KINDS[value],)),
            about="Soort actor.",
        ),
        "indicatieActief": yes_no(yes="t.is_active", no="NOT t.is_active", about="Of de actor actief is."),
        **pointer_filters("actoridentificator", "t"),
    }

    @classmethod
    def schema(cls) -> dict[str, Any]:
        names = {kind: f"{kind}_ActorSerializer" for kind in KINDS}
        mapping = {kind: f"#/components/schemas/{name}" for kind, name in names.items()}
        return {
            "oneOf": [{"$ref": address} for address in mapping.values()],
            "discriminator": {"propertyName": "soortActor", "mapping": mapping},
        }

    @classmethod
    def parts(cls) -> dict[str, Any]:
        found: dict[str, Any] = {**parts_of(_BASE), "Base_ActorSerializer": object_schema(_BASE)}
        for kind, group in DETAILS.items():
            identity = {"allOf": [group.schema()], "nullable": True}
            details = {"type": "object", "properties": {"actorIdentificatie": identity}}
            own, whole = f"actor_identificatie_{group.part}", f"{kind}_ActorSerializer"
            variant = openapi.variant_of(("Base_ActorSerializer", own), "soortActor", kind)
            found |= {**group.parts(), own: details, whole: variant}
        return found

    def visible(self, caller: Caller) -> list[Where]:
        del caller  # who works here is no secret
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        found = rows(f"SELECT t.id, {actor_columns('t')} FROM actor t WHERE t.id {AMONG}", [list(ids)])  # noqa: S608 - names of our own
        return {pk: Record(actor_shown(reading, *values)) for pk, *values in found}

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        details = _checked_details(data["soortActor"], data.get("actorIdentificatie"), partial=False)
        given = _given(data, details, active=data.get("indicatieActief", True))
        return int(make_actor(given=given, by=writing.by, at=writing.at).pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        actor = ActorRecord.objects.select_for_update().get(pk=pk)
        before = _before(actor)
        is_other_kind = data.get("soortActor", before["soortActor"]) != before["soortActor"]
        whole = {**before, **data}
        details = _kept(actor, whole["soortActor"])
        if "actorIdentificatie" in data:
            partial = "soortActor" not in data  # who says the kind says the whole, as in the standard's own register
            told = _checked_details(whole["soortActor"], data["actorIdentificatie"], partial=partial)
            details = None if told is None else {**({} if is_other_kind else actor.details), **told}
        given = _given(whole, details, active=whole["indicatieActief"])
        change_actor(actor=actor, given=given, by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        remove_actor(actor=ActorRecord.objects.get(pk=pk), by=writing.by, at=writing.at)


def actor_shown(
    reading: Reading,
    uuid: str,
    name: str,
    kind: str,
    is_active: bool,  # noqa: FBT001 - a row of the database
    *rest: Any,
) -> dict[str, Any]:
    """Return an actor as the standard shows it, from a row of `actor_columns`."""
    *identity, details, has_details = rest
    shown = {
        **reading.link(Actoren.path, uuid),
        "naam": name,
        "soortActor": _SHOWN_KINDS[kind],
        "indicatieActief": is_active,
        "actoridentificator": pointer_shown(tuple(identity)),
    }
    if has_details:  # it may be absent, and may not be null
        shown["actorIdentificatie"] = _details_shown(kind, details)
    return shown


def _details_shown(kind: str, details: Any) -> dict[str, Any]:
    held = _read_json(details)
    return {name: held.get(_OURS[name], "") for name in DETAILS[_SHOWN_KINDS[kind]].fields}


def _read_json(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else msgspec.json.decode(value)


def _checked_details(kind: str, given: dict[str, Any] | None, *, partial: bool) -> dict[str, Any] | None:
    if given is None:
        return None
    group = DETAILS[kind]
    try:
        found = checked(group.fields, given, partial=partial)
    except Invalid as refused:
        raise Invalid(each.below("actorIdentificatie") for each in refused.faults) from refused
    return {_OURS[name]: value for name, value in found.items()}


def _before(actor: ActorRecord) -> dict[str, Any]:
    identity = {
        "objectId": actor.object_id,
        "codeObjecttype": actor.object_type,
        "codeRegister": actor.register,
        "codeSoortObjectId": actor.object_id_kind,
    }
    return {
        "naam": actor.name,
        "soortActor": _SHOWN_KINDS[actor.kind],
        "indicatieActief": actor.is_active,
        "actoridentificator": identity,
    }


def _kept(actor: ActorRecord, kind: str) -> dict[str, Any] | None:
    if not actor.has_details:
        return None
    wanted = {_OURS[name] for name in DETAILS[kind].fields}
    return {name: value for name, value in actor.details.items() if name in wanted}


def _given(data: dict[str, Any], details: dict[str, Any] | None, *, active: bool) -> ActorGiven:
    return ActorGiven(
        name=data["naam"],
        kind=KINDS[data["soortActor"]],
        is_active=active,
        details=details,
        **pointer_told(data.get("actoridentificator")),
    )
