"""The VAC ("vraag-antwoordcombinatie") object type that Dutch contact centres share.

It has no place for English, follow-up questions, products of our own, an area, a target group, an owner or dates;
`lost_in_vac` says which of those an answer has. Its three states are fewer than ours: what waits for review comes back
as a draft.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from aanspreekpunt.knowledge.exchange.losses import lost_fields
from aanspreekpunt.knowledge.exchange.objects import Found, identity_fields, read_objects, wrapped
from aanspreekpunt.knowledge.exchange.reading import read_row
from aanspreekpunt.knowledge.exchange.rows import ArticleRow, Item, Reason, Remark, RemarkKind, refused

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from aanspreekpunt.knowledge.exchange.names import UplNames

HELD = frozenset(
    (
        *("key", "external_id", "question", "answer", "desk_note", "search_words", "upl_names", "team_keys"),
        *("audience", "state"),
    )
)
_STATES = {"actief": "published", "non-actief": "draft", "te-verwijderen": "withdrawn"}
_STATE_NAMES = {
    **{ours: theirs for theirs, ours in _STATES.items()},
    "review": "non-actief",
}
AUDIENCES = {
    "eu-burger": ("resident",),
    "eu-bedrijf": ("business",),
    "eu-burger-bedrijf": ("resident", "business"),
}
_KNOWN = frozenset(
    (
        *("vraag", "antwoord", "status", "doelgroep", "afdelingen", "toelichting", "trefwoorden"),
        *("gerelateerdeProducten", "url", "uuid", "id"),
    )
)


def read_vac(file: BinaryIO, *, names: UplNames) -> Iterator[Item]:
    """Return each VAC as a row. Fields that have no place here are named in remarks."""
    return read_objects(file, lambda found: _read_one(found, names))


def write_vac(rows: Iterable[ArticleRow], *, names: UplNames, on: dt.date) -> Iterator[bytes]:
    """Return one record per line, as an object register takes it; `on` is the day from which it holds."""
    for row in rows:
        record = wrapped(vac_of(row, names), key=row.key, on=on.isoformat())
        yield json.dumps(record, ensure_ascii=False).encode() + b"\n"


def lost_in_vac(row: ArticleRow) -> tuple[Remark, ...]:
    """Return what of an answer has no place in a VAC."""
    narrowed = []
    if row.state not in _STATES.values():
        narrowed.append(Remark(RemarkKind.NARROWED, "state", row.state))
    if not row.audience:
        narrowed.append(Remark(RemarkKind.NARROWED, "audience"))
    return (*lost_fields(row, HELD), *narrowed)


def vac_of(row: ArticleRow, names: UplNames) -> dict[str, Any]:
    """Return the data of a VAC."""
    audiences = {frozenset(ours): theirs for theirs, ours in AUDIENCES.items()}
    return {
        "vraag": row.question,
        "antwoord": row.answer,
        "status": _STATE_NAMES[row.state],
        "doelgroep": audiences.get(frozenset(row.audience), "eu-burger-bedrijf"),
        "afdelingen": [{"afdelingNaam": team} for team in row.team_keys],
        "toelichting": row.desk_note,
        "trefwoorden": [{"trefwoord": word} for word in row.search_words],
        "gerelateerdeProducten": [{"product": names.address_of(name)} for name in row.upl_names],
    }


def inner_texts(value: object, *keys: str) -> object:
    """Return the texts out of `[{"trefwoord": …}]`; anything else as it is, for the judge of rows to refuse."""
    if not isinstance(value, list):
        return value
    return [
        next((item[key] for key in keys if key in item), None) if isinstance(item, dict) else item for item in value
    ]


def _read_one(found: Found, names: UplNames) -> Item:
    data = found.data
    status, audience = data.get("status"), data.get("doelgroep")
    if not isinstance(status, str) or status not in _STATES:
        return refused(found.number, "status", Reason.NOT_A_CHOICE, status)
    if not isinstance(audience, str) or audience not in AUDIENCES:
        return refused(found.number, "doelgroep", Reason.NOT_A_CHOICE, audience)
    products = inner_texts(data.get("gerelateerdeProducten"), "product")
    values = {
        **identity_fields(found, "vac", fallback=str(data.get("vraag", ""))),
        "question": data.get("vraag"),
        "answer": data.get("antwoord"),
        "desk_note": data.get("toelichting"),
        "state": _STATES[status],
        "audience": AUDIENCES[audience],
        "search_words": inner_texts(data.get("trefwoorden"), "trefwoord"),
        "team_keys": inner_texts(data.get("afdelingen"), "afdelingNaam", "afdelingnaam"),
        "upl_names": [names.name_of(one) if isinstance(one, str) else one for one in products]
        if isinstance(products, list)
        else products,
    }
    unknown = tuple(Remark(RemarkKind.UNKNOWN_FIELD, str(name)[:200]) for name in data if name not in _KNOWN)
    return read_row(values, number=found.number, remarks=unknown[:20])
