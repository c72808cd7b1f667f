"""Beginning many answers at once, as a new municipality does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.operations import line
from aanspreekpunt.knowledge.access import refuse_unless_approver
from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.operations.writing import (
    refuse_own_text,
    refuse_owner_who_left,
    refuse_unreadable,
    writer_columns,
)
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.refusals import KeyIsTaken, ValuesAreMissing
from aanspreekpunt.knowledge.rules.values import names_in
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.knowledge.content import Content


@transaction.atomic
def begin_answers(
    *,
    contents: Mapping[str, Content],
    published: Collection[str] = (),
    origin: str = "",
    owner: Employee | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Write the first version of many answers by key, and publish those whose keys are in `published`.

    It is `begin_answer` and `publish` for each, with a few queries for all, and refuses what those two refuse.
    """
    refuse_unless_approver(by, team_keys=())
    refuse_owner_who_left(owner)
    _refuse_taken(contents)
    for content in contents.values():
        refuse_unreadable(content)
    _refuse_holes([contents[key] for key in published], at=at)
    articles = Article.objects.bulk_create(
        Article(key=key, origin=origin, owner=owner, changed_at=at) for key in contents
    )
    drafts = [_draft(article, contents[article.key], by=by, at=at) for article in articles]
    chosen = [version for version in drafts if version.article.key in published]
    for version in chosen:
        refuse_own_text(version, by)
        version.state, version.approved_at, version.approved_by_name = Version.State.PUBLISHED, at, by.actor_name
        version.approved_by = by if isinstance(by, Employee) else None
    Version.objects.bulk_create(drafts)
    begun = [line("article.begun", subject=article, data={"key": article.key}, by=by, at=at) for article in articles]
    shown = [line("article.published", subject=each.article, data={"number": 1}, by=by, at=at) for each in chosen]
    Entry.objects.bulk_create([*begun, *shown])


def _draft(article: Article, content: Content, *, by: Actor, at: datetime) -> Version:
    return Version(article=article, number=1, **content.columns(), **writer_columns(by, remark="", at=at))


def _refuse_taken(keys: Collection[str]) -> None:
    taken = Article.objects.filter(key__in=list(keys)).values_list("key", flat=True).first()
    if taken:
        raise KeyIsTaken(key=taken)


def _refuse_holes(contents: Collection[Content], *, at: datetime) -> None:
    known = values_on(local_date(at)).dutch
    names = dict.fromkeys(name for content in contents for text in content.texts.values() for name in names_in(text))
    missing = [name for name in names if name not in known]
    if missing:
        raise ValuesAreMissing(names=", ".join(missing))
