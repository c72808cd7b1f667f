"""Following a question: enter number and code, see how it stands, add, reply, say that it was no answer."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanspreekpunt.catalogue.forms import readable_answers
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.portal.access import followed_question
from aanspreekpunt.portal.asking import ACCOUNT
from aanspreekpunt.portal.following import question_followed_by
from aanspreekpunt.portal.forms import FollowForm, WordsForm
from aanspreekpunt.portal.limits import ASK, FOLLOW, count_try, is_over
from aanspreekpunt.portal.reaching import human_ways
from aanspreekpunt.portal.standing import standing_of
from aanspreekpunt.portal.visit import begin_following, stop_following
from aanspreekpunt.promises.operations import receive_addition, reopen
from aanspreekpunt.promises.operations.registering import handed_in_once
from aanspreekpunt.promises.timeline.resident import lines_for_resident
from aanspreekpunt.questions.attachments import download_of
from aanspreekpunt.questions.choices import Channel, State
from aanspreekpunt.questions.models import Attachment
from aanspreekpunt.questions.operations import give_feedback
from aanspreekpunt.questions.refusals import AlreadyAsked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from aanspreekpunt.questions.models import Question


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; what is wrong with them is not said."""
    now = timezone.now()
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_over(FOLLOW, request=request, at=now):
            return render(request, "portal/too_many.html", {"ways": human_ways(at=now)}, status=429)
        question = question_followed_by(**form.cleaned_data)
        if question is not None:
            begin_following(request, question_id=question.pk, at=now)
            return redirect("portal:question")
        count_try(FOLLOW, request=request, at=now)
        form.add_error("code", _("This number and this code do not belong together. Please check both."))
    about = {"form": form, "errors": [field for field in form if field.errors], "ways": human_ways(at=now)}
    return render(request, "portal/following/enter.html", about)


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show how the question stands, what happened, and what the resident may do."""
    question = followed_question(request, at=timezone.now())
    if question is None:
        return redirect("portal:follow")
    return _page(request, question, at=timezone.now())


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Take in what the resident adds, or his reply to what we asked."""

    def receive(question: Question, text: str, token: str, at: datetime) -> str:
        # Pressing the button twice is no mistake: the first time counts.
        with suppress(AlreadyAsked), handed_in_once():
            receive_addition(
                question=question,
                text=text,
                channel=Channel.WEB_FORM,
                intake_account=ACCOUNT,
                intake_id=token,
                by=RESIDENT,
                at=at,
            )
        return _("Thank you. We added this to your question.")

    return _change(request, "add", receive)


@require_POST
def say_no_answer(request: HttpRequest) -> HttpResponse:
    """Open the question again, because what we said was no answer to it."""

    def open_again(question: Question, text: str, _token: str, at: datetime) -> str:
        reopen(question=question, reason=text, by=RESIDENT, at=at)
        return _("Thank you for telling us. Your question is open again, and you see below when you hear from us.")

    return _change(request, "no_answer", open_again)


@require_POST
def say_what_could_be_better(request: HttpRequest) -> HttpResponse:
    """Keep what could have gone better."""

    def keep(question: Question, text: str, _token: str, at: datetime) -> str:
        give_feedback(question=question, text=text, by=RESIDENT, at=at)
        return _("Thank you. People read this, and learn from it.")

    return _change(request, "better", keep)


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Close the question in this browser."""
    stop_following(request)
    messages.success(request, _("The question is closed in this browser. With number and code you open it again."))
    return redirect("portal:follow")


@never_cache
@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Give a file that belongs to the question this visitor follows."""
    question = followed_question(request, at=timezone.now())
    attachment = Attachment.objects.filter(uuid=uuid, contact__question=question).first() if question else None
    if attachment is None or not attachment.may_be_opened:
        raise Http404
    return download_of(attachment)


def _change(request: HttpRequest, name: str, operation: Callable[[Question, str, str, datetime], str]) -> HttpResponse:
    now = timezone.now()
    question = followed_question(request, at=now)
    if question is None:
        return redirect("portal:follow")
    form = WordsForm(request.POST, prefix=name)
    if is_over(ASK, request=request, at=now):
        return render(request, "portal/too_many.html", {"ways": human_ways(at=now)}, status=429)
    if form.is_valid():
        try:
            done = operation(question, form.cleaned_data["text"], form.cleaned_data["token"], now)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            count_try(ASK, request=request, at=now)
            messages.success(request, done)
            return redirect("portal:question")
    return _page(request, question, at=now, wrong=(name, form))


def _page(
    request: HttpRequest, question: Question, *, at: datetime, wrong: tuple[str, WordsForm] | None = None
) -> HttpResponse:
    forms = _forms(question, wrong)
    about = {
        "question": question,
        "standing": standing_of(question, at=at),
        "entered": readable_answers(question.product, question.form_data, get_language() or "nl"),
        "lines": lines_for_resident(question),
        "forms": forms,
        "errors": [form["text"] for form in forms.values() if form.errors],
        # What was typed for a question that changed in the meantime is given back, so that nothing is lost.
        "unsent": wrong[1] if wrong is not None and wrong[0] not in forms else None,
        "ways": human_ways(question.product, at=at),
        "has_told": hasattr(question, "feedback"),
    }
    return render(request, "portal/following/question.html", about)


def _forms(question: Question, wrong: tuple[str, WordsForm] | None) -> dict[str, WordsForm]:
    """Return the boxes that make sense for a question in this state; `wrong` is the one that was not right."""
    if question.is_settled:
        labels = {"no_answer": _("Why was this no answer?"), "better": _("What could have gone better?")}
    elif question.state == State.AWAITING_RESIDENT:
        labels = {"add": _("Your reply")}
    else:
        labels = {"add": _("What do you want to add?")}
    forms = {name: WordsForm(prefix=name, initial={"token": secrets.token_urlsafe(24)}) for name in labels}
    if wrong is not None and wrong[0] in forms:
        forms[wrong[0]] = wrong[1]
    for name, form in forms.items():
        form.fields["text"].label = labels[name]
    return forms
