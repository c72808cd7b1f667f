"""`aanspreekpunt migrate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.operating.commands.arguments import takes_nothing as describe
from aanspreekpunt.operating.schema import bring_up_to_date

if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "run"]


def run(_options: argparse.Namespace) -> None:
    """Bring database and files to this version, and say how much that was."""
    applied = bring_up_to_date()
    print(_("Applied %(count)d migrations.") % {"count": applied} if applied else _("The database is up to date."))
