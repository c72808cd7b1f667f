"""Pages that stand still, and what a visitor sees when something is not there or went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

STYLE_SHEETS = ("vendor/voorbeeld/theme.css", "vendor/utrecht/index.css", "portal/portal.css")


@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    """Show what we keep, why, and how long."""
    return render(request, "portal/privacy.html")


@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible these pages are, and what to do when one is not."""
    return render(request, "portal/accessibility.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a page is not there; absent and not yours look the same."""
    del exception
    return render(request, "portal/problems/not_found.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be done."""
    del exception
    return render(request, "portal/problems/not_allowed.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is too old or that this browser keeps no cookies; `reason` is for programmers."""
    del reason
    return render(request, "portal/problems/form_expired.html", status=403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong with us.

    It asks nothing of the database, and goes without style sheets when there are none: either may be what went wrong.
    """
    return render(request, "portal/problems/went_wrong.html", {"style_sheets": _style_sheets()}, status=500)


def _style_sheets() -> list[str]:
    """Return the addresses of the style sheets; none when they were never collected."""
    try:
        return [static(name) for name in STYLE_SHEETS]
    except ValueError:
        return []
