"""Maak-klantcontact: a contact, who took part and what it was about, made in one request: all of it or nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from aanspreekpunt.api.klantinteracties.contract import openapi
from aanspreekpunt.api.klantinteracties.contract.errors import Invalid
from aanspreekpunt.api.klantinteracties.contract.fields import Fields, Group, checked
from aanspreekpunt.api.klantinteracties.contract.resource import Record, Resource
from aanspreekpunt.api.klantinteracties.resources.betrokkenen import PARTICIPANT_FIELDS, Betrokkenen
from aanspreekpunt.api.klantinteracties.resources.klantcontacten import Klantcontacten, wrong_as_a_whole
from aanspreekpunt.api.klantinteracties.resources.onderwerpobjecten import Onderwerpobjecten
from aanspreekpunt.api.klantinteracties.resources.pointing import contact_ref
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.errors import Fault
    from aanspreekpunt.api.klantinteracties.contract.filters import Where
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

_OF_CONTACT: Final = contact_ref(read_only=True, about="Het contact.")
_PARTICIPANT: Final = Group(
    part="BetrokkeneKlantcontactReadOnly", fields={**PARTICIPANT_FIELDS, "hadKlantcontact": _OF_CONTACT}
)
_SUBJECT: Final = Group(
    part="OnderwerpobjectKlantcontactReadOnly",
    fields={
        **Onderwerpobjecten.fields,
        "klantcontact": contact_ref(read_only=True, nullable=True, about="Het contact dat hierover ging."),
    },
)

_MADE: Final = "MaakKlantcontactGemaakt"
"""What the document calls the answer: a part that was not sent is null there, while null is not taken."""
_OPTIONAL: Final = frozenset({"betrokkene", "onderwerpobject"})


class MaakKlantcontact(Resource):
    """A contact with all its parts."""

    path = "maak-klantcontact"
    name = "MaakKlantcontact"
    tag = "maak-klantcontact"
    table = "contact"
    fields: ClassVar[Fields] = {
        "klantcontact": Group(part="Klantcontact", fields=Klantcontacten.fields, required=True),
        "betrokkene": _PARTICIPANT,
        "onderwerpobject": _SUBJECT,
    }

    @classmethod
    def paths(cls) -> dict[str, Any]:
        told, made = ({"$ref": f"#/components/schemas/{name}"} for name in (cls.name, _MADE))
        return {f"/{cls.path}": {"post": openapi.operation(cls, "maakKlantcontactCreate", "201", made, body=told)}}

    @classmethod
    def schemas(cls) -> dict[str, Any]:
        told = cls.schema()
        made = {name: {"allOf": [each], "nullable": name in _OPTIONAL} for name, each in told["properties"].items()}
        return {**cls.parts(), cls.name: told, _MADE: {**told, "properties": made}}

    def visible(self, caller: Caller) -> list[Where]:
        return Klantcontacten().visible(caller)

    def also_wrong(self, said: Mapping[str, Any], _pk: int | None) -> Iterator[Fault]:
        """Yield what is also wrong with the contact by itself, as a whole too when each of its fields is right."""
        contact = said.get("klantcontact")
        if not isinstance(contact, dict):
            return
        wrong = [*Klantcontacten().also_wrong(contact, None)]
        with suppress(Invalid):
            data = checked(Klantcontacten.fields, contact, partial=False)
            wrong += [] if wrong else wrong_as_a_whole(data)
        yield from (each.below("klantcontact") for each in wrong)

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        pk = _made(Klantcontacten(), "klantcontact", data["klantcontact"], writing)
        contact = Contact.objects.values_list("uuid", flat=True).get(pk=pk)
        if "betrokkene" in data:
            _made(Betrokkenen(), "betrokkene", {**data["betrokkene"], "hadKlantcontact": contact}, writing)
        if "onderwerpobject" in data:
            _made(Onderwerpobjecten(), "onderwerpobject", {**data["onderwerpobject"], "klantcontact": contact}, writing)
        return pk

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        contacts = Klantcontacten().load(reading, ids)
        participants = Betrokkenen().load(reading, _first(contacts, "hadBetrokkenen"))
        subjects = Onderwerpobjecten().load(reading, _first(contacts, "gingOverOnderwerpobjecten"))
        return {
            pk: Record(
                {
                    "klantcontact": contact.body,
                    "betrokkene": _one(participants, contact, "hadBetrokkenen"),
                    "onderwerpobject": _one(subjects, contact, "gingOverOnderwerpobjecten"),
                }
            )
            for pk, contact in contacts.items()
        }


def _made(kind: Resource, part: str, data: dict[str, Any], writing: Writing) -> int:
    try:
        return kind.create(data, writing)
    except Invalid as refused:
        raise Invalid(each.below(part) for each in refused.faults) from refused


def _held(contact: Record, name: str) -> tuple[int, ...]:
    held = contact.kin[name]
    return held if isinstance(held, tuple) else ()


def _first(contacts: dict[int, Record], name: str) -> list[int]:
    return [held[0] for contact in contacts.values() if (held := _held(contact, name))]


def _one(loaded: dict[int, Record], contact: Record, name: str) -> dict[str, Any] | None:
    held = _held(contact, name)
    return loaded[held[0]].body if held else None
