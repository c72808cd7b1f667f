"""Puts something in the database: an organisation from its file, or a whole made-up municipality."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from aanspreekpunt import setup
from aanspreekpunt.demo.bulk import load
from aanspreekpunt.demo.operations import fill
from aanspreekpunt.demo.queries import is_filled
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.operating.schema import bring_up_to_date
from aanspreekpunt.setup.operations import apply_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.setup.summary import Summary

    Progress = Callable[[int, int], None]

DEMO_FILE = Path(setup.__file__).parent / "data" / "demo" / "municipality.yaml"


def apply_setup(file: Path) -> Summary:
    """Set up the organisation as `file` describes it, and return what that changed."""
    bring_up_to_date()
    return apply_file(path=file, by=SYSTEM, at=timezone.now())


def fill_demo(*, contacts: int | None, progress: Progress) -> None:
    """Fill the database with the demo municipality, unless that was done; then load `contacts` contacts in bulk."""
    bring_up_to_date()
    fill_empty_demo(progress=progress)
    if contacts:
        load(contacts=contacts, progress=progress, at=timezone.now())


def fill_empty_demo(*, progress: Progress) -> None:
    """Set up the demo municipality and let its questions happen, when that was not done before."""
    if is_filled():
        return
    print(_("Filling the demo municipality …"), flush=True)
    at = timezone.now()
    apply_file(path=DEMO_FILE, by=SYSTEM, at=at)
    fill(progress=progress, at=at)
