"""Puts something in the database: an organisation from its file, or a whole made-up municipality."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from aanspreekpunt.demo import bulk
from aanspreekpunt.demo.operations import fill
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.operating.schema import bring_up_to_date
from aanspreekpunt.organisation.models import Municipality
from aanspreekpunt.setup.operations import apply_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aanspreekpunt.demo.bulk import Loaded
    from aanspreekpunt.demo.operations import Filled
    from aanspreekpunt.setup.summary import Summary

DEMO = files("aanspreekpunt.setup") / "data" / "demo"


def apply_setup(file: Path) -> Summary:
    """Set up the organisation as `file` describes it, and return what that changed."""
    bring_up_to_date()
    return apply_file(path=file, by=SYSTEM, at=timezone.now())


def fill_demo(*, progress: Callable[[int, int], None]) -> Filled:
    """Set up the demo municipality, unless there is one already, and let ninety days of questions happen in it."""
    bring_up_to_date()
    with transaction.atomic():
        _set_up_demo_when_empty()
        return fill(questions=settings.DEMO_QUESTIONS, progress=progress, at=timezone.now())


def load_demo(*, contacts: int, progress: Callable[[int, int], None]) -> Loaded:
    """Load so many contacts in bulk, for measuring; into the demo municipality unless there is one already."""
    bring_up_to_date()
    _set_up_demo_when_empty()
    return bulk.load(contacts=contacts, progress=progress, at=timezone.now())


def fill_empty_demo(*, progress: Callable[[int, int], None]) -> None:
    """Fill the database with the demo municipality when it holds none yet."""
    if not Municipality.objects.exists():
        fill_demo(progress=progress)


def _set_up_demo_when_empty() -> None:
    if Municipality.objects.exists():
        return
    with as_file(DEMO) as directory:
        apply_file(path=directory / "municipality.yaml", by=SYSTEM, at=timezone.now())
