"""The "SDG kennisartikel" object type: a product text in sections, in Dutch and perhaps English.

Read: the sections of one object become one answer, each under its own heading. Written: the whole answer is the
introduction. It has no place for follow-up questions, products of our own, an area, a target group, an owner or an end
date, holds one product name, one audience, and of our states only whether it was published and since when.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from aanspreekpunt.knowledge.exchange.losses import lost_fields
from aanspreekpunt.knowledge.exchange.names import own_address
from aanspreekpunt.knowledge.exchange.objects import Found, identity_fields, read_objects, uuid_of, wrapped
from aanspreekpunt.knowledge.exchange.reading import read_row
from aanspreekpunt.knowledge.exchange.rows import ArticleRow, Item, Reason, Remark, RemarkKind, refused
from aanspreekpunt.knowledge.exchange.vac import AUDIENCES, inner_texts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from aanspreekpunt.knowledge.exchange.names import UplNames

HELD = frozenset(
    (
        *("key", "external_id", "question", "question_en", "answer", "answer_en", "desk_note", "search_words"),
        *("upl_names", "team_keys", "audience", "state", "valid_from", "changed_at"),
    )
)
NO_NAME_YET = "UPL-naam nog niet beschikbaar"
"""What the national list itself says of a product without a name."""
_SECTIONS = {
    "procedureBeschrijving": ("Aanvragen", "How to apply"),
    "vereisten": ("Voorwaarden", "Conditions"),
    "bewijs": ("Wat u nodig heeft", "What you need"),
    "kostenEnBetaalmethoden": ("Kosten", "Costs"),
    "uitersteTermijn": ("Hoe lang het duurt", "How long it takes"),
    "wtdBijGeenReactie": ("Geen reactie", "No reply"),
    "bezwaarEnBeroep": ("Niet mee eens", "If you disagree"),
    "notice": ("Bijzonderheden", "Please note"),
    "contact": ("Contact", "Contact"),
}
_LANGUAGES = ("nl", "en")


class Organisation(NamedTuple):
    """The municipality as registers know it: two addresses and a name, and until when it exists."""

    address: str
    owms_identifier: str
    label: str
    ends_at: str = "9999-12-31T00:00:00Z"


def read_kennisartikelen(file: BinaryIO, *, names: UplNames) -> Iterator[Item]:
    """Return each knowledge article as a row."""
    return read_objects(file, lambda found: _read_one(found, names))


def write_kennisartikelen(
    rows: Iterable[ArticleRow], *, names: UplNames, organisation: Organisation, at: dt.datetime
) -> Iterator[bytes]:
    """Return one record per line; `at` is the moment of change of an answer that does not know its own."""
    for row in rows:
        data = kennisartikel_of(row, names, organisation, at)
        record = wrapped(data, key=row.key, on=at.date().isoformat())
        yield json.dumps(record, ensure_ascii=False).encode() + b"\n"


def lost_in_kennisartikel(row: ArticleRow) -> tuple[Remark, ...]:
    """Return what of an answer has no place in a knowledge article."""
    narrowed = [
        ("upl_names", ", ".join(row.upl_names), len(row.upl_names) > 1),
        ("audience", ", ".join(row.audience), len(row.audience) != 1),
        ("state", row.state, row.state not in {"draft", "published"} or (row.state == "published" and not _since(row))),
        ("valid_from", str(row.valid_from), row.valid_from is not None and row.state != "published"),
    ]
    remarks = (Remark(RemarkKind.NARROWED, field, detail) for field, detail, is_lost in narrowed if is_lost)
    return (*lost_fields(row, HELD), *remarks)


def kennisartikel_of(row: ArticleRow, names: UplNames, organisation: Organisation, at: dt.datetime) -> dict[str, Any]:
    """Return the data of a knowledge article."""
    since = _since(row)
    texts = [_translation(row, "nl", at)]
    if row.question_en or row.answer_en:
        texts.append(_translation(row, "en", at))
    return {
        "url": own_address(row.key),
        "uuid": uuid_of(row.key),
        "upnUri": names.address_of(row.upl_names[0] if row.upl_names else NO_NAME_YET),
        "publicatieDatum": since.isoformat() if since and row.state == "published" else None,
        "productAanwezig": True,
        "productValtOnder": None,
        "verantwoordelijkeOrganisatie": {
            "url": organisation.address,
            "owmsIdentifier": organisation.owms_identifier,
            "owmsPrefLabel": organisation.label,
            "owmsEndDate": organisation.ends_at,
        },
        "locaties": None,
        "doelgroep": "eu-bedrijf" if row.audience == ("business",) else "eu-burger",
        "afdelingen": [{"afdelingnaam": team, "afdelingNaam": team} for team in row.team_keys],  # both are in use
        "vertalingen": texts,
        "beschikbareTalen": [text["taal"] for text in texts],
    }


def _since(row: ArticleRow) -> dt.date | None:
    return row.valid_from or (row.changed_at.date() if row.changed_at else None)


def _translation(row: ArticleRow, language: str, at: dt.datetime) -> dict[str, Any]:
    changed_at = (row.changed_at or at).isoformat()
    if language == "en":
        return {"taal": "en", "titel": row.question_en, "tekst": row.answer_en, "datumWijziging": changed_at}
    return {
        "taal": "nl",
        "titel": row.question,
        "tekst": row.answer,
        "deskMemo": row.desk_note,
        "trefwoorden": [{"trefwoord": word} for word in row.search_words],
        "datumWijziging": changed_at,
    }


def _read_one(found: Found, names: UplNames) -> Item:
    data, number = found.data, found.number
    texts = data.get("vertalingen")
    if not isinstance(texts, list):
        return refused(number, "vertalingen", Reason.NOT_A_LIST, texts)
    by_language = {text.get("taal"): text for text in texts if isinstance(text, dict) and _is_text(text.get("taal"))}
    dutch, english = (by_language.get(language, {}) for language in _LANGUAGES)
    if not dutch:
        return refused(number, "vertalingen", Reason.NO_DUTCH, texts)
    audience, product, published_on = data.get("doelgroep"), data.get("upnUri"), data.get("publicatieDatum")
    if not isinstance(audience, str) or audience not in AUDIENCES:
        return refused(number, "doelgroep", Reason.NOT_A_CHOICE, audience)
    name = names.name_of(product) if isinstance(product, str) else ""
    values = {
        **identity_fields(found, "kennisartikel", fallback=str(dutch.get("titel", ""))),
        "question": dutch.get("titel"),
        "answer": _joined(dutch, 0),
        "question_en": english.get("titel"),
        "answer_en": _joined(english, 1),
        "desk_note": dutch.get("deskMemo"),
        "search_words": inner_texts(dutch.get("trefwoorden"), "trefwoord"),
        "team_keys": inner_texts(data.get("afdelingen"), "afdelingnaam", "afdelingNaam"),
        "upl_names": [name] if name and name != NO_NAME_YET else [],
        "audience": AUDIENCES[audience],
        "state": "published" if published_on else "draft",
        "valid_from": published_on,
        "changed_at": dutch.get("datumWijziging"),
    }
    return read_row(values, number=number, remarks=_remarks(by_language))


def _remarks(by_language: dict[Any, Any]) -> tuple[Remark, ...]:
    other = [str(language)[:20] for language in by_language if language not in _LANGUAGES]
    return tuple(Remark(RemarkKind.UNKNOWN_FIELD, "vertalingen", language) for language in other[:20])


def _joined(text: dict[str, Any], language: int) -> Any:
    """Return the sections of a text as one Markdown text; a section that is no text as it is, to be refused."""
    beginning = text.get("tekst")
    pieces = [beginning] if beginning else []
    for section, headings in _SECTIONS.items():
        value = text.get(section)
        if value and not isinstance(value, str):
            return value
        if value and value.strip():
            pieces.append(f"## {headings[language]}\n\n{value}")
    if beginning and not isinstance(beginning, str):
        return beginning
    return "\n\n".join(pieces)


def _is_text(value: object) -> bool:
    return isinstance(value, str)
