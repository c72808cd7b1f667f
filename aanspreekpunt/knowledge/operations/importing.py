"""Bringing in answers from a file of somebody else: row by row, so that one bad row never loses the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, Literal

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.exchange.names import UplNames
from aanspreekpunt.knowledge.exchange.rows import RefusedRow
from aanspreekpunt.knowledge.exchange.shapes import Shape, read_answers
from aanspreekpunt.knowledge.import_reports import reason_why, sentence_of
from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.knowledge.models.articles import CONTENT
from aanspreekpunt.knowledge.operations.putting import put_answer
from aanspreekpunt.knowledge.refusals import (
    DaysAreInWrongOrder,
    IsBeingWritten,
    KeyIsTaken,
    TextIsIncomplete,
    ValuesAreMissing,
    VariableCannotBeRead,
)
from aanspreekpunt.organisation.models import Employee, Team

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.knowledge.exchange.rows import ArticleRow, ReadRow

Outcome = Literal["created", "changed", "unchanged", "refused"]

_OUR_OWN = (Shape.JSON_LINES, Shape.SHEET)
_NOT_TO_PUBLISH = ("review", "withdrawn")
_FIELD_OF: dict[type[Refusal], str] = {
    DaysAreInWrongOrder: "valid_until",
    TextIsIncomplete: "answer",
    IsBeingWritten: "key",
    KeyIsTaken: "key",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What imported answers may be about here: products by key, and the names of the UPL with their addresses."""

    product_keys: Collection[str]
    upl: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How answers come in: published or as drafts, only tried or kept, and for which owner when a row names none."""

    is_published: bool = False
    is_only_tried: bool = False
    owner: Employee | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one row: its number in the file, and for a refused one which field and why.

    `original` is the beginning of what was refused. `remarks` are what somebody should know about a row that came in.
    """

    number: int
    outcome: Outcome
    key: str = ""
    field: str = ""
    reason: str = ""
    original: str = ""
    remarks: tuple[str, ...] = ()


def import_answers(
    *, file: BinaryIO, shape: Shape, known: Known, wish: Wish, by: Actor, at: datetime
) -> Iterator[Imported]:
    """Bring in each answer of `file`, in a transaction of its own, and say of each row what became of it.

    A row with a key that exists here changes that answer, so the same file can come again without doubles, also after
    it was broken off; what the row leaves empty stays as it is here. With `wish.is_published` the answers are
    published: of our own two shapes those that the file does not call withdrawn or under review, of the others those it
    calls published. One whose local values are not all confirmed stays a draft, with a remark.
    """
    teams = set(Team.objects.values_list("key", flat=True))
    for item in read_answers(file, shape=shape, names=UplNames(known.upl)):
        if isinstance(item, RefusedRow):
            reason = reason_why(item)
            yield Imported(
                number=item.number, outcome="refused", field=item.field, reason=reason, original=item.original
            )
        else:
            yield _import_row(item, shape, known, teams, wish, by=by, at=at)


def _import_row(
    read: ReadRow, shape: Shape, known: Known, teams: Collection[str], wish: Wish, *, by: Actor, at: datetime
) -> Imported:
    unknown = [name for name in read.row.upl_names if name not in known.upl]
    if unknown:
        reason = _("The Uniforme Productnamenlijst has no name “%(name)s”.") % {"name": unknown[0]}
        return _refused(read, "upl_names", reason)
    if read.row.state == "withdrawn":
        return _refused(read, "state", _("The file says that this answer was withdrawn."))
    row, left_out = _fitting(read.row, known, teams)
    owner, about_owner = _owner_of(row, wish)
    remarks = [*(sentence_of(remark) for remark in read.remarks), *left_out, *about_owner]
    is_published = wish.is_published and _is_to_publish(row, shape)
    try:
        outcome, about_values = _put(row, is_published=is_published, owner=owner, wish=wish, by=by, at=at)
    except VariableCannotBeRead as refusal:
        return _refused(read, refusal.field, str(refusal))
    except Refusal as refusal:
        return _refused(read, _FIELD_OF.get(type(refusal), ""), str(refusal))
    except (DataError, IntegrityError):
        return _refused(read, "", _("The database cannot keep this answer."))
    return Imported(number=read.number, outcome=outcome, key=row.key, remarks=(*remarks, *about_values))


def _put(
    row: ArticleRow, *, is_published: bool, owner: Employee | None, wish: Wish, by: Actor, at: datetime
) -> tuple[Outcome, list[str]]:
    """Keep one answer, as a draft when it cannot be published for want of values."""
    content = _content_of(row)
    origin = row.external_id or "import"
    given = {"key": row.key, "content": content, "origin": origin, "owner": owner, "by": by, "at": at}
    remarks: list[str] = []
    with transaction.atomic():
        try:
            outcome = put_answer(is_published=is_published, **given)  # type: ignore[arg-type]  # as collected above
        except ValuesAreMissing as refusal:
            remarks.append(_("Not published. %(reason)s") % {"reason": refusal})
            outcome = put_answer(is_published=False, **given)  # type: ignore[arg-type]  # as collected above
        if wish.is_only_tried:
            transaction.set_rollback(True)
    return outcome, remarks


def _content_of(row: ArticleRow) -> Content:
    """Return what a row says; what it leaves empty stays as it is here, because most shapes cannot hold everything."""
    newest = Version.objects.filter(article__key=row.key).order_by("-number").first()
    here = Content.of(newest) if newest else None
    return Content(**{name: getattr(row, name) or getattr(here, name, getattr(row, name)) for name in CONTENT})


def _is_to_publish(row: ArticleRow, shape: Shape) -> bool:
    return row.state not in _NOT_TO_PUBLISH if shape in _OUR_OWN else row.state == "published"


def _fitting(row: ArticleRow, known: Known, teams: Collection[str]) -> tuple[ArticleRow, list[str]]:
    """Return the row without products and teams that are not here, and what was left out of it."""
    products = tuple(key for key in row.product_keys if key in known.product_keys)
    own_teams = tuple(key for key in row.team_keys if key in teams)
    gone = [key for key in (*row.product_keys, *row.team_keys) if key not in {*products, *own_teams}]
    remarks = [_("There is no “%(key)s” here, so that was left out.") % {"key": key} for key in gone]
    return replace(row, product_keys=products, team_keys=own_teams), remarks


def _owner_of(row: ArticleRow, wish: Wish) -> tuple[Employee | None, list[str]]:
    """Return who is to own a new answer: whom the row names if he works here, else whom the import names."""
    if not row.owner:
        return wish.owner, []
    owner = Employee.objects.filter(email__iexact=row.owner, is_active=True).first()
    return (owner, []) if owner else (wish.owner, [_("Nobody here has the address of the owner; it was left out.")])


def _refused(read: ReadRow, field: str, reason: str) -> Imported:
    return Imported(
        number=read.number, outcome="refused", key=read.row.key, field=field, reason=reason, original=read.row.question
    )
