"""Finding a question, a person or an answer. What was searched for never stands in an address or a log."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from aanspreekpunt.catalogue.queries import products_for_choice
from aanspreekpunt.common.cleaning import cleaned
from aanspreekpunt.common.phone_numbers import is_phone_number, normalise_phone_number
from aanspreekpunt.common.references import is_reference, parse_reference
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.bar import MAY_SEARCH
from aanspreekpunt.desk.colleagues import colleagues_in
from aanspreekpunt.desk.looks import SEARCH, note_shown
from aanspreekpunt.knowledge.finding.words.personal import personal_in
from aanspreekpunt.knowledge.models import Audience
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import teams
from aanspreekpunt.questions.access import questions_visible_to
from aanspreekpunt.questions.by_words import earlier_questions
from aanspreekpunt.questions.lone_contacts import contacts_numbered, lone_contacts
from aanspreekpunt.questions.people import find_people
from aanspreekpunt.questions.queries import history_by_address, questions_of_party
from aanspreekpunt.search.queries import search_for_staff
from aanspreekpunt.search.tally import note_search
from aanspreekpunt.search.trails import trail_of

if TYPE_CHECKING:
    from aanspreekpunt.questions.models import Contact, Question
    from aanspreekpunt.questions.people import PersonFound
    from aanspreekpunt.search.results import Results

REMEMBERED: Final = 10
"""How many searches a session keeps, so that going back to one works."""

FOUND_SHOWN, PEOPLE_SHOWN, ANSWERS_SHOWN, SUGGESTED, LONGEST = 30, 12, 20, 6, 200
_WHO: Final = frozenset(("email", "number", "address"))
KINDS: Final = {
    "answers": (_("Answers"), ("answer", "note")),
    "products": (_("Products"), ("product", "form")),
    "forms": (_("Forms"), ("form",)),
    "teams": (_("Teams"), ("team",)),
    "people": (_("Colleagues"), ("person",)),
}
"""What one can ask to see of what is found in texts."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What one asked to see only; an unknown choice is none."""

    kind: str = ""
    product: str = ""
    team: str = ""
    audience: str = ""

    @classmethod
    def of(cls, request: StaffRequest) -> Filters:
        """Read them from the address."""
        kind, audience = request.GET.get("kind", ""), request.GET.get("audience", "")
        return cls(
            kind=kind if kind in KINDS else "",
            product=request.GET.get("product", "")[:80],
            team=request.GET.get("team", "")[:50],
            audience=audience if audience in Audience.values else "",
        )

    def find(self, text: str) -> Results:
        """Return the answers, products, teams and colleagues that fit."""
        kinds = KINDS[self.kind][1] if self.kind else ()
        return search_for_staff(
            text,
            limit=ANSWERS_SHOWN,
            kinds=kinds,
            product_key=self.product,
            team_key=self.team,
            audience=self.audience,
        )


@require_POST
@staff_view(*MAY_SEARCH)
def search(request: StaffRequest) -> HttpResponse:
    """Take what is searched for; a reference number leads straight to its question."""
    text = _text(request)
    if is_reference(whom := _address_in(text)) and _sees_questions(request):
        reference = parse_reference(whom)
        if questions_visible_to(request.user).filter(reference=reference).exists():
            return redirect("desk:question", reference)
    ticket = secrets.token_urlsafe(8)
    searches = dict(list(request.session.get("searches", {}).items())[1 - REMEMBERED :])
    request.session["searches"] = {**searches, ticket: text}
    return redirect("desk:found", ticket)


@require_POST
@staff_view(*MAY_SEARCH)
def suggest(request: StaffRequest) -> HttpResponse:
    """Show the few best answers, products, teams and colleagues while somebody types."""
    text = _text(request)
    found = search_for_staff(text, limit=SUGGESTED, typing=True)
    trail = trail_of(text, at=timezone.now(), typing=True)
    context = {"found": found, "colleagues": colleagues_in(found.results), "trail": trail}
    return HttpResponse(get_template("desk/search/suggestions.html").render(context))


@require_GET
@staff_view(*MAY_SEARCH)
def show_found(request: StaffRequest, ticket: str) -> HttpResponse:
    """Show what an earlier search finds now; whom and what it shows is written in the access log."""
    text = request.session.get("searches", {}).get(ticket)
    if text is None:
        raise Http404
    now, filters = timezone.now(), Filters.of(request)
    found = filters.find(text)
    people, questions = _people_and_questions(request, text) if _sees_questions(request) else ([], [])
    contacts, numbered = _lone_contacts(request, text, people) if _sees_questions(request) else ([], [])
    questions = questions + [each for each in numbered if each not in questions]
    note_shown(people=people, questions=questions, contacts=contacts, purpose=SEARCH, by=request.user, at=now)
    if filters == Filters() and not people and not questions and not contacts:
        note_search(text=text, results=found, face="desk", at=now)
    context = {
        "text": text,
        "ticket": ticket,
        "found": found,
        "contacts": contacts,
        "trail": "" if people else trail_of(text, at=now),
        "colleagues": colleagues_in(found.results),
        "filters": filters,
        "kinds": [(key, name) for key, (name, _kinds) in KINDS.items()],
        "audiences": Audience.choices,
        "products": products_for_choice(),
        "teams": teams(),
        "people": people,
        "questions": questions,
        "limit": FOUND_SHOWN,
    }
    return render(request, "desk/search/found.html", context)


def _text(request: StaffRequest) -> str:
    return cleaned(request.POST.get("text", "")[: 4 * LONGEST]).strip()[:LONGEST]


def _sees_questions(request: StaffRequest) -> bool:
    return request.rights.may(Permission.SEE_QUESTIONS_OF_TEAM)


def _people_and_questions(request: StaffRequest, text: str) -> tuple[list[PersonFound], list[Question]]:
    """Return who may be meant, and his questions; when the words name nobody, earlier questions about the same."""
    whom = _address_in(text)
    people = find_people(whom, visible_to=request.user, limit=PEOPLE_SHOWN)
    if "@" in whom:
        return people, history_by_address(whom.lower(), visible_to=request.user, limit=FOUND_SHOWN)
    if is_phone_number(whom):
        return people, history_by_address(normalise_phone_number(whom), visible_to=request.user, limit=FOUND_SHOWN)
    if people:
        ids = [person.party.id for person in people]
        return people, list(questions_of_party(ids, visible_to=request.user, limit=FOUND_SHOWN))
    return [], earlier_questions(text, visible_to=request.user, limit=FOUND_SHOWN)


def _lone_contacts(request: StaffRequest, text: str, people: list[PersonFound]) -> tuple[list[Contact], list[Question]]:
    """Return what another system registered for whom the text names, and what is known under it as a number."""
    whom = _address_in(text)
    address = whom.lower() if "@" in whom else normalise_phone_number(whom) if is_phone_number(whom) else ""
    found = lone_contacts(
        party_ids=[person.party.id for person in people],
        address=address,
        name="" if address else text,
        visible_to=request.user,
        limit=FOUND_SHOWN,
    )
    numbered, questions = contacts_numbered(text, visible_to=request.user)
    return numbered + [each for each in found if each not in numbered], questions


def _address_in(text: str) -> str:
    """Return the one address or number by which a text says who is meant, whatever else it says; else the text."""
    found = [text[each.start : each.end] for each in personal_in(text) if each.kind in _WHO]
    return found[0] if len(found) == 1 else text
