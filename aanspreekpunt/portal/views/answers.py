"""One answer, and one product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanspreekpunt.catalogue.queries import product_named
from aanspreekpunt.common.phone_numbers import telephone_href
from aanspreekpunt.knowledge.models import Article
from aanspreekpunt.knowledge.operations.uses import note_helped
from aanspreekpunt.knowledge.queries.answers import article_shown
from aanspreekpunt.portal.limits import address_of
from aanspreekpunt.portal.reaching import human_ways, is_open_on_web
from aanspreekpunt.promises.operations.registering import team_for
from aanspreekpunt.questions.product_facts import facts_of
from aanspreekpunt.search.queries import answers_about
from aanspreekpunt.search.trails import words_on_trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SAID, MOST_SAID = "answers_judged", 50
LONGEST_TRAIL = 1000


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
        "may_say": key not in request.session.get(SAID, []),
        "trail": request.GET.get("via", "")[:LONGEST_TRAIL],
    }
    return render(request, "portal/answer.html", about)


@require_POST
def say_whether_it_helped(request: HttpRequest, key: str) -> HttpResponse:
    """Note whether an answer helped; each visitor is counted once per answer, with the words he found it by."""
    article, shown, now = Article.objects.filter(key=key).first(), article_shown(key), timezone.now()
    if article is None or shown is None:
        raise Http404
    said = request.session.get(SAID, [])
    if key not in said:
        request.session[SAID] = [*said[-MOST_SAID:], key]
        product = product_named(shown.product_key)
        is_confidential = product is not None and product.is_confidential
        words = "" if is_confidential else words_on_trail(request.POST.get("via", ""), at=now)
        has_helped = request.POST.get("helped") == "yes"
        note_helped(article=article, has_helped=has_helped, searched=words, person=address_of(request), at=now)
    messages.success(request, _("Thank you. It helps us to write better answers."))
    return redirect("portal:answer", key)


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
        "answers": answers_about(product.key),
        "ways": human_ways(product, at=now),
        "is_open_on_web": is_open_on_web(product) and not body,
        "body": body,
        "facts": facts_of(product, on=timezone.localdate(now)),
        "body_href": telephone_href(body.get("phone") or ""),
    }
    return render(request, "portal/product.html", about)
