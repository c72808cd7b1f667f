"""The front door: search, follow, and the ways to reach a human being."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from aanspreekpunt.catalogue.queries import products_for_choice
from aanspreekpunt.common.cleaning import cleaned
from aanspreekpunt.knowledge.models import Audience
from aanspreekpunt.portal.reaching import coming_days, human_ways, is_open_on_web
from aanspreekpunt.search.queries import search_public
from aanspreekpunt.search.tally import note_search
from aanspreekpunt.search.trails import trail_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


LONGEST_SEARCH: Final = 200
MOST_FOUND: Final = 12
MOST_SUGGESTED: Final = 6
KINDS: Final = {"": (), "answers": ("answer",), "subjects": ("product", "form"), "forms": ("form",)}
"""What one can ask to see of what is found."""


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Show the front door."""
    return render(request, "portal/home.html", {"is_open_on_web": is_open_on_web()})


@require_safe
def show_found(request: HttpRequest) -> HttpResponse:
    """Show the answers and products that fit what somebody typed, and always the ways to ask somebody."""
    words, now = _words(request.GET.get("q", "")), timezone.now()
    kind, audience = request.GET.get("soort", ""), request.GET.get("voor", "")
    kind = kind if kind in KINDS else ""
    audience = audience if audience in Audience.values else ""
    found = search_public(words, limit=MOST_FOUND, kinds=KINDS[kind], audience=audience)
    if words and not kind and not audience:
        note_search(text=words, results=found, face="portal", at=now)
    about = {
        "words": words,
        "found": found,
        "trail": trail_of(words, at=now),
        "kind": kind,
        "audience": audience,
        "ways": human_ways(at=now) if words and not found.is_sure else (),
        "is_open_on_web": is_open_on_web(),
    }
    return render(request, "portal/found.html", about)


@csrf_exempt  # it only reads; a token would make a page of everybody's a page of somebody's
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Show the few best finds while somebody types. Posted, so that half words of people never stand in an address."""
    words = _words(request.POST.get("q", ""))
    found = search_public(words, limit=MOST_SUGGESTED, typing=True)
    return render(request, "portal/parts/suggestions.html", {"found": found, "words": words})


@require_safe
def show_products(request: HttpRequest) -> HttpResponse:
    """Show all products by name."""
    products = sorted(products_for_choice(), key=lambda each: each.shown_name.lower())
    return render(request, "portal/products.html", {"products": products})


@require_safe
def show_contact(request: HttpRequest) -> HttpResponse:
    """Show all ways to reach us, and when."""
    now = timezone.now()
    return render(request, "portal/contact.html", {"ways": human_ways(at=now), "days": coming_days(at=now)})


def _words(typed: str) -> str:
    return cleaned(typed).strip()[:LONGEST_SEARCH]
