"""Keeping what an editor is typing, until he saves it or throws it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.models import Scratch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from aanspreekpunt.knowledge.models import Article
    from aanspreekpunt.organisation.models import Employee


def keep_scratch(
    *, article: Article | None, fields: Mapping[str, Sequence[str]], by: Employee, at: datetime
) -> Scratch:
    """Keep what `by` typed about `article`, or about a new answer; it replaces what was kept before."""
    scratch, _is_new = Scratch.objects.update_or_create(
        employee=by,
        article=article,
        defaults={"fields": {name: list(texts) for name, texts in fields.items()}, "saved_at": at},
    )
    return scratch


def throw_scratch_away(*, article: Article | None, by: Employee) -> None:
    """Forget what `by` typed about `article`, or about a new answer."""
    Scratch.objects.filter(employee=by, article=article).delete()


def scratch_of(employee: Employee, article: Article | None) -> Scratch | None:
    """Return what `employee` typed and did not save."""
    return Scratch.objects.filter(employee=employee, article=article).first()
