"""Bringing in answers from a file: published or as drafts, again and again, without doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.db import transaction

from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.operations.writing import (
    BEING_WRITTEN,
    Base,
    begin_answer,
    newest_version,
    publish,
    save_draft,
)
from aanspreekpunt.knowledge.refusals import IsBeingWritten

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.knowledge.content import Content
    from aanspreekpunt.organisation.models import Employee

Outcome = Literal["created", "changed", "unchanged"]


@transaction.atomic
def put_answer(
    *,
    key: str,
    content: Content,
    origin: str = "",
    owner: Employee | None = None,
    is_published: bool = True,
    by: Actor,
    at: datetime,
) -> Outcome:
    """Make the answer with this key say `content`, published or as a draft; what it says already stays untouched.

    Refuses an answer of which somebody here is writing a new version (`IsBeingWritten`), and what `publish` refuses.
    """
    article = Article.objects.select_for_update().filter(key=key).first()
    if article is None:
        version = begin_answer(content=content, key=key, origin=origin, owner=owner, by=by, at=at)
        _publish_if(version, is_published, by=by, at=at)
        return "created"
    newest = newest_version(article)
    is_same = newest.content() == content.columns()
    if is_same and (newest.state == Version.State.PUBLISHED or not is_published):
        return "unchanged"
    if newest.state in BEING_WRITTEN and newest.written_by_id is not None:
        raise IsBeingWritten(name=newest.written_by_name)
    version = save_draft(article=article, content=content, base=Base.of(newest), by=by, at=at)
    _publish_if(version, is_published, by=by, at=at)
    return "changed"


def _publish_if(version: Version, is_published: bool, *, by: Actor, at: datetime) -> None:  # noqa: FBT001 - a flag of the caller, passed on
    if is_published:
        publish(version=version, base=Base.of(version), by=by, at=at)
