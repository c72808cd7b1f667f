"""Answers as a list shows them: what each needs, whose it is, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aanspreekpunt.desk.editing.choice import RANKS
from aanspreekpunt.knowledge.models import Chore, Version
from aanspreekpunt.knowledge.queries.lists import Rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from aanspreekpunt.knowledge.queries.lists import AnswerRow
    from aanspreekpunt.organisation.models import Employee

BANDS = {Rank.WRONG: "overdue", Rank.PROPOSED: "now", Rank.REVIEW: "now", Rank.DRAFT: "soon", Rank.EXPIRING: "soon"}
CHORES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in a list."""

    key: str
    url: str
    question: str
    band: str
    rank_name: str
    needs: tuple[str, ...]
    owner: str
    is_mine: bool
    has_english: bool
    changed_at: datetime


def rank_names() -> list[tuple[str, str]]:
    """Return the states one can choose, as they stand in an address, with their names."""
    names = _names()
    return [(name, names[rank]) for name, rank in RANKS.items()]


def answer_rows(rows: Iterable[AnswerRow], *, reader: Employee, on: date, is_editor: bool) -> list[Row]:
    """Return these answers as a list shows them to `reader`."""
    names = _names()
    return [
        Row(
            key=row.key,
            url=reverse("desk:answer", args=[row.key]),
            question=row.shown.shown_question,
            band=BANDS.get(Rank(row.rank), "later") if is_editor else "",
            rank_name=names[Rank(row.rank)],
            needs=tuple(_needs(row, on=on)) if is_editor else (),
            owner=row.owner_name,
            is_mine=row.owner_id == reader.pk,
            has_english=row.shown.is_bilingual,
            changed_at=row.changed_at,
        )
        for row in rows
    ]


def chore_in_words(chore: Chore) -> str:
    """Say what is the matter, and with which link, value or product."""
    label = str(Chore.Kind(chore.kind).label)
    return f"{label}: {chore.detail}" if chore.detail else label


def _names() -> dict[Rank, str]:
    return {
        Rank.WRONG: _("Not right any more"),
        Rank.PROPOSED: _("Has proposals"),
        Rank.REVIEW: _("To be reviewed"),
        Rank.DRAFT: _("Draft"),
        Rank.EXPIRING: _("Needs attention soon"),
        Rank.FINE: _("In order"),
        Rank.ENDED: _("Withdrawn or discarded"),
    }


def _needs(row: AnswerRow, *, on: date) -> Iterator[str]:
    last = row.published.valid_until if row.published else None
    told = {Chore.Kind.EXPIRED, Chore.Kind.EXPIRING} if last else set()
    if last is not None:
        said = _("Expired on %(day)s") if last < on else _("True until %(day)s")
        yield said % {"day": date_format(last, "j F Y")}
    for chore in [chore for chore in row.chores if chore.kind not in told][:CHORES_NAMED]:
        yield chore_in_words(chore)
    if row.proposals:
        yield ngettext("%(count)d proposal", "%(count)d proposals", row.proposals) % {"count": row.proposals}
    if row.writing is not None:
        said = _("%(name)s asks for review") if row.writing.state == Version.State.REVIEW else _("%(name)s is writing")
        yield said % {"name": row.writing.written_by_name or _("Somebody")}
