"""Helping who writes a letter: answers to insert while typing, and taking a letter back before it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view, visible_question
from aanspreekpunt.desk.actions.letters import answers_to_insert, text_to_insert
from aanspreekpunt.desk.scene import Scene
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.promises.operations import take_back
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from uuid import UUID


@require_POST
@staff_view(Permission.WORK_ON_QUESTIONS)
def suggest_answers(request: StaffRequest, reference: str) -> HttpResponse:
    """Give the answers that fit what is typed in the search field of a letter."""
    scene = Scene(visible_question(request, reference), request.user, timezone.now(), "")
    found = answers_to_insert(scene, request.POST.get("look_for", ""))
    return render(request, "desk/questions/answers_to_insert.html", {"found": found})


@require_GET
@staff_view(Permission.WORK_ON_QUESTIONS)
def give_answer(request: StaffRequest, reference: str, key: str) -> HttpResponse:
    """Give an answer as text to go on writing in."""
    scene = Scene(visible_question(request, reference), request.user, timezone.now(), "")
    text = text_to_insert(scene, key)
    if not text:
        raise Http404
    return JsonResponse({"text": text})


@require_POST
@staff_view(Permission.WORK_ON_QUESTIONS)
def take_letter_back(request: StaffRequest, reference: str, contact: UUID) -> HttpResponse:
    """Take back what one just wrote, and go on writing it."""
    question = visible_question(request, reference)
    written = Contact.objects.filter(uuid=contact, question=question, direction=Contact.Direction.OUT).first()
    if written is None:
        raise Http404
    was_answer = question.is_settled
    try:
        files = take_back(question=question, contact=written, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:question", reference)
    messages.success(request, _("Taken back. Nothing was sent, and the question is with you again."))
    again = urlencode({"again": str(contact), "files": " ".join(map(str, files))})
    return redirect(f"{reverse('desk:act', args=[reference, 'answer' if was_answer else 'ask-resident'])}?{again}")
