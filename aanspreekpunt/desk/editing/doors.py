"""Who gets in where with answers; whatever is not for somebody is absent for him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from aanspreekpunt.desk.editing.one_answer import OneAnswer
from aanspreekpunt.knowledge.access import is_editor, reads_answers
from aanspreekpunt.knowledge.queries.histories import article_named

if TYPE_CHECKING:
    from aanspreekpunt.desk.access import StaffRequest


def refuse_outsiders(request: StaffRequest) -> None:
    """Raise Http404 for whoever has no business with answers."""
    if not reads_answers(request.user):
        raise Http404


def refuse_all_but_editors(request: StaffRequest) -> None:
    """Raise Http404 for whoever edits no answers; owning one is not enough."""
    if not is_editor(request.user):
        raise Http404


def visible_answer(request: StaffRequest, key: str, *, versions_below: int | None = None) -> OneAnswer:
    """Return the answer with this key; raises Http404 when it is absent or not for this employee."""
    refuse_outsiders(request)
    article = article_named(key)
    if article is None:
        raise Http404
    answer = OneAnswer(article, request.user, timezone.now(), versions_below)
    if not answer.is_visible:
        raise Http404
    return answer


def written_answer(request: StaffRequest, key: str, *, versions_below: int | None = None) -> OneAnswer:
    """Return the answer with this key; raises Http404 when this employee may not write it."""
    answer = visible_answer(request, key, versions_below=versions_below)
    if not answer.writes:
        raise Http404
    return answer
