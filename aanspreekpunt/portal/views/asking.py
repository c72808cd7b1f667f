"""Asking: fill in, check, send, and the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aanspreekpunt.catalogue.forms import readable_answers
from aanspreekpunt.catalogue.queries import product_named
from aanspreekpunt.common.follow_codes import format_follow_code
from aanspreekpunt.portal import asking
from aanspreekpunt.portal.limits import ASK, FILES, STEPS, count_try, is_over
from aanspreekpunt.portal.reaching import human_ways, is_open_on_web
from aanspreekpunt.portal.visit import Typed, forget_typed, keep_receipt, keep_typed, kept_receipt, kept_typed
from aanspreekpunt.promises.letter_texts import promise_in_words, what_was_entered
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.timeline.resident import outcome_in_words
from aanspreekpunt.questions.models import Participant, Question
from aanspreekpunt.questions.refusals import AlreadyAsked

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse, QueryDict

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.portal.asking import Asking


CHECK, CHANGE = "check", "change"
"""What is shown of what was filled in: everything to check, with errors to correct; or the form to change it."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, key: str = "") -> HttpResponse:
    """Take somebody through the form: fill in, check, send."""
    product, now = product_named(key), timezone.now()
    if key and product is None:
        raise Http404
    if not is_open_on_web(product) or (product and product.refer_to):
        return _closed(request, product, at=now)
    if request.method != "POST":
        return _form(request, asking.begin(product), at=now)
    return _step(request, asking.read(product, request.POST, request.FILES), at=now)


@never_cache
@require_safe
def show_step(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was filled in: to check it, or in the form; once it was sent, its receipt."""
    now = timezone.now()
    if kept_receipt(request, token=token, at=now) is not None:
        return redirect("portal:receipt", token=token)
    typed = kept_typed(request, token=token, at=now)
    product = product_named(typed.product) if typed else None
    if typed is None or bool(typed.product) != bool(product):
        return render(request, "portal/asking/step_gone.html", {"ways": human_ways(at=now)})
    question = asking.read(product, typed.data)
    if question.is_valid() and typed.shown == CHECK:
        return _check(request, question, typed.data)
    return _form(request, question, is_changing=typed.shown == CHANGE, at=now)


@never_cache
@require_safe
def show_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Show the receipt of what was just asked: what we understood, who has it, by when, and how to follow."""
    kept = kept_receipt(request, token=token, at=timezone.now())
    if kept is None:
        return render(request, "portal/asking/receipt_gone.html", {"ways": human_ways(at=timezone.now())})
    question_id, code = kept
    question = Question.objects.select_related("product", "owner").get(pk=question_id)
    participant = (
        Participant.objects.filter(contact__question=question).select_related("contact").order_by("id").first()
    )
    promise = Promise.objects.filter(question=question, state=Promise.State.OPEN).select_related("team").first()
    shown = {
        "question": question,
        "code": format_follow_code(code),
        "words": participant.contact.text if participant else "",
        "entered": what_was_entered(question, participant),
        "email": participant.email if participant else "",
        "promise": promise_in_words(promise) if promise else outcome_in_words(question.outcome),
    }
    return render(request, "portal/asking/receipt.html", shown)


def _step(request: HttpRequest, question: Asking, *, at: datetime) -> HttpResponse:
    is_complete = question.is_valid()
    if question.has_new_files():
        # Also when something else is wrong, so that nobody has to choose the same file twice.
        if is_over(FILES, request=request, at=at):
            return _too_many(request, at=at)
        count_try(FILES, request=request, at=at)
        question.store_files()
    step = request.POST.get("step")
    if is_complete and step == "send":
        return _send(request, question, at=at)
    shown = CHANGE if step == CHANGE else CHECK
    if _keep(request, question, shown=shown, at=at):
        return redirect("portal:step", token=question.token)
    if is_complete and shown == CHECK:
        return _check(request, question, request.POST)
    return _form(request, question, is_changing=shown == CHANGE, at=at)


def _keep(request: HttpRequest, question: Asking, *, shown: str, at: datetime) -> bool:
    """Keep what was filled in, so that the next page is one that can be gone back to and reloaded."""
    if is_over(STEPS, request=request, at=at):
        return False
    count_try(STEPS, request=request, at=at)
    data = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "step", "remove"):
        data.pop(name, None)
    data["token"] = question.token
    data.setlist("kept", [each.sign for each in question.kept])
    typed = Typed(question.product.key if question.product else "", shown, data.urlencode())
    return keep_typed(request, typed, token=question.token, at=at)


def _form(request: HttpRequest, question: Asking, *, is_changing: bool = False, at: datetime) -> HttpResponse:
    errors = [] if is_changing else question.errors()
    about = {"asking": question, "ways": human_ways(question.product, at=at), "errors": errors}
    return render(request, "portal/asking/form.html", about)


def _check(request: HttpRequest, question: Asking, data: QueryDict) -> HttpResponse:
    told = [
        (question.ask.fields[name].label, question.ask.cleaned_data[name])
        for name in ("name", "email", "phone")
        if question.ask.cleaned_data[name]
    ]
    about = {
        "asking": question,
        "entered": readable_answers(question.product, question.answers(), get_language() or "nl"),
        "told": told,
        "hidden": _hidden(data),
    }
    return render(request, "portal/asking/check.html", about)


def _send(request: HttpRequest, question: Asking, *, at: datetime) -> HttpResponse:
    if is_over(ASK, request=request, at=at):
        return _too_many(request, at=at)
    try:
        registered = question.send(at=at)
    except AlreadyAsked:
        return redirect("portal:receipt", token=question.token)
    count_try(ASK, request=request, at=at)
    forget_typed(request, token=question.token)
    keep_receipt(request, token=question.token, registered=registered, at=at)
    return redirect("portal:receipt", token=question.token)


def _closed(request: HttpRequest, product: Product | None, *, at: datetime) -> HttpResponse:
    return render(request, "portal/asking/closed.html", {"product": product, "ways": human_ways(product, at=at)})


def _too_many(request: HttpRequest, *, at: datetime) -> HttpResponse:
    return render(request, "portal/too_many.html", {"ways": human_ways(at=at)}, status=429)


def _hidden(data: QueryDict) -> list[tuple[str, str]]:
    """Return everything that was filled in, to be carried to the next step by the page itself."""
    ours = {"csrfmiddlewaretoken", "step", "token", "kept", "remove"}
    return [(name, value) for name in data if name not in ours for value in data.getlist(name)]
