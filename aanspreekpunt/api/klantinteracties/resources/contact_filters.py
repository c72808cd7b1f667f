"""What the list of contacts can be narrowed by: the filters of the standard, and those we add."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Kind, Where, text, url, uuid, yes_no
from aanspreekpunt.api.klantinteracties.resources.address_filters import having_address_part
from aanspreekpunt.api.klantinteracties.resources.identifying import number_filters
from aanspreekpunt.api.klantinteracties.resources.pointing import pointer_filters
from aanspreekpunt.questions.by_part import having_part, having_words

SEEN: Final = "[seen]"
"""Stands in a condition that looks at contacts as `seen`, before any value: which of those exist for the caller."""

_PARTICIPANT: Final = "t.id IN (SELECT p.contact_id FROM participant p WHERE {})"
_OF_PARTY: Final = (
    "t.id IN (SELECT p.contact_id FROM participant p JOIN parties_party party ON party.id = p.party_id"
    " WHERE party.uuid = %s)"
)
_ADDRESS: Final = (
    "t.id IN (SELECT p.contact_id FROM participant p JOIN parties_digitaladdress d ON d.participant_id = p.id WHERE {})"
)
_IDENTIFIED: Final = (
    "t.id IN (SELECT p.contact_id FROM participant p JOIN parties_partyidentifier i ON i.party_id = p.party_id"
    " WHERE {})"
)
_WITH_PARTY: Final = "EXISTS (SELECT FROM participant p WHERE p.contact_id = t.id AND p.party_id IS NOT NULL)"
_WITHOUT_PARTY: Final = (
    "EXISTS (SELECT FROM participant p WHERE p.contact_id = t.id AND p.party_id IS NULL)"
    " OR NOT EXISTS (SELECT FROM participant p WHERE p.contact_id = t.id)"
)
_ABOUT: Final = "t.id IN (SELECT s.contact_id FROM questions_subjectlink s WHERE {})"
_WAS: Final = (
    "t.id IN (SELECT s.was_contact_id FROM questions_subjectlink s LEFT JOIN contact seen ON seen.id = s.contact_id"
    " WHERE (s.contact_id IS NULL OR [seen]) AND {})"
)
"""What another contact says it was; a link that no contact has hides nothing."""
_CONVERSATION: Final = (
    "t.id = ANY(ARRAY(SELECT kin.id FROM contact seen"
    " JOIN contact kin ON kin.id = seen.id OR kin.question_id = seen.question_id"
    " WHERE [seen] AND (seen.uuid = %s OR seen.id = (SELECT task.contact_id FROM task WHERE task.uuid = %s))))"
)
_SAID: Final = "t.has_succeeded IS NOT NULL AND {}"  # as its index says it
HAS_TASK: Final = "EXISTS (SELECT FROM task WHERE task.contact_id = t.id)"
HAS_NO_TASK: Final = f"NOT {HAS_TASK}"


def _part_of(field: str, *, about: str) -> Filter:
    return Filter(kind=Kind.TEXT, where=lambda value: _searched(*having_part(value, field=field)), about=about)


def _searched(condition: str, values: list[str]) -> Where:
    return Where(condition, tuple(values), is_search=True)


def _subject_filters(prefix: str, within: str) -> dict[str, Filter]:
    return {
        **pointer_filters(f"{prefix}__onderwerpobjectidentificator", "s", within=within),
        f"{prefix}__url": url("s.uuid = %s", within=within, about="URL van het onderwerpobject."),
        f"{prefix}__uuid": uuid("s.uuid = %s", within=within, about="UUID van het onderwerpobject."),
    }


def as_seen(where: Where, visible: list[Where]) -> Where:
    """Return a condition with what `visible` asks of the contacts it looks at as `seen`."""
    if SEEN not in where.sql:
        return where
    sql = " AND ".join(f"({each.sql})" for each in visible) or "TRUE"
    values = tuple(value for each in visible for value in each.values)
    return replace(where, sql=where.sql.replace(SEEN, sql, 1), values=(*values, *where.values))


FILTERS: Final[dict[str, Filter]] = {
    "gesprek": uuid(
        _CONVERSATION,
        is_ours=True,
        about="UUID van een klantcontact of interne taak: alle contacten van dezelfde vraag (toevoeging).",
    ),
    "hadBetrokkene__digitaaladres__adres__icontains": having_address_part(
        _ADDRESS, table="d", about="Deel van een digitaal adres."
    ),
    "hadBetrokkene__url": url(_PARTICIPANT.format("p.uuid = %s"), about="URL van een betrokkene."),
    "hadBetrokkene__uuid": uuid(_PARTICIPANT.format("p.uuid = %s"), about="UUID van een betrokkene."),
    "hadBetrokkene__wasPartij": yes_no(yes=_WITH_PARTY, no=_WITHOUT_PARTY, about="Of een betrokkene een partij was."),
    **number_filters("hadBetrokkene__wasPartij__partijIdentificator", within=_IDENTIFIED),
    "hadBetrokkene__wasPartij__url": url(_OF_PARTY, about="URL van de partij."),
    "hadBetrokkene__wasPartij__uuid": uuid(_OF_PARTY, about="UUID van de partij."),
    "indicatieContactGelukt": yes_no(
        yes=_SAID.format("t.has_succeeded"),
        no=_SAID.format("NOT t.has_succeeded"),
        kept="has_succeeded",
        about="Of het contact lukte.",
    ),
    "inhoud": _part_of("text", about="Een deel van de inhoud, ongeacht hoofdletters."),
    "kanaal": text("t.channel_name = %s", kept="channel_name", about="Het kanaal."),
    "leiddeTotInterneTaken": yes_no(yes=HAS_TASK, no=HAS_NO_TASK, about="Of er een interne taak uit kwam."),
    "nummer": text("t.number = %s", deprecated=True),
    "onderwerp": _part_of("subject", about="Een deel van het onderwerp, ongeacht hoofdletters."),
    **_subject_filters("onderwerpobject", _ABOUT),
    "plaatsgevondenOp": Filter(kind=Kind.MOMENT, sql="t.occurred_at = %s", about="Precies toen."),
    "plaatsgevondenOp__gte": Filter(
        kind=Kind.MOMENT, sql="t.occurred_at >= %s", is_ours=True, about="Toen of later (toevoeging)."
    ),
    "plaatsgevondenOp__lte": Filter(
        kind=Kind.MOMENT, sql="t.occurred_at <= %s", is_ours=True, about="Toen of eerder (toevoeging)."
    ),
    "reactie": _part_of("reply", about="Een deel van de reactie, ongeacht hoofdletters."),
    "referentienummer": text("t.reference_number = %s", about="Het referentienummer."),
    "vertrouwelijk": yes_no(
        yes="t.is_confidential", no="NOT t.is_confidential", kept="is_confidential", about="Of het vertrouwelijk is."
    ),
    **_subject_filters("wasOnderwerpobject", _WAS),
    "zoek": Filter(
        where=lambda value: _searched(*having_words(value)),
        is_ours=True,
        about="Woorden in onderwerp, inhoud of reactie, in welke vorm ook (toevoeging).",
    ),
}
"""The filters on contacts by name."""
