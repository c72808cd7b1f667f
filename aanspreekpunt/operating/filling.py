"""Puts something in the database: an organisation from its file, or a whole made-up municipality."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.utils import timezone

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.operating.schema import bring_up_to_date
from aanspreekpunt.organisation.models import Municipality
from aanspreekpunt.setup.operations import apply_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aanspreekpunt.setup.summary import Summary


def apply_setup(file: Path) -> Summary:
    """Set up the organisation as `file` describes it, and return what that changed."""
    bring_up_to_date()
    return apply_file(path=file, by=SYSTEM, at=timezone.now())


def fill_demo(*, contacts: int | None, progress: Callable[[int, int], None]) -> None:
    """Fill the database with the demo municipality, or load `contacts` contacts in bulk."""
    bring_up_to_date()
    import_module("aanspreekpunt.demo.operations").fill(contacts=contacts, progress=progress)


def fill_empty_demo(*, progress: Callable[[int, int], None]) -> None:
    """Fill the database with the demo municipality when it holds none yet."""
    if find_spec("aanspreekpunt.demo.operations") is not None and not Municipality.objects.exists():
        fill_demo(contacts=None, progress=progress)
