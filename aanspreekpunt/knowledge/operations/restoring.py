"""Going back to what an answer said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.operations.writing import BEING_WRITTEN, Base, newest_version, save_draft
from aanspreekpunt.knowledge.refusals import IsBeingWritten

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.knowledge.models import Version


@transaction.atomic
def restore(*, version: Version, base: Base, by: Actor, at: datetime) -> Version:
    """Begin a new draft with the text of an earlier version.

    Refuses (`IsBeingWritten`) while a draft exists, because that text would be lost, and what `save_draft` refuses.
    """
    newest = newest_version(version.article)
    if newest.state in BEING_WRITTEN:
        raise IsBeingWritten(name=newest.written_by_name)
    return save_draft(article=version.article, content=Content.of(version), base=base, by=by, at=at)
