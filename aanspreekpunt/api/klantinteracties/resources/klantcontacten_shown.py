"""How contacts are shown: one from a single query, a page of them from two, with the ids of what hangs together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import msgspec

from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, rows
from aanspreekpunt.api.klantinteracties.resources.actoren import actor_columns, actor_shown
from aanspreekpunt.questions.languages import three_letters_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.resource import Reading

KIN: Final = (
    ("hadBetrokkenen", "betrokkenen", "participant"),
    ("gingOverOnderwerpobjecten", "onderwerpobjecten", "questions_subjectlink"),
    ("omvatteBijlagen", "bijlagen", "questions_attachment"),
    ("leiddeTotInterneTaken", "internetaken", "task"),
)
"""What a contact holds: its name in the standard, the path of its kind, and our table."""

NAMES: Final = tuple(name for name, _path, _table in KIN)
_PATHS: Final = tuple(path for _name, path, _table in KIN)

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

# One contact is read in one statement. A page is read in two, which costs the database half of that for each.
_HELD: Final = ", ".join(
    f"ARRAY(SELECT ARRAY[k.id::text, k.uuid::text] FROM {table} k WHERE k.contact_id = t.id ORDER BY k.id)"  # noqa: S608 - names of our own
    for _name, _path, table in KIN
)
_DEALT_WITH: Final = (
    f"(SELECT json_agg(json_build_array({actor_columns('a')}) ORDER BY held.id)::text FROM contact_actor held"  # noqa: S608 - names of our own
    " JOIN actor a ON a.id = held.actor_id WHERE held.contact_id = t.id)"
)
ONE: Final = f"SELECT t.id, {_HELD}, {_DEALT_WITH}, t.uuid::text, {_OWN} FROM contact t"  # noqa: S608 - names of our own
PAGE: Final = f"SELECT t.id, t.uuid::text, {_OWN} FROM contact t"  # noqa: S608 - names of our own
_ACTOR_NAMED, _ACTOR = len(KIN), len(KIN) + 1
"""Places, after those of the kin, of who dealt with a contact, and of each of them as a list of `actor_columns`."""
_KIN_OF_PAGE: Final = "WITH kin AS MATERIALIZED ({}) {}".format(
    " UNION ALL ".join(
        [
            *(
                f"SELECT {place} AS place, contact_id, id, uuid::text AS told FROM {table} WHERE contact_id {AMONG}"  # noqa: S608 - names of our own
                for place, (_name, _path, table) in enumerate(KIN)
            ),
            f"SELECT {_ACTOR_NAMED}, contact_id, id, actor_id::text FROM contact_actor WHERE contact_id {AMONG}",  # noqa: S608 - names of our own
        ]
    ),
    f"SELECT place, contact_id, id, told FROM kin UNION ALL SELECT {_ACTOR}, 0, a.id,"  # noqa: S608 - names of our own
    f" json_build_array({actor_columns('a')})::text FROM actor a"
    f" WHERE a.id IN (SELECT told::bigint FROM kin WHERE place = {_ACTOR_NAMED}) ORDER BY 3",
)

_Links = list[dict[str, str]]


def one_contact(reading: Reading, select: str, values: list[Any]) -> dict[int, Record]:
    """Return the contact that a select with the columns of `ONE` finds, or none."""
    found = {}
    for pk, *columns in rows(select, values):
        *kin, dealt_with = columns[: len(KIN) + 1]
        actors = [actor_shown(reading, *each) for each in msgspec.json.decode(dealt_with or "[]")]
        links = [
            [reading.link(path, uuid) for _pk, uuid in each]
            for (_name, path, _table), each in zip(KIN, kin, strict=True)
        ]
        ids = [tuple(int(one) for one, _uuid in each) for each in kin]
        found[pk] = contact_shown(reading, links, ids, actors, columns[len(KIN) + 1 :])
    return found


def contacts_shown(reading: Reading, found: Sequence[tuple[Any, ...]]) -> dict[int, Record]:
    """Return the contacts that a select with the columns of `PAGE` found, in its order. One query for all their kin."""
    links, ids, named, actors = _kin_of(reading, [row[0] for row in found])
    shown = {}
    for pk, *own in found:
        own_links = [of_contacts.get(pk, []) for of_contacts in links]
        own_ids = [tuple(of_contacts.get(pk, ())) for of_contacts in ids]
        own_actors = [actors[actor] for actor in named.get(pk, ()) if actor in actors]
        shown[pk] = contact_shown(reading, own_links, own_ids, own_actors, own)
    return shown


def _kin_of(
    reading: Reading, pks: list[int]
) -> tuple[list[dict[int, _Links]], list[dict[int, list[int]]], dict[int, list[int]], dict[int, dict[str, Any]]]:
    """Return the kin of contacts: by contact its links and ids in the order of `KIN` and ids of actors; the actors."""
    links: list[defaultdict[int, _Links]] = [defaultdict(list) for _kind in KIN]
    ids: list[defaultdict[int, list[int]]] = [defaultdict(list) for _kind in KIN]
    named: defaultdict[int, list[int]] = defaultdict(list)
    actors = {}
    for place, contact, pk, told in rows(_KIN_OF_PAGE, [pks] * (len(KIN) + 1)) if pks else ():
        if place < _ACTOR_NAMED:
            links[place][contact].append(reading.link(_PATHS[place], told))
            ids[place][contact].append(pk)
        elif place == _ACTOR_NAMED:
            named[contact].append(int(told))
        else:
            actors[pk] = actor_shown(reading, *msgspec.json.decode(told))
    return [*links], [*ids], named, actors


def contact_shown(
    reading: Reading,
    links: Sequence[_Links],
    ids: Sequence[tuple[int, ...]],
    actors: list[dict[str, Any]],
    own: Sequence[Any],
) -> Record:
    """Return a contact from its kin in the order of `KIN`, who dealt with it, and its uuid, `READ` and metadata."""
    uuid, number, reference, channel, subject, text, reply, succeeded, kind, follow_up, *rest = own
    told_language, language, is_confidential, occurred_at, metadata = rest
    participants, subjects, attachments, tasks = links
    body = {
        **reading.link("klantcontacten", uuid),
        "gingOverOnderwerpobjecten": subjects,
        "hadBetrokkenActoren": actors,
        "omvatteBijlagen": attachments,
        "hadBetrokkenen": participants,
        "leiddeTotInterneTaken": tasks,
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
    return Record(body, dict(zip(NAMES, ids, strict=True)))
