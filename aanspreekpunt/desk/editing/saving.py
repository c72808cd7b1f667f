"""Saving what an editor wrote, and handing it in or publishing it in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.knowledge.operations.scratches import throw_scratch_away
from aanspreekpunt.knowledge.operations.writing import Base, begin_answer, publish, save_draft, submit_for_review
from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.desk.editing.form import AnswerForm
    from aanspreekpunt.knowledge.models import Article


IMPATIENCE = timedelta(minutes=1)
"""Whoever hands in the same new answer again within this time pressed the button twice."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The version that was saved, and why it did not go further, if it had to."""

    version: Version
    refusal: Refusal | None = None


def save(*, form: AnswerForm, article: Article | None, command: str, by: Employee, at: datetime) -> Saved:
    """Save a valid form; with `publish` or `submit` go on with it. The text stays saved when that is refused."""
    if article is None:
        version = _begun_once(form, by=by, at=at)
    else:
        remark = form.cleaned_data["remark"]
        version = save_draft(article=article, content=form.content, base=form.base, remark=remark, by=by, at=at)
    throw_scratch_away(article=article, by=by)
    try:
        if command == "publish":
            version = publish(version=version, base=Base.of(version), by=by, at=at)
        elif command == "submit":
            version = submit_for_review(version=version, by=by, at=at)
    except Refusal as refusal:
        return Saved(version, refusal)
    return Saved(version)


@transaction.atomic
def _begun_once(form: AnswerForm, *, by: Employee, at: datetime) -> Version:
    """Begin a new answer, or return the one that impatient fingers began a moment ago."""
    Employee.objects.select_for_update().get(pk=by.pk)
    content = form.content
    same = {"question": content.columns()["question"], "answer": content.columns()["answer"]}
    begun = Version.objects.filter(written_by=by, number=1, written_at__gte=at - IMPATIENCE, **same)
    return begun.select_related("article").first() or begin_answer(content=content, by=by, at=at)
