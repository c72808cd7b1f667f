"""How contacts are shown: one from a single query, a page of them from three, with the ids of what hangs together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import msgspec

from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, rows
from aanspreekpunt.api.klantinteracties.resources.actoren import actor_columns, actor_shown
from aanspreekpunt.questions.languages import three_letters_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aanspreekpunt.api.klantinteracties.contract.resource import Reading

KIN: Final = (
    ("hadBetrokkenen", "betrokkenen", "participant"),
    ("gingOverOnderwerpobjecten", "onderwerpobjecten", "questions_subjectlink"),
    ("omvatteBijlagen", "bijlagen", "questions_attachment"),
    ("leiddeTotInterneTaken", "internetaken", "task"),
)
"""What a contact holds: its name in the standard, the path of its kind, and our table."""

NAMES: Final = tuple(name for name, _path, _table in KIN)

READ: Final = (
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
_OWN: Final = ", ".join(f"t.{name}" for name in (*READ, "metadata"))

# One contact is read in one statement. A page is read in three, which costs the database half of that for each.
_HELD: Final = ", ".join(
    f"ARRAY(SELECT ARRAY[k.id::text, k.uuid::text] FROM {table} k WHERE k.contact_id = t.id ORDER BY k.id)"  # noqa: S608 - names of our own
    for _name, _path, table in KIN
)
_DEALT_WITH: Final = (
    f"(SELECT json_agg(json_build_array({actor_columns('a')}) ORDER BY held.id)::text FROM contact_actor held"  # noqa: S608 - names of our own
    " JOIN actor a ON a.id = held.actor_id WHERE held.contact_id = t.id)"
)
ONE: Final = f"SELECT t.id, {_HELD}, {_DEALT_WITH}, t.uuid::text, {_OWN} FROM contact t"  # noqa: S608 - names of our own
_PAGE: Final = f"SELECT t.id, t.uuid::text, {_OWN} FROM contact t WHERE t.id {AMONG}"  # noqa: S608 - names of our own
_KIN_OF_PAGE: Final = " UNION ALL ".join(
    [
        *(
            f"SELECT {place}, contact_id, id, uuid::text FROM {table} WHERE contact_id {AMONG}"  # noqa: S608 - names of our own
            for place, (_name, _path, table) in enumerate(KIN)
        ),
        f"SELECT {len(KIN)}, contact_id, id, actor_id::text FROM contact_actor WHERE contact_id {AMONG} ORDER BY 3",  # noqa: S608 - names of our own
    ]
)
_ACTORS: Final = f"SELECT a.id::text, {actor_columns('a')} FROM actor a WHERE a.id {AMONG}"  # noqa: S608 - names of our own


def one_contact(reading: Reading, select: str, values: list[Any]) -> dict[int, Record]:
    """Return the contact that a select with the columns of `ONE` finds, or none."""
    found = {}
    for pk, *columns in rows(select, values):
        *kin, dealt_with = columns[: len(KIN) + 1]
        actors = [actor_shown(reading, *each) for each in msgspec.json.decode(dealt_with or "[]")]
        found[pk] = contact_shown(reading, dict(zip(NAMES, kin, strict=True)), actors, columns[len(KIN) + 1 :])
    return found


def page_of_contacts(reading: Reading, ids: list[int]) -> dict[int, Record]:
    """Return several contacts."""
    kin: tuple[dict[int, list[tuple[int, str]]], ...] = tuple(defaultdict(list) for _each in range(len(NAMES) + 1))
    for place, contact, pk, uuid in rows(_KIN_OF_PAGE, [ids] * len(kin)):
        kin[place][contact].append((pk, uuid))
    *held, dealt_with = kin
    wanted = {int(actor) for each in dealt_with.values() for _pk, actor in each}
    actors = {pk: actor_shown(reading, *values) for pk, *values in rows(_ACTORS, [list(wanted)])} if wanted else {}
    found = {}
    for pk, *columns in rows(_PAGE, [ids]):
        own_kin = {name: of_contacts.get(pk, ()) for name, of_contacts in zip(NAMES, held, strict=True)}
        own_actors = [actors[actor] for _pk, actor in dealt_with.get(pk, ()) if actor in actors]
        found[pk] = contact_shown(reading, own_kin, own_actors, columns)
    return found


def contact_shown(
    reading: Reading, kin: Mapping[str, Sequence[Sequence[Any]]], actors: list[dict[str, Any]], own: list[Any]
) -> Record:
    """Return a contact from what it holds by name, who dealt with it, and its uuid, `READ` and metadata."""
    uuid, number, reference, channel, subject, text, reply, succeeded, kind, follow_up, *rest = own
    told_language, language, is_confidential, occurred_at, metadata = rest
    links = {name: [reading.link(path, each) for _pk, each in kin[name]] for name, path, _table in KIN}
    body = {
        **reading.link("klantcontacten", uuid),
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
