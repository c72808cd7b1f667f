"""Two texts of an answer beside each other: what was taken out and what was put in, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.knowledge.models.articles import CONTENT, Audience
from aanspreekpunt.knowledge.rules.differences import differences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.knowledge.rules.differences import Span

NAMES: dict[str, StrOrPromise] = {
    "question": _("Question"),
    "question_en": _("Question in English"),
    "answer": _("The answer"),
    "answer_en": _("Answer in English"),
    "desk_note": _("Only for us"),
    "ask": _("Ask first"),
    "search_words": _("Other words for it"),
    "product_keys": _("Products"),
    "upl_names": _("Names in the UPL"),
    "team_keys": _("Teams that know about it"),
    "audience": _("For whom"),
    "area": _("Area"),
    "target_group": _("Target group"),
    "valid_from": _("True from"),
    "valid_until": _("True until"),
}


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """A field in which two texts differ."""

    name: StrOrPromise
    spans: tuple[Span, ...]


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldChanged]:
    """Return the fields in which `new` differs from `old`, in the order in which they are written."""
    pairs = ((name, in_words(name, old.get(name)), in_words(name, new.get(name))) for name in CONTENT)
    return [FieldChanged(NAMES[name], differences(before, after)) for name, before, after in pairs if before != after]


def in_words(name: str, value: Any) -> str:
    """Return what a field says as text: a list one to a line, a date as people write it."""
    if not value:
        return ""
    if name == "audience":
        return "\n".join(str(Audience(each).label) if each in Audience.values else str(each) for each in value)
    if isinstance(value, (list, tuple)):
        return "\n".join(map(str, value))
    if name in {"valid_from", "valid_until"}:
        return date_format(value, "j F Y") if hasattr(value, "year") else str(value)
    return str(value)


if set(NAMES) != set(CONTENT):
    raise AssertionError("A field of an answer has no name on the screen.")
