"""From loose values to a row, or to the reason why not: the one judge for all shapes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from aanspreekpunt.knowledge.exchange.rows import (
    AUDIENCES,
    DATE_FIELDS,
    FIELDS,
    LIST_FIELDS,
    MARKDOWN_FIELDS,
    NARROW_TEXT_FIELDS,
    STATES,
    TEXT_FIELDS,
    TIME_FIELDS,
    ArticleRow,
    Item,
    ReadRow,
    Reason,
    Remark,
    RemarkKind,
    refused,
)
from aanspreekpunt.knowledge.rules.links import LinkKind, links_in
from aanspreekpunt.knowledge.rules.values import mistakes_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LONGEST_TEXT = 100_000
"""Characters in a text."""
LONGEST_LINE = 1_000
"""Characters in a question, a name or one piece of a list."""
LONGEST_LIST = 500
LONGEST_KEY = 120
_MOST_REMARKS = 20
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")
_HTML = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]{0,20}[\s/>]|!--)")


class _Refuse(Exception):
    """A value that cannot be used."""

    def __init__(self, field: str, reason: Reason, original: object) -> None:
        super().__init__()
        self.field = field
        self.reason = reason
        self.original = original


def read_row(values: Mapping[str, Any], *, number: int, remarks: tuple[Remark, ...] = ()) -> Item:
    """Return the row that loose values make (missing or None: the default), or why they make none.

    Without `key`, one is made from the question and `external_id`: the same each time, so that an import can be
    run again and changes the answers it made before.
    """
    try:
        row = _row_of(values)
    except _Refuse as refusal:
        return refused(number, refusal.field, refusal.reason, refusal.original)
    if bool(row.question_en.strip()) is not bool(row.answer_en.strip()):
        half = "answer_en" if row.answer_en else "question_en"
        remarks = (*remarks, Remark(RemarkKind.HALF_ENGLISH, half, getattr(row, half)[:200]))
        row = dataclasses.replace(row, question_en="", answer_en="")
    unknown = [Remark(RemarkKind.UNKNOWN_FIELD, str(name)[:LONGEST_LINE]) for name in values if name not in FIELDS]
    return ReadRow(number, row, (*remarks, *unknown[:_MOST_REMARKS], *_remarks_on(row)))


def _row_of(values: Mapping[str, Any]) -> ArticleRow:
    read: dict[str, Any] = {name: _READERS[name](name, values[name]) for name in FIELDS if values.get(name) is not None}
    for name in ("question", "answer"):
        if not read.get(name, "").strip():
            raise _Refuse(name, Reason.MISSING, values.get("question") or "")
    if not read.get("key"):
        read["key"] = made_key(read["question"], read.get("external_id", ""))
    row = ArticleRow(**read)
    if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
        raise _Refuse("valid_until", Reason.ENDS_BEFORE_IT_BEGINS, row.valid_until.isoformat())
    return row


def made_key(question: str, external_id: str) -> str:
    """Return a key for an answer that has none: from its `external_id` alone, so that it survives another question.

    An answer without either gets one from its question. A hash at the end makes it unique.
    """
    known_by = external_id or " ".join(question.split()).casefold()
    digest = hashlib.sha256(known_by.encode()).hexdigest()[:10]
    return f"{slug(known_by)[:80].rstrip('-') or 'antwoord'}-{digest}"


def slug(text: str) -> str:
    """Return a text as small letters, digits and single dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def external_id(source: str, identity: str) -> str:
    """Return the id under which a source knows an answer; a hash of it when it is long."""
    if len(identity) > LONGEST_LINE // 2:
        identity = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
    return f"{source}:{identity}"


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise _Refuse(name, Reason.NOT_TEXT, value)
    longest = LONGEST_LINE if name in NARROW_TEXT_FIELDS else LONGEST_TEXT
    if len(value) > longest:
        raise _Refuse(name, Reason.TOO_LONG, value)
    if _UNREADABLE.search(value):
        raise _Refuse(name, Reason.UNREADABLE_CHARACTER, value.encode("ascii", "backslashreplace").decode())
    return value


def _key(name: str, value: object) -> str:
    key = _text(name, value).strip()
    if key and (len(key) > LONGEST_KEY or not _KEY.fullmatch(key)):
        raise _Refuse(name, Reason.NOT_A_KEY, key)
    return key


def _state(name: str, value: object) -> str:
    state = _text(name, value).strip()
    if state and state not in STATES:
        raise _Refuse(name, Reason.NOT_A_CHOICE, state)
    return state or STATES[0]


def _list(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or len(value) > LONGEST_LIST:
        raise _Refuse(name, Reason.NOT_A_LIST, value)
    items = tuple(item for item in (_text(name, piece).strip() for piece in value) if item)
    for item in items:
        if len(item) > LONGEST_LINE:
            raise _Refuse(name, Reason.TOO_LONG, item)
        if name == "audience" and item not in AUDIENCES:
            raise _Refuse(name, Reason.NOT_A_CHOICE, item)
    return items


def _date(name: str, value: object) -> dt.date | None:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    text = _text(name, value).strip()
    try:
        return dt.date.fromisoformat(_iso(text)) if text else None
    except ValueError as error:
        raise _Refuse(name, Reason.NOT_A_DATE, text) from error


def _time(name: str, value: object) -> dt.datetime | None:
    """Return a moment with its zone; without one it is UTC."""
    if isinstance(value, dt.datetime):
        return value
    text = _text(name, value).strip()
    try:
        moment = dt.datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise _Refuse(name, Reason.NOT_A_DATE, text) from error
    return moment.replace(tzinfo=dt.UTC) if moment and moment.tzinfo is None else moment


def _iso(text: str) -> str:
    """Return a date as spreadsheets in the Netherlands write it (1-2-2026) the ISO way."""
    dutch = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text)
    return f"{dutch[3]}-{int(dutch[2]):02}-{int(dutch[1]):02}" if dutch else text


def _remarks_on(row: ArticleRow) -> tuple[Remark, ...]:
    found: list[Remark] = []
    for name in MARKDOWN_FIELDS:
        found += list(_remarks_in(name, getattr(row, name)))[:_MOST_REMARKS]
    return tuple(found)


def _remarks_in(name: str, text: str) -> Iterator[Remark]:
    for link in links_in(text):
        if link.kind is LinkKind.DANGEROUS:
            yield Remark(RemarkKind.DANGEROUS_LINK, name, link.address[:200])
    markup = _HTML.search(text)
    if markup:
        yield Remark(RemarkKind.HTML, name, text[markup.start() : markup.start() + 60])
    for mistake in mistakes_in(text)[:_MOST_REMARKS]:
        yield Remark(RemarkKind.MALFORMED_VARIABLE, name, mistake.written[:200])


_READERS: dict[str, Callable[[str, object], object]] = {
    **dict.fromkeys(TEXT_FIELDS, _text),
    **dict.fromkeys(LIST_FIELDS, _list),
    **dict.fromkeys(DATE_FIELDS, _date),
    **dict.fromkeys(TIME_FIELDS, _time),
    "key": _key,
    "state": _state,
}
