"""Answers as they leave for another system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Value, When

from aanspreekpunt.knowledge.exchange.kennisartikel import Organisation
from aanspreekpunt.knowledge.exchange.names import TERMS, UplNames
from aanspreekpunt.knowledge.exchange.rows import ArticleRow
from aanspreekpunt.knowledge.exchange.shapes import Surroundings
from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.organisation.queries import municipality

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

_ONE_ROW = {Version.State.PUBLISHED: 0, Version.State.REVIEW: 1, Version.State.DRAFT: 1, Version.State.WITHDRAWN: 2}
"""Which version goes out of an answer that has several: the one readers see before the one being written."""


def answers_to_exchange(*, with_internal: bool = False) -> Iterator[ArticleRow]:
    """Return a row for each answer, in order of their keys. One query, read in pieces.

    Only what everybody may read: published answers without notes for the desk, questions to ask and the owner. With
    `with_internal` also those, and answers that are not published (any more).
    """
    states = list(_ONE_ROW) if with_internal else [Version.State.PUBLISHED]
    place = Case(
        *(When(state=state, then=Value(number)) for state, number in _ONE_ROW.items()), output_field=IntegerField()
    )
    versions = (
        Version.objects.filter(state__in=states)
        .select_related("article__owner")
        .annotate(place=place)
        .order_by("article__key", "place", "-number")
        .distinct("article__key")
    )
    for version in versions.iterator(chunk_size=200):
        yield _row(version, with_internal=with_internal)


def surroundings(*, upl: Mapping[str, str], at: datetime) -> Surroundings:
    """Return what an export says besides the answers: whose they are, with the addresses of product names."""
    here = municipality()
    term = f"{TERMS}{here.name.replace(' ', '_')}_(gemeente)"
    organisation = Organisation(str(here.contact.get("website", "")), term, here.name)
    return Surroundings(UplNames(upl), organisation, at)


def _row(version: Version, *, with_internal: bool) -> ArticleRow:
    article = version.article
    owner = article.owner.email if with_internal and article.owner else ""
    return ArticleRow(
        key=article.key,
        external_id=article.origin if ":" in article.origin else "",
        question=version.question,
        question_en=version.question_en,
        answer=version.answer,
        answer_en=version.answer_en,
        desk_note=version.desk_note if with_internal else "",
        ask=tuple(version.ask) if with_internal else (),
        search_words=tuple(version.search_words),
        product_keys=tuple(version.product_keys),
        upl_names=tuple(version.upl_names),
        team_keys=tuple(version.team_keys),
        audience=tuple(version.audience),
        area=version.area,
        target_group=version.target_group,
        owner=owner,
        state=version.state,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        changed_at=version.written_at,
    )
