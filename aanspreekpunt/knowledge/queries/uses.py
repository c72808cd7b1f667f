"""How answers did: what they settled, and what people did not find."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Count, IntegerField, Sum, Value, When

from aanspreekpunt.knowledge.models import Use

if TYPE_CHECKING:
    from datetime import date

REMEMBERED = timedelta(days=365)
"""What was of use longer ago says little about what people ask now."""


def settled_by_answers(day: date) -> dict[str, int]:
    """Return by key how many questions each answer settled in the year before `day`, less the times it did not help."""
    worth = Case(When(kind=Use.Kind.DID_NOT_HELP, then=Value(-1)), default=Value(1), output_field=IntegerField())
    recent = Use.objects.filter(at__date__gt=day - REMEMBERED)
    counted = recent.values_list("article__key").annotate(worth=Sum(worth), times=Count("id"))
    return {key: worth for key, worth, _times in counted if worth > 0}
