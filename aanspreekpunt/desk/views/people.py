"""One person or organisation: what was asked, and what other systems registered, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.looks import PERSON, note_shown
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.parties.queries import found_party_named
from aanspreekpunt.questions.lone_contacts import lone_contacts
from aanspreekpunt.questions.people import PersonFound
from aanspreekpunt.questions.queries import questions_of_party

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from aanspreekpunt.questions.models import Contact, Question

SHOWN: Final = 50


@dataclass(frozen=True)
class Moment:
    """One thing that happened: a question of ours, or a contact in another system."""

    at: datetime
    question: Question | None = None
    contact: Contact | None = None


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_person(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show somebody, as far as one may see what he asked; it is written in the access log."""
    person = found_party_named(uuid)
    if person is None:
        raise Http404
    questions = list(questions_of_party([person.id], visible_to=request.user, limit=SHOWN))
    contacts = lone_contacts(party_ids=[person.id], visible_to=request.user, limit=SHOWN)
    shown = [PersonFound(person, 0)]
    now = timezone.now()
    note_shown(people=shown, questions=questions, contacts=contacts, purpose=PERSON, by=request.user, at=now)
    moments = [Moment(each.registered_at, question=each) for each in questions]
    moments += [Moment(each.occurred_at, contact=each) for each in contacts]
    newest = sorted(moments, key=lambda moment: moment.at, reverse=True)[:SHOWN]
    return render(request, "desk/people/person.html", {"person": person, "moments": newest, "limit": SHOWN})
