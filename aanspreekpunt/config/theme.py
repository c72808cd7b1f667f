"""Serves the municipality's own theme from its directory: the style sheet, and the letters and pictures it names."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import last_modified, require_safe

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest

KINDS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}
SOUND_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
KEPT_SECONDS = 300


def _file(name: str) -> Path | None:
    """Return the file with this name in the theme directory; None when there is none that may be served."""
    path: Path = settings.THEME_DIR / name
    return path if SOUND_NAME.match(name) and path.suffix in KINDS and path.is_file() else None


def _changed_at(_request: HttpRequest, name: str) -> datetime | None:
    path = _file(name)
    return datetime.fromtimestamp(int(path.stat().st_mtime), tz=UTC) if path else None


@require_safe
@last_modified(_changed_at)
def show_theme(_request: HttpRequest, name: str) -> HttpResponse:
    """Give one file of the theme; browsers ask again after five minutes whether it changed."""
    path = _file(name)
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type=KINDS[path.suffix])
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
