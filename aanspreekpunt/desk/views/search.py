"""Finding a question or a person again. What was searched for never stands in an address or a log."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from aanspreekpunt.common.phone_numbers import is_phone_number, normalise_phone_number
from aanspreekpunt.common.references import is_reference, parse_reference
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.looks import SEARCH, note_shown
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.questions.access import questions_visible_to
from aanspreekpunt.questions.people import find_people
from aanspreekpunt.questions.queries import history_by_address, questions_of_party

if TYPE_CHECKING:
    from django.http import HttpResponse

    from aanspreekpunt.questions.models import Question
    from aanspreekpunt.questions.people import PersonFound

REMEMBERED = 10
"""How many searches a session keeps, so that going back to one works."""

FOUND_SHOWN = 30
PEOPLE_SHOWN = 12
LONGEST = 200


@require_POST
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def search(request: StaffRequest) -> HttpResponse:
    """Take what is searched for; a reference number leads straight to its question."""
    text = request.POST.get("text", "").strip()[:LONGEST]
    if is_reference(text):
        reference = parse_reference(text)
        if questions_visible_to(request.user).filter(reference=reference).exists():
            return redirect("desk:question", reference)
    ticket = secrets.token_urlsafe(8)
    searches = dict(list(request.session.get("searches", {}).items())[1 - REMEMBERED :])
    request.session["searches"] = {**searches, ticket: text}
    return redirect("desk:found", ticket)


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_found(request: StaffRequest, ticket: str) -> HttpResponse:
    """Show what an earlier search finds now; whom and what it shows is written in the access log."""
    text = request.session.get("searches", {}).get(ticket)
    if text is None:
        raise Http404
    people = find_people(text, visible_to=request.user, limit=PEOPLE_SHOWN)
    questions = _questions(request, text, people)
    note_shown(people=people, questions=questions, purpose=SEARCH, by=request.user, at=timezone.now())
    context = {"text": text, "people": people, "questions": questions, "limit": FOUND_SHOWN}
    return render(request, "desk/search/found.html", context)


def _questions(request: StaffRequest, text: str, people: list[PersonFound]) -> list[Question]:
    if "@" in text:
        return history_by_address(text.lower(), visible_to=request.user, limit=FOUND_SHOWN)
    if is_phone_number(text):
        return history_by_address(normalise_phone_number(text), visible_to=request.user, limit=FOUND_SHOWN)
    ids = [person.party.id for person in people]
    return list(questions_of_party(ids, visible_to=request.user, limit=FOUND_SHOWN)) if ids else []
