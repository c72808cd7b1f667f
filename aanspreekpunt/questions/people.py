"""Who is on the line: finding people by what one knows of them, and what they asked before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from aanspreekpunt.common.references import is_reference, parse_reference
from aanspreekpunt.parties.queries import PartyFound, find_parties, found_party
from aanspreekpunt.questions.access import questions_visible_to
from aanspreekpunt.questions.queries import newest_of_party, newest_with_address
from aanspreekpunt.questions.rules import SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question

HISTORY_SHOWN = 12
"""How much of what somebody asked before fits beside a conversation."""


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody we know, with how many questions of his are open as far as the reader may see them."""

    party: PartyFound
    open_questions: int


def find_people(text: str, *, visible_to: Employee, limit: int = 8) -> list[PersonFound]:
    """Return who may be meant by a phone number, e-mail address, postcode and house number, reference or name.

    Bounded queries on indexes only; see `parties.queries.find_parties`.
    """
    parties = _asker_of(text, visible_to) if is_reference(text) else find_parties(text, limit=limit)
    counts = open_questions_of((party.id for party in parties), visible_to=visible_to)
    return [PersonFound(party, counts.get(party.id, 0)) for party in parties]


def open_questions_of(party_ids: Iterable[int], *, visible_to: Employee) -> dict[int, int]:
    """Return how many open questions each party has that `visible_to` may see. One query."""
    ids = list(party_ids)
    if not ids:
        return {}
    still_open = questions_visible_to(visible_to).filter(party_id__in=ids).exclude(state=SETTLED)
    return dict(still_open.order_by().values_list("party_id").annotate(Count("pk")))


def history_of(
    *, party_id: int | None = None, phone: str = "", email: str = "", visible_to: Employee, limit: int = HISTORY_SHOWN
) -> list[Question]:
    """Return what this party asked, or anyone who gave this phone number or e-mail address; open first, then newest.

    Exact for whoever contacted us up to `LOOKED_THROUGH` times; of an address given more often, such as that of a
    shelter, the newest so many contacts are looked through. Each source is read from its own index, so that the cost
    does not grow with the register.
    """
    ids = set(newest_of_party(party_id)) if party_id is not None else set()
    for address in filter(None, (phone, email)):
        ids.update(newest_with_address(address))
    if not ids:
        return []
    found = questions_visible_to(visible_to).filter(pk__in=ids).select_related("owner", "product", "holder")
    return list(found.alias(is_ended=Q(state=SETTLED)).order_by("is_ended", "-id")[:limit])


def _asker_of(text: str, employee: Employee) -> list[PartyFound]:
    question = (
        questions_visible_to(employee)
        .filter(reference=parse_reference(text), party__isnull=False)
        .only("party")
        .first()
    )
    return [found_party(question.party_id)] if question and question.party_id else []
