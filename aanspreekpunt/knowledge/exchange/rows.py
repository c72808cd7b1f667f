"""One answer as it is exchanged, and what can be said about one that was read."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

STATES = ("draft", "review", "published", "withdrawn")
AUDIENCES = ("resident", "business")
LONGEST_ORIGINAL = 2_000
"""Characters of what was refused that are kept to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An answer outside the database: every field an article has, in plain values.

    `key` identifies it here; `external_id` there, with the kind of source before a colon ("vac:…"). `owner` is the mail
    address of an employee. English is there in full (question and answer) or not at all. `answer` and `answer_en` are
    Markdown with variables not filled in.
    """

    key: str
    question: str
    answer: str
    external_id: str = ""
    question_en: str = ""
    answer_en: str = ""
    desk_note: str = ""
    ask: tuple[str, ...] = ()
    search_words: tuple[str, ...] = ()
    product_keys: tuple[str, ...] = ()
    upl_names: tuple[str, ...] = ()
    team_keys: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    area: str = ""
    target_group: str = ""
    owner: str = ""
    state: str = "draft"
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    changed_at: dt.datetime | None = None


FIELDS = tuple(field.name for field in dataclasses.fields(ArticleRow))
LIST_FIELDS = ("ask", "search_words", "product_keys", "upl_names", "team_keys", "audience")
DATE_FIELDS = ("valid_from", "valid_until")
TIME_FIELDS = ("changed_at",)
TEXT_FIELDS = tuple(name for name in FIELDS if name not in {*LIST_FIELDS, *DATE_FIELDS, *TIME_FIELDS})
NARROW_TEXT_FIELDS = ("key", "external_id", "question", "question_en", "area", "target_group", "owner", "state")
MARKDOWN_FIELDS = ("answer", "answer_en", "desk_note")


class Reason(StrEnum):
    """Why a row was refused. What to say about it stands in `knowledge.import_reports`."""

    MISSING = "missing"
    NOT_TEXT = "not_text"
    NOT_A_LIST = "not_a_list"
    NOT_A_DATE = "not_a_date"
    NOT_A_KEY = "not_a_key"
    NOT_A_CHOICE = "not_a_choice"
    TOO_LONG = "too_long"
    UNREADABLE_CHARACTER = "unreadable_character"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    NOT_AN_OBJECT = "not_an_object"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    DOUBLE_KEY = "double_key"
    DOUBLE_ROW = "double_row"
    MISSING_COLUMN = "missing_column"
    TOO_MANY_CELLS = "too_many_cells"
    NOT_A_SHEET = "not_a_sheet"
    UNREADABLE_ENCODING = "unreadable_encoding"
    FILE_TOO_LARGE = "file_too_large"
    NO_DUTCH = "no_dutch"


class RemarkKind(StrEnum):
    """What somebody should know about a row that was read, or about what an export cannot hold."""

    DANGEROUS_LINK = "dangerous_link"
    HTML = "html"
    MALFORMED_VARIABLE = "malformed_variable"
    UNKNOWN_FIELD = "unknown_field"
    NO_PLACE = "no_place"
    NARROWED = "narrowed"
    GUESSED_ENCODING = "guessed_encoding"
    HALF_ENGLISH = "half_english"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about one field of a row; `detail` is a piece of what is written there."""

    kind: RemarkKind
    field: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that was read, with its number in the file (from 1; for a sheet or lines, the line it begins on)."""

    number: int
    row: ArticleRow
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not read: where, which field (empty: the whole row), why, and how what stood there begins."""

    number: int
    field: str
    reason: Reason
    original: str = ""


Item = ReadRow | RefusedRow


def refused(number: int, field: str, reason: Reason, original: object = "") -> RefusedRow:
    """Return a refusal with as much of the original as is useful to show."""
    return RefusedRow(number, field, reason, _shown(original)[:LONGEST_ORIGINAL])


def _shown(original: object) -> str:
    if isinstance(original, str):
        return original
    try:
        return repr(original)
    except RecursionError:
        return "…"
