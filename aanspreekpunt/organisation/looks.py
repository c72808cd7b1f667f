"""How the letters of the municipality look: in the colours of its theme, as far as its style sheet can be read here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders

from aanspreekpunt.common.colours import colour_of, tokens_of
from aanspreekpunt.common.paper import Look
from aanspreekpunt.common.remembering import recall, remember
from aanspreekpunt.organisation.queries import municipality

EXAMPLE: Final = "vendor/voorbeeld/theme.css"
ACCENTS: Final = (
    "--utrecht-button-primary-action-background-color",
    "--basis-color-action-1-inverse-bg-default",
    "--utrecht-page-header-background-color",
    "--utrecht-heading-1-color",
)
"""Tokens of NL Design System that give a theme its own colour, the most telling first."""
LINKS: Final = ("--utrecht-link-color", "--nl-link-color", "--basis-color-action-2-color-default")
_NAME: Final = "look-of-letters"


def look_of_letters() -> Look:
    """Return the colours for letters, looked up every few seconds at most."""
    look: Look | None = recall(_NAME)
    if look is None:
        here = municipality()
        path = _style_sheet(here.theme_css)
        look = _read(path, here.theme, path.stat().st_mtime_ns) if path else Look()
        remember(_NAME, look)
    return look


def _style_sheet(named: str) -> Path | None:
    """Return the file of the theme; none when another server on this website gives it."""
    if named.startswith("/"):
        return None
    path = settings.THEME_DIR / named if named else Path(finders.find(EXAMPLE) or "")
    return path if path.is_file() else None


@lru_cache(maxsize=4)
def _read(path: Path, theme: str, _changed_at: int) -> Look:
    tokens = tokens_of(path.read_text(encoding="utf-8", errors="replace"), theme=theme)
    accent = colour_of(tokens, ACCENTS) or colour_of(tokens, LINKS)
    return Look.of(accent=accent, link=colour_of(tokens, LINKS) or accent)
