"""One answer, and one product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aanspreekpunt.catalogue.queries import product_named
from aanspreekpunt.knowledge.queries.answers import article_shown, search_articles
from aanspreekpunt.portal.reaching import human_ways, is_open_on_web, telephone_href
from aanspreekpunt.promises.operations.registering import team_for
from aanspreekpunt.questions.product_facts import facts_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def show_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Show one answer, and how to go on when it was not the one."""
    article = article_shown(key)
    if article is None:
        raise Http404
    product = product_named(article.product_key)
    now = timezone.now()
    about = {
        "article": article,
        "product": product,
        "ways": human_ways(product, at=now),
        "is_open_on_web": is_open_on_web(product) and not (product and product.refer_to),
    }
    return render(request, "portal/answer.html", about)


@require_safe
def show_product(request: HttpRequest, key: str) -> HttpResponse:
    """Show one product: what it is, whose it is, its answers, and every way to ask for it."""
    product = product_named(key)
    if product is None:
        raise Http404
    now, body = timezone.now(), product.refer_to or {}
    about = {
        "product": product,
        "team": team_for(product),
        "answers": search_articles("", product_key=product.key),
        "ways": human_ways(product, at=now),
        "is_open_on_web": is_open_on_web(product) and not body,
        "body": body,
        "facts": facts_of(product, on=timezone.localdate(now)),
        "body_href": telephone_href(body.get("phone") or ""),
    }
    return render(request, "portal/product.html", about)
