"""Contacts that belong to no question: another system registered them, and dealt with them itself.

Who may see one: everybody who may see questions of all teams, and for a department the members of the team whose system
it was. A confidential one has no team that owns its question, so nobody at the desk sees it but the supervisors of the
contact centre; the members of the team whose system it was see it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Lower

from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import contact_centre
from aanspreekpunt.parties.rules import split_infix, split_name
from aanspreekpunt.questions.access import questions_visible_to
from aanspreekpunt.questions.models import Contact, Participant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question

LOOKED_THROUGH = 2_000
"""So many contacts of one address are looked through: far more than any person has."""

LONGEST_NUMBER = 10


def lone_contacts_visible_to(employee: Employee) -> QuerySet[Contact]:
    """Return the contacts without a question that `employee` may see, by the rule of this module."""
    rights = rights_of(employee)
    of_own_teams = Q(by_team_id__in=rights.team_ids)
    lone = Contact.objects.filter(question=None)
    if rights.may(Permission.SUPERVISE, team_id=contact_centre().pk):
        return lone
    if rights.may(Permission.SEE_QUESTIONS_OF_ALL_TEAMS) or rights.is_everywhere(Permission.SEE_QUESTIONS_OF_TEAM):
        return lone.filter(Q(is_confidential=False) | of_own_teams)
    return lone.filter(of_own_teams)


def lone_contacts(
    *, party_ids: Iterable[int] = (), address: str = "", name: str = "", visible_to: Employee, limit: int = 20
) -> list[Contact]:
    """Return the newest such contacts of these parties, or in which somebody gave this address or bore this name.

    A name counts as a whole last name, for those who are no party of ours. A few queries, each on an index.
    """
    wanted: set[int] = set()
    parties = list(party_ids)
    if parties:
        wanted |= _newest(Participant.objects.filter(party_id__in=parties))
    if address:
        column = "email" if "@" in address else "phone"
        wanted |= _newest(Participant.objects.filter(**{column: address}))
    if last_name := _last_name(name):
        unknown = Participant.objects.filter(party=None).exclude(last_name="")
        wanted |= _newest(unknown.alias(folded=Lower("last_name")).filter(folded=last_name))
    return _shown(lone_contacts_visible_to(visible_to).filter(pk__in=wanted), limit) if wanted else []


def contacts_numbered(number: str, *, visible_to: Employee, limit: int = 20) -> tuple[list[Contact], list[Question]]:
    """Return what is known under this number of a contact: the contact itself, or the question it belongs to."""
    text = "".join(number.split())
    if not text or len(text) > LONGEST_NUMBER:
        return [], []
    named = dict(Contact.objects.filter(Q(number=text) | Q(reference_number=text)).values_list("pk", "question_id"))
    question_ids = {question_id for question_id in named.values() if question_id is not None}
    lone_ids = [pk for pk, question_id in named.items() if question_id is None]
    lone = _shown(lone_contacts_visible_to(visible_to).filter(pk__in=lone_ids), limit) if lone_ids else []
    if not question_ids:
        return lone, []
    visible = questions_visible_to(visible_to).filter(pk__in=question_ids)
    return lone, list(visible.select_related("owner", "product", "holder"))


def _newest(participants: QuerySet[Participant]) -> set[int]:
    newest = participants.order_by("-id").values_list("contact_id", flat=True)
    return set(newest[:LOOKED_THROUGH])


def _shown(contacts: QuerySet[Contact], limit: int) -> list[Contact]:
    complete = contacts.select_related("by_team", "by_employee")
    complete = complete.prefetch_related("participants", "actors__actor", "subjects")
    return list(complete.order_by("-occurred_at", "-id")[:limit])


def _last_name(name: str) -> str:
    """Return the last name in what somebody typed, folded as the index has it; empty when it is no name."""
    if not name or any(each.isdigit() or each == "@" for each in name):
        return ""
    found = split_name(name).last_name
    return split_infix(found)[1].lower()
