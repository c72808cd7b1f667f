"""Klantcontacten: every exchange with a resident, whoever registered it, at our desk or in another system."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Refused, invalid
from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    UUID_FIELD,
    Digits,
    Fields,
    Many,
    Moment,
    Ref,
    Shown,
    Text,
    WebAddress,
    Words,
    YesNo,
)
from aanspreekpunt.api.klantinteracties.contract.filters import Where
from aanspreekpunt.api.klantinteracties.contract.noting import noted_along
from aanspreekpunt.api.klantinteracties.contract.resource import (
    AMONG,
    Expansion,
    Record,
    Resource,
    narrowed,
    only,
    rows,
)
from aanspreekpunt.api.klantinteracties.contract.visibility import contacts_visible
from aanspreekpunt.api.klantinteracties.resources.actoren import actor_columns, actor_shown
from aanspreekpunt.api.klantinteracties.resources.contact_filters import FILTERS, as_seen, kept_count
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.organisation.rules import in_utc
from aanspreekpunt.promises.operations import remove_contact
from aanspreekpunt.questions.languages import three_letters_of
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations import change_contact, register_contact
from aanspreekpunt.questions.refusals import AnswerMustStay, FollowUpNotNeeded, NobodyWouldSeeIt, NumberInUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.filters import Filter
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing
    from aanspreekpunt.questions.operations.telling import ContactTold

COLUMNS: Final = {
    "nummer": "number",
    "referentienummer": "reference_number",
    "kanaal": "told_channel",
    "onderwerp": "subject",
    "inhoud": "text",
    "reactie": "reply",
    "indicatieContactGelukt": "has_succeeded",
    "hoofdOnderwerpType": "main_subject_type",
    "verdereActieOndernomen": "needs_follow_up",
    "taal": "told_language",
    "vertrouwelijk": "is_confidential",
    "plaatsgevondenOp": "occurred_at",
    "metadata": "metadata",
}
"""How the standard calls what we keep of a contact."""

_KIN: Final = (
    ("hadBetrokkenen", "betrokkenen", "participant"),
    ("gingOverOnderwerpobjecten", "onderwerpobjecten", "questions_subjectlink"),
    ("omvatteBijlagen", "bijlagen", "questions_attachment"),
    ("leiddeTotInterneTaken", "internetaken", "task"),
)
"""What a contact holds: its name in the standard, the path of its kind, and our table."""

_NAMES: Final = tuple(name for name, _path, _table in _KIN)

_READ: Final = (
    "number",
    "reference_number",
    "channel_name",
    "subject",
    "text",
    "reply",
    "has_succeeded",
    "main_subject_type",
    "needs_follow_up",
    "told_language",
    "language",
    "is_confidential",
    "occurred_at",
)
"""What is shown of a contact besides its uuid, in this order, up to its metadata."""
_OWN: Final = ", ".join(f"t.{name}" for name in (*_READ, "metadata"))

# One contact is read in one statement. A page is read in three, which costs the database half of that for each.
_HELD: Final = ", ".join(
    f"ARRAY(SELECT ARRAY[k.id::text, k.uuid::text] FROM {table} k WHERE k.contact_id = t.id ORDER BY k.id)"  # noqa: S608 - names of our own
    for _name, _path, table in _KIN
)
_DEALT_WITH: Final = (
    f"(SELECT json_agg(json_build_array({actor_columns('a')}) ORDER BY held.id)::text FROM contact_actor held"  # noqa: S608 - names of our own
    " JOIN actor a ON a.id = held.actor_id WHERE held.contact_id = t.id)"
)
_ONE: Final = f"SELECT t.id, {_HELD}, {_DEALT_WITH}, t.uuid::text, {_OWN} FROM contact t"  # noqa: S608 - names of our own
_PAGE: Final = f"SELECT t.id, t.uuid::text, {_OWN} FROM contact t WHERE t.id {AMONG}"  # noqa: S608 - names of our own
_KIN_OF_PAGE: Final = " UNION ALL ".join(
    [
        *(
            f"SELECT {place}, contact_id, id, uuid::text FROM {table} WHERE contact_id {AMONG}"  # noqa: S608 - names of our own
            for place, (_name, _path, table) in enumerate(_KIN)
        ),
        f"SELECT {len(_KIN)}, contact_id, id, actor_id::text FROM contact_actor WHERE contact_id {AMONG} ORDER BY 3",  # noqa: S608 - names of our own
    ]
)
_ACTORS: Final = f"SELECT a.id::text, {actor_columns('a')} FROM actor a WHERE a.id {AMONG}"  # noqa: S608 - names of our own


def _links(part: str, about: str) -> Many:
    return Many(of=Ref(part=part), read_only=True, about=about)


class Klantcontacten(Resource):
    """Every contact."""

    path = "klantcontacten"
    name = "Klantcontact"
    tag = "klantcontacten"
    table = "contact"
    is_made_at_once = True
    order = "t.occurred_at DESC, t.id DESC"
    orders: ClassVar[dict[str, str]] = {"plaatsgevondenOp": "t.occurred_at", "nummer": "t.number"}
    expands = (
        "gingOverOnderwerpobjecten",
        "hadBetrokkenen",
        "hadBetrokkenen.digitaleAdressen",
        "hadBetrokkenen.wasPartij",
        "leiddeTotInterneTaken",
        "omvatteBijlagen",
    )
    filters: ClassVar[dict[str, Filter]] = FILTERS
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "gingOverOnderwerpobjecten": _links("OnderwerpobjectForeignKey", "Waar het contact over ging."),
        "hadBetrokkenActoren": Shown(
            described_as={"type": "array", "items": {"$ref": "#/components/schemas/Actor"}},
            about="Wie er van onze kant bij betrokken was.",
        ),
        "omvatteBijlagen": _links("BijlageForeignKey", "Bestanden die bij het contact horen."),
        "hadBetrokkenen": _links("BetrokkeneForeignKey", "Wie er aan het contact deelnam."),
        "leiddeTotInterneTaken": _links("InterneTaakForeignKey", "Wat er door het contact moet gebeuren."),
        "nummer": Digits(max_length=10, nullable=True, deprecated=True, about="Nummer van het contact."),
        "referentienummer": Digits(max_length=10, nullable=True, about="Nummer waarmee mensen het contact noemen."),
        "kanaal": Text(max_length=50, required=True, blank=False, about="Waarlangs het contact verliep."),
        "onderwerp": Text(max_length=200, required=True, blank=False, about="Waar het over ging."),
        "inhoud": Text(max_length=1000, default="", about="Wat er gezegd of geschreven is."),
        "reactie": Text(max_length=4000, default="", about="Het antwoord dat in het contact zelf gegeven is."),
        "indicatieContactGelukt": YesNo(nullable=True, default=None, about="Of de ander bereikt is."),
        "hoofdOnderwerpType": WebAddress(max_length=200, default="", about="Soort onderwerp, bijv. een zaaktype."),
        "verdereActieOndernomen": YesNo(default=False, about="Of er zelf verder actie ondernomen wordt."),
        "taal": Text(max_length=3, required=True, blank=False, about="Taal, in ISO 639-2/B."),
        "vertrouwelijk": YesNo(required=True, about="Of het contact vertrouwelijk is."),
        "plaatsgevondenOp": Moment(about="Wanneer het contact plaatsvond."),
        "metadata": Words(max_length=255, default=dict, about="Vrije gegevens: naam en tekst."),
    }

    @classmethod
    def expansions(cls) -> dict[str, Expansion]:
        return {name: Expansion(resources.kind_at(path), is_list=True) for name, path, _table in _KIN}

    def visible(self, caller: Caller) -> list[Where]:
        return contacts_visible(caller, "t")

    def narrowing(self, asked: Mapping[str, str], caller: Caller) -> list[Where]:
        """Return the conditions asked for; those that look at other contacts see only what exists for the caller."""
        visible = contacts_visible(caller, "seen")
        return [as_seen(each, visible) for each in super().narrowing(asked, caller)]

    def count(self, wheres: list[Where]) -> int:
        """Return how many contacts these conditions leave; how many a channel has is kept."""
        kept = kept_count(wheres)
        return super().count(wheres) if kept is None else kept

    def read(self, uuid: UUID, reading: Reading) -> Record:
        wheres = [Where("t.uuid = %s", (uuid,)), *self.visible(reading.caller)]
        return only(_one(reading, *narrowed(_ONE, wheres)))

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        if len(ids) == 1:
            return _one(reading, f"{_ONE} WHERE t.id = %s", list(ids))
        return _page(reading, list(ids))

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        return int(_registered(_told(data), writing).pk)

    def make(self, data: dict[str, Any], writing: Writing, reading: Reading) -> Record:
        """Make one; nothing belongs to it yet. Words by free names alone are read again, for the order they get."""
        told, uuid = _told(data), new_uuid()
        with noted_along(self, uuid, writing):
            contact = _registered({**told, "uuid": uuid}, writing)
        if contact.metadata:
            return self.load(reading, [contact.pk])[contact.pk]
        contact.occurred_at = in_utc(contact.occurred_at)  # as the database gives it
        values = [str(uuid), *(getattr(contact, name) for name in _READ), "{}"]
        return _shown(reading, dict.fromkeys(_NAMES, ()), [], values)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        contact, told = Contact.objects.select_related("question").get(pk=pk), _told(data)
        if told.get("told_channel") == contact.channel_name:
            del told["told_channel"]  # it says again what we call our own channel
        if told.get("told_language") == three_letters_of(contact.language):
            del told["told_language"]
        try:
            change_contact(contact=contact, told=told, by=writing.by, at=writing.at)
        except Refusal as refusal:
            raise refused_as(refusal) from refusal

    def remove(self, pk: int, writing: Writing) -> None:
        contact = Contact.objects.select_related("question").get(pk=pk)
        remove_contact(contact=contact, by=writing.by, at=writing.at)


def _registered(told: ContactTold, writing: Writing) -> Contact:
    team_ids = writing.caller.team_ids
    team = Team.objects.filter(pk__in=team_ids).order_by("pk").first() if team_ids else None
    try:
        return register_contact(told=told, team=team, by=writing.by, at=writing.at)
    except Refusal as refusal:
        raise refused_as(refusal) from refusal


def refused_as(refusal: Refusal) -> Refused:
    """Return what the standard calls a refusal to keep a contact; those it has no code for get one of ours."""
    if isinstance(refusal, FollowUpNotNeeded):
        return invalid(NON_FIELD, str(refusal), code="no-further-action-when-contact-succesful")
    if isinstance(refusal, NumberInUse):
        name = "nummer" if refusal.parameters.get("field") == "number" else "referentienummer"
        reason = _("There is a klantcontact with the same number already.")
        return invalid(name, reason, code="unique")
    if isinstance(refusal, AnswerMustStay):
        return invalid("reactie", str(refusal), code="answer-must-stay")
    if isinstance(refusal, NobodyWouldSeeIt):
        return invalid("vertrouwelijk", str(refusal), code="nobody-would-see-it")
    raise refusal


def _told(data: dict[str, Any]) -> ContactTold:
    channel, allowed = data.get("kanaal"), settings.API_CHANNELS
    if channel is not None and allowed and channel not in allowed:
        reason = _("“%(channel)s” is not a valid kanaal. Allowed values: %(allowed)s")
        raise invalid("kanaal", reason % {"channel": channel, "allowed": ", ".join(allowed)})
    told: ContactTold = {COLUMNS[name]: value for name, value in data.items()}  # type: ignore[assignment]  # by COLUMNS
    return told


def _one(reading: Reading, select: str, values: list[Any]) -> dict[int, Record]:
    """Return the contact that a select with the columns of `_ONE` finds, or none."""
    found = {}
    for pk, *columns in rows(select, values):
        *kin, dealt_with = columns[: len(_KIN) + 1]
        actors = [actor_shown(reading, *each) for each in msgspec.json.decode(dealt_with or "[]")]
        found[pk] = _shown(reading, dict(zip(_NAMES, kin, strict=True)), actors, columns[len(_KIN) + 1 :])
    return found


def _page(reading: Reading, ids: list[int]) -> dict[int, Record]:
    """Return several contacts."""
    kin: tuple[dict[int, list[tuple[int, str]]], ...] = tuple(defaultdict(list) for _each in (*_NAMES, _ACTORS))
    for place, contact, pk, uuid in rows(_KIN_OF_PAGE, [ids] * len(kin)):
        kin[place][contact].append((pk, uuid))
    *held, dealt_with = kin
    wanted = {int(actor) for each in dealt_with.values() for _pk, actor in each}
    actors = {pk: actor_shown(reading, *values) for pk, *values in rows(_ACTORS, [list(wanted)])} if wanted else {}
    found = {}
    for pk, *columns in rows(_PAGE, [ids]):
        own_kin = {name: of_contacts.get(pk, ()) for name, of_contacts in zip(_NAMES, held, strict=True)}
        own_actors = [actors[actor] for _pk, actor in dealt_with.get(pk, ()) if actor in actors]
        found[pk] = _shown(reading, own_kin, own_actors, columns)
    return found


def _shown(
    reading: Reading, kin: Mapping[str, Sequence[Sequence[Any]]], actors: list[dict[str, Any]], own: list[Any]
) -> Record:
    uuid, number, reference, channel, subject, text, reply, succeeded, kind, follow_up, *rest = own
    told_language, language, is_confidential, occurred_at, metadata = rest
    links = {name: [reading.link(path, each) for _pk, each in kin[name]] for name, path, _table in _KIN}
    body = {
        **reading.link(Klantcontacten.path, uuid),
        "gingOverOnderwerpobjecten": links["gingOverOnderwerpobjecten"],
        "hadBetrokkenActoren": actors,
        "omvatteBijlagen": links["omvatteBijlagen"],
        "hadBetrokkenen": links["hadBetrokkenen"],
        "leiddeTotInterneTaken": links["leiddeTotInterneTaken"],
        "nummer": number,
        "referentienummer": reference,
        "kanaal": channel,
        "onderwerp": subject,
        "inhoud": text,
        "reactie": reply,
        "indicatieContactGelukt": succeeded,
        "hoofdOnderwerpType": kind,
        "verdereActieOndernomen": follow_up,
        "taal": told_language or three_letters_of(language),
        "vertrouwelijk": is_confidential,
        "plaatsgevondenOp": occurred_at,
        "metadata": msgspec.json.decode(metadata),
    }
    return Record(body, {name: tuple([int(one) for one, _uuid in held]) for name, held in kin.items()})
