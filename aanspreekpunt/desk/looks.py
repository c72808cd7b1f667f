"""Writing in the access log what a screen showed of people: ids only, one line each, all in one query."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aanspreekpunt.journal.operations import record_look, record_looks_once
from aanspreekpunt.parties.models import Party
from aanspreekpunt.questions.models import Contact, Question

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.people import PersonFound

LOOKS_COUNT_AS_ONE_FOR = timedelta(minutes=10)
"""Who goes back to what he just saw, or types on, does not look anew."""

SEARCH, CALLER, PERSON = "search", "caller", "person"
"""What people are shown for besides opening a question: a search, recognising who is on the line, looking at one."""


FILE, MAIL, POST, PROOF = "file", "mail", "post", "proof"
"""What is opened besides the question itself: a file, a mail as it was sent, the post, the proof of each message."""


def note_opened(question: Question, *, purpose: str, by: Employee, at: datetime) -> None:
    """Write that `by` opened something that belongs to `question`."""
    record_look(subject=question, purpose=purpose, by=by, at=at)


def note_shown(
    *,
    people: Iterable[PersonFound],
    questions: Iterable[Question],
    contacts: Iterable[Contact] = (),
    purpose: str,
    by: Employee,
    at: datetime,
) -> None:
    """Write that `by` was shown these people, questions and contacts. One query, or none when there was nobody."""
    shown: list[tuple[type[Party | Question | Contact], int]] = [(Party, person.party.id) for person in people]
    shown += [(Question, question.pk) for question in questions]
    shown += [(Contact, contact.pk) for contact in contacts]
    record_looks_once(subjects=shown, purpose=purpose, since=at - LOOKS_COUNT_AS_ONE_FOR, by=by, at=at)
