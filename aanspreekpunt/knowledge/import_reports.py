"""What to say about rows that were refused, and about rows that were read with a remark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.knowledge.exchange.rows import Reason, RefusedRow, Remark, RemarkKind
from aanspreekpunt.knowledge.mistakes import what_is_wrong
from aanspreekpunt.knowledge.rules.values import mistakes_in

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REASONS: dict[Reason, StrPromise] = {
    Reason.MISSING: _("“%(field)s” is missing."),
    Reason.NOT_TEXT: _("“%(field)s” is not a text."),
    Reason.NOT_A_LIST: _("“%(field)s” is not a list of texts, or has more than 500 of them."),
    Reason.NOT_A_DATE: _("“%(field)s” is not a date. Write it as 2026-12-31."),
    Reason.NOT_A_KEY: _("“%(field)s” may only have small letters, digits and single dashes, 120 at most."),
    Reason.NOT_A_CHOICE: _("“%(field)s” has a value that does not exist."),
    Reason.TOO_LONG: _("“%(field)s” is too long."),
    Reason.UNREADABLE_CHARACTER: _("“%(field)s” holds a character that cannot be kept."),
    Reason.ENDS_BEFORE_IT_BEGINS: _("The answer would end before it begins."),
    Reason.NOT_AN_OBJECT: _("This is not an answer but something else."),
    Reason.NOT_JSON: _("This is not valid JSON."),
    Reason.TOO_DEEP: _("This JSON is nested too deeply."),
    Reason.DOUBLE_KEY: _("A name occurs twice in this JSON, so it is not clear which one counts."),
    Reason.DOUBLE_ROW: _("An earlier row of this file has the same key."),
    Reason.MISSING_COLUMN: _("The sheet has no column “%(field)s”. The first line must name the columns."),
    Reason.TOO_MANY_CELLS: _("This row has more cells than there are columns."),
    Reason.NOT_A_SHEET: _("This row cannot be read as part of a sheet. Perhaps a quotation mark is missing."),
    Reason.UNREADABLE_ENCODING: _("This is not UTF-8 text. Save the file as UTF-8."),
    Reason.FILE_TOO_LARGE: _("This file is too large to read at once. Split it, or put one answer on each line."),
    Reason.NO_DUTCH: _("There is no Dutch text that belongs to this one."),
}

REMARKS: dict[RemarkKind, StrPromise] = {
    RemarkKind.DANGEROUS_LINK: _("“%(field)s” has a dangerous link, which will not work: %(detail)s"),
    RemarkKind.HTML: _("“%(field)s” has HTML, which will be shown as text: %(detail)s"),
    RemarkKind.MALFORMED_VARIABLE: _("“%(field)s” has a variable that cannot be read: %(detail)s"),
    RemarkKind.UNKNOWN_FIELD: _("“%(field)s” has no place here and was left out. %(detail)s"),
    RemarkKind.NO_PLACE: _("“%(field)s” has no place in this kind of file and is left out. %(detail)s"),
    RemarkKind.NARROWED: _("“%(field)s” can only be written in part. %(detail)s"),
    RemarkKind.HALF_ENGLISH: _("The English question or answer is missing, so the English was left out. %(detail)s"),
    RemarkKind.GUESSED_ENCODING: _("The file is not UTF-8. It was read as Windows-1252; check the accents."),
}


def reason_why(refusal: RefusedRow) -> str:
    """Return why a row was refused, in the language of the screen. Plain text, not escaped."""
    field = refusal.field or "?"
    return str(REASONS[refusal.reason]) % {"field": field}


def sentence_of(remark: Remark) -> str:
    """Return what a remark says, in the language of the screen. Plain text, not escaped."""
    if remark.kind is RemarkKind.MALFORMED_VARIABLE and remark.detail:
        wrong = " ".join(map(what_is_wrong, mistakes_in(remark.detail)[:1]))
        return str(REMARKS[remark.kind]) % {"field": remark.field, "detail": wrong or remark.detail}
    return (str(REMARKS[remark.kind]) % {"field": remark.field, "detail": remark.detail}).strip()
