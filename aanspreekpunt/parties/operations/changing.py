"""Taking over what was given, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model


def take_over(row: Model, given: Mapping[str, Any]) -> list[str]:
    """Set what was given and differs from what stands in `row`; returns the names of what changed."""
    changed = sorted(name for name, value in given.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, given[name])
    return changed
