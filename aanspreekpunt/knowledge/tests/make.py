"""Builders for tests: answers and the people who write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models import Article
from aanspreekpunt.knowledge.operations.putting import put_answer
from aanspreekpunt.knowledge.operations.values import put_value, say_value
from aanspreekpunt.organisation.models import Employee, Role
from aanspreekpunt.organisation.rules import local_date
from aanspreekpunt.organisation.tests.make import make_employee

if TYPE_CHECKING:
    from datetime import datetime


def make_editor(name: str = "Carla") -> Employee:
    """Make somebody who edits all answers."""
    return make_employee(name, (Role.CONTENT_EDITOR, None))


def make_answer(
    key: str,
    question: str = "Hoe gaat het?",
    answer: str = "Zo gaat het.",
    *,
    is_published: bool = True,
    at: datetime | None = None,
    **more: Any,
) -> Article:
    """Make an answer, published unless it says otherwise."""
    content = Content(question=question, answer=answer, **more)
    put_answer(key=key, content=content, is_published=is_published, by=SYSTEM, at=at or timezone.now())
    return Article.objects.get(key=key)


def make_value(
    key: str, text: str, *, text_en: str = "", is_confirmed: bool = True, at: datetime | None = None
) -> None:
    """Make a local value that says `text` from today on."""
    at = at or timezone.now()
    put_value(key=key, label=key.replace("_", " "), by=SYSTEM, at=at)
    say_value(key=key, text=text, text_en=text_en, is_confirmed=is_confirmed, from_on=local_date(at), by=SYSTEM, at=at)
