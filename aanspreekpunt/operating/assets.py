"""Looks whether every style sheet, script and picture that our pages name is there to be served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import find, get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _

from aanspreekpunt.config.safety import Finding, Verdict
from aanspreekpunt.organisation.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INSTALLED = ("vendor/utrecht/index.css", "vendor/voorbeeld/theme.css")
"""What comes from npm and not with our own code."""

MOST_NAMED = 5


def check_assets() -> Iterator[Finding]:
    """Look whether the design system is installed and all files were collected; name what is missing."""
    not_installed = [name for name in INSTALLED if find(name) is None]
    not_collected = [name for name in sorted(_known_names()) if not _is_collected(name)]
    if not_installed:
        message = _("not installed: %(names)s. Run make assets.")
        yield Finding("assets", Verdict.ERROR, message % {"names": _named(not_installed)})
    if not_collected:
        message = _("never collected: %(names)s. Run aanspreekpunt migrate.")
        yield Finding("assets", Verdict.ERROR, message % {"names": _named(not_collected)})
    if not (not_installed or not_collected):
        yield Finding("assets", Verdict.OK, _("all there."))


def _known_names() -> set[str]:
    return {name for finder in get_finders() for name, _storage in finder.list([])}


def _is_collected(name: str) -> bool:
    """Say whether pages can name this file; outside a test they do so by the name it got when it was collected."""
    hashed = getattr(staticfiles_storage, "hashed_files", None)
    return hashed is None or (name in hashed and staticfiles_storage.exists(hashed[name]))


def _named(names: Iterable[str]) -> str:
    names = list(names)
    more = [_("and %(count)d more") % {"count": len(names) - MOST_NAMED}] if len(names) > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def check_theme() -> Iterator[Finding]:
    """Look whether the style sheet of the municipality's own theme is where the setup file says."""
    name = Municipality.objects.values_list("theme_css", flat=True).first()
    if name and not name.startswith("/"):
        path = settings.THEME_DIR / name
        message = "" if path.is_file() else _("%(path)s is not there.") % {"path": path}
        yield Finding("theme", Verdict.WARNING if message else Verdict.OK, message or name)
