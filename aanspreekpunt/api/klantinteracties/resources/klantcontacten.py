"""Klantcontacten: every exchange with a resident, whoever registered it, at our desk or in another system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.conf import settings
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Invalid, Refused, invalid
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
    kept_count,
    narrowed,
    only,
    rows,
)
from aanspreekpunt.api.klantinteracties.contract.visibility import contacts_visible
from aanspreekpunt.api.klantinteracties.resources.contact_filters import FILTERS, HAS_NO_TASK, HAS_TASK, as_seen
from aanspreekpunt.api.klantinteracties.resources.klantcontacten_shown import (
    KIN,
    ONE,
    PAGE,
    READ,
    contact_shown,
    contacts_shown,
    one_contact,
)
from aanspreekpunt.api.klantinteracties.resources.numbering import numbers_in_use
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
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.errors import Fault
    from aanspreekpunt.api.klantinteracties.contract.filters import Filter
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Stretch, Writing
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
    counted_by = ("channel_name", "is_confidential", "has_succeeded")
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
        return {name: Expansion(resources.kind_at(path), is_list=True) for name, path, _table in KIN}

    def visible(self, caller: Caller) -> list[Where]:
        return contacts_visible(caller, "t")

    def narrowing(self, asked: Mapping[str, str], caller: Caller) -> list[Where]:
        """Return the conditions asked for; those that look at other contacts see only what exists for the caller."""
        visible = contacts_visible(caller, "seen")
        return [as_seen(each, visible) for each in super().narrowing(asked, caller)]

    def count(self, wheres: list[Where]) -> int:
        """Return how many contacts these conditions leave; those without a task from those with one, who are few."""
        others = [where for where in wheres if where.sql != HAS_NO_TASK]
        kept = kept_count(self.table, self.counted_by, others) if len(others) < len(wheres) else None
        return super().count(wheres) if kept is None else kept - super().count([*others, Where(HAS_TASK)])

    def read(self, uuid: UUID, reading: Reading) -> Record:
        wheres = [Where("t.uuid = %s", (uuid,)), *self.visible(reading.caller)]
        return only(one_contact(reading, *narrowed(ONE, wheres)))

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        if len(ids) == 1:
            return one_contact(reading, f"{ONE} WHERE t.id = %s", list(ids))
        return contacts_shown(reading, rows(f"{PAGE} WHERE t.id {AMONG}", [list(ids)]))

    def page(self, reading: Reading, stretch: Stretch) -> list[Record]:
        return [*contacts_shown(reading, stretch.of(PAGE)).values()]

    def also_wrong(self, said: Mapping[str, Any], pk: int | None) -> Iterator[Fault]:
        """Yield that a channel may not be named, and which numbers another contact has."""
        try:
            _check_channel(said.get("kanaal"))
        except Invalid as refused:
            yield from refused.faults
        columns = {name: COLUMNS[name] for name in ("nummer", "referentienummer")}
        reason = _("There is a klantcontact with the same number already.")
        yield from numbers_in_use(Contact.objects.exclude(pk=pk or 0), columns, said, reason)

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
        values = [str(uuid), *(getattr(contact, name) for name in READ), "{}"]
        return contact_shown(reading, [[] for _kind in KIN], [()] * len(KIN), [], values)

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


def wrong_as_a_whole(data: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a contact of which each field is right."""
    follows_up_for_nothing = data.get("indicatieContactGelukt") and data.get("verdereActieOndernomen")
    return _no_follow_up(FollowUpNotNeeded()).faults if follows_up_for_nothing else []


def _no_follow_up(refusal: FollowUpNotNeeded) -> Invalid:
    return invalid(NON_FIELD, str(refusal), code="no-further-action-when-contact-succesful")


def refused_as(refusal: Refusal) -> Refused:
    """Return what the standard calls a refusal to keep a contact; those it has no code for get one of ours."""
    if isinstance(refusal, FollowUpNotNeeded):
        return _no_follow_up(refusal)
    if isinstance(refusal, NumberInUse):
        name = "nummer" if refusal.parameters.get("field") == "number" else "referentienummer"
        reason = _("There is a klantcontact with the same number already.")
        return invalid(name, reason, code="unique")
    if isinstance(refusal, AnswerMustStay):
        return invalid("reactie", str(refusal), code="answer-must-stay")
    if isinstance(refusal, NobodyWouldSeeIt):
        return invalid("vertrouwelijk", str(refusal), code="nobody-would-see-it")
    raise refusal


def _check_channel(channel: Any) -> None:
    allowed = settings.API_CHANNELS
    if isinstance(channel, str) and allowed and channel.strip() not in allowed:
        reason = _("“%(channel)s” is not a valid kanaal. Allowed values: %(allowed)s")
        raise invalid("kanaal", reason % {"channel": channel, "allowed": ", ".join(allowed)})


def _told(data: dict[str, Any]) -> ContactTold:
    _check_channel(data.get("kanaal"))
    told: ContactTold = {COLUMNS[name]: value for name, value in data.items()}  # type: ignore[assignment]  # by COLUMNS
    return told
