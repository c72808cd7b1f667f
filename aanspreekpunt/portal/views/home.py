"""The front door: search, follow, and the ways to reach a human being."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aanspreekpunt.catalogue.queries import products_for_choice, products_mentioned, search_products
from aanspreekpunt.knowledge.queries.answers import search_articles
from aanspreekpunt.portal.reaching import coming_days, human_ways, is_open_on_web

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from aanspreekpunt.catalogue.queries import ProductChoice

LONGEST_SEARCH: Final = 200
MOST_ANSWERS: Final = 10
MOST_PRODUCTS: Final = 6


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Show the front door."""
    return render(request, "portal/home.html", {"is_open_on_web": is_open_on_web()})


@require_safe
def show_found(request: HttpRequest) -> HttpResponse:
    """Show the answers and products that fit what somebody typed."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = {
        "words": words,
        "answers": search_articles(words, limit=MOST_ANSWERS) if words else [],
        "products": _products(words) if words else [],
        "is_open_on_web": is_open_on_web(),
    }
    return render(request, "portal/found.html", found)


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


def _products(words: str) -> list[ProductChoice]:
    named = search_products(words, limit=MOST_PRODUCTS)
    keys = {each.key for each in named}
    return (named + [each for each in products_mentioned(words) if each.key not in keys])[:MOST_PRODUCTS]
