"""Saying what local values are: each in one place, from a day on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.access import is_editor
from aanspreekpunt.knowledge.models import LocalValue, ValueText
from aanspreekpunt.knowledge.queries.values import published_with_value
from aanspreekpunt.knowledge.refusals import NotYourAnswer, TextHasBegun, TextIsIncomplete, ValueIsInUse
from aanspreekpunt.knowledge.rules.values import on_one_line
from aanspreekpunt.knowledge.themes import theme_typed
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from aanspreekpunt.journal.actors import Actor

_KEY = re.compile(r"[a-z][a-z0-9_]{0,79}")


class NotAName(Refusal):
    """What should be the name of a local value has other signs in it."""

    message = _("“%(key)s” cannot be a name: use small letters, digits and _ only, and begin with a letter.")


def is_a_name(key: str) -> bool:
    """Say whether a local value may have this name."""
    return _KEY.fullmatch(key) is not None


@transaction.atomic
def put_value(
    *,
    key: str,
    label: str,
    label_en: str = "",
    kind: str = LocalValue.Kind.TEXT,
    scope: str = LocalValue.Scope.LOCAL,
    theme: str | None = None,
    by: Actor,
    at: datetime,
) -> LocalValue:
    """Make a place `{{ key }}` for texts, or change what it is called; what it says is for `say_value`.

    Without `theme` it stays with the one it has.
    """
    refuse_unless_editor(by)
    if not is_a_name(key):
        raise NotAName(key=key[:80])
    if not label.strip():
        raise TextIsIncomplete
    about = {"label": label.strip(), "label_en": label_en.strip(), "kind": kind, "scope": scope}
    if theme is not None:
        about["theme"] = theme_typed(theme)
    value = LocalValue.objects.select_for_update().filter(key=key).first()
    if value is not None and all(getattr(value, name) == said for name, said in about.items()):
        return value
    value, is_new = LocalValue.objects.update_or_create(key=key, defaults=about)
    record("value.made" if is_new else "value.changed", subject=value, data={"key": key}, by=by, at=at)
    return value


@transaction.atomic
def say_value(
    *,
    key: str,
    text: str,
    text_en: str = "",
    from_on: date,
    is_confirmed: bool = True,
    by: Actor,
    at: datetime,
) -> ValueText:
    """Let a local value say `text` from `from_on` on, until a later text begins; each answer that uses it follows.

    An unconfirmed text is an example: readers do not see it, and no answer that needs it is published.
    """
    refuse_unless_editor(by)
    said = {"text": on_one_line(text), "text_en": on_one_line(text_en), "is_confirmed": is_confirmed}
    if not said["text"]:
        raise TextIsIncomplete
    value = LocalValue.objects.select_for_update().get(key=key)
    before = value.texts.filter(from_on=from_on).first()
    if before is not None and all(getattr(before, name) == each for name, each in said.items()):
        return before
    who = {"set_by": by if isinstance(by, Employee) else None, "set_by_name": by.actor_name, "set_at": at}
    after, _is_new = ValueText.objects.update_or_create(value=value, from_on=from_on, defaults={**said, **who})
    record("value.said", subject=value, data={"key": key, "from": from_on.isoformat()}, by=by, at=at)
    return after


@transaction.atomic
def take_back_text(*, key: str, from_on: date, by: Actor, at: datetime) -> None:
    """Let a value not say after all what it was to say from a later day on; refuses `TextHasBegun` from that day on."""
    refuse_unless_editor(by)
    value = LocalValue.objects.select_for_update().get(key=key)
    if from_on <= local_date(at):
        raise TextHasBegun
    gone, _ = value.texts.filter(from_on=from_on).delete()
    if gone:
        record("value.taken_back", subject=value, data={"key": key, "from": from_on.isoformat()}, by=by, at=at)


@transaction.atomic
def remove_value(*, key: str, by: Actor, at: datetime) -> None:
    """Remove a local value that no published answer uses; refuses `ValueIsInUse` otherwise."""
    refuse_unless_editor(by)
    value = LocalValue.objects.select_for_update().get(key=key)
    count = len(published_with_value(key))
    if count:
        raise ValueIsInUse(count=count)
    record("value.removed", subject=value, data={"key": key}, by=by, at=at)
    value.delete()


def refuse_unless_editor(by: Actor) -> None:
    """Refuse (`NotYourAnswer`) an employee who edits no answers; the system itself may."""
    if isinstance(by, Employee) and not is_editor(by):
        raise NotYourAnswer
