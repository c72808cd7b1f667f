"""What happened to a question, as the resident reads it: what he was told, in plain words, oldest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from aanspreekpunt.common.times import spell_moment, spell_window
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.queries import entries_about
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.questions.choices import Outcome
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.questions.models import Attachment, Question


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `words` are somebody's own, `by_resident` says whose."""

    at: datetime
    title: str
    words: str = ""
    by_resident: bool = False
    attachments: tuple[Attachment, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Past:
    """What the lines are told from, read at once."""

    question: Question
    contacts: dict[int, Contact]
    team_names: dict[str, str]

    def contact_of(self, entry: Entry) -> Contact | None:
        return self.contacts.get(entry.data.get("contact", 0))

    def team(self, entry: Entry, name: str) -> str:
        return self.team_names.get(entry.data.get(name, ""), "")


def lines_for_resident(question: Question) -> list[Line]:
    """Return what the resident was told of his question, oldest first. Four queries, however long the list."""
    entries = _told(question)
    contacts = Contact.objects.filter(question=question).prefetch_related("attachments")
    past = Past(
        question=question,
        contacts={contact.pk: contact for contact in contacts},
        team_names={team.key: team.shown_name for team in Team.objects.all()},
    )
    told = ((entry, TELLERS[entry.event]) for entry in entries if entry.event in TELLERS)
    return [line for entry, tell in told if (line := tell(entry, past)) is not None]


def _told(question: Question) -> list[Entry]:
    """Return the lines the resident was told, without what was taken back before he could be told."""
    entries = list(entries_about(question).filter(Q(shown_to_resident=True) | Q(event="letter.taken_back")))
    undone = {pk for entry in entries if entry.event == "letter.taken_back" for pk in entry.data.get("undoes", ())}
    return [entry for entry in entries if entry.pk not in undone]


def _registered(entry: Entry, past: Past) -> Line:
    contact = past.contact_of(entry)
    title = {
        "phone": _("You called us."),
        "counter": _("You came to us."),
        "web_form": _("You asked your question on this website."),
        "visit": _("You spoke to us."),
    }.get(entry.data.get("channel", ""), _("We received your question."))
    return _by_resident(entry, title, contact)


def _handed_over(entry: Entry, past: Past) -> Line:
    return Line(entry.at, _("We passed your question on to %(team)s.") % {"team": past.team(entry, "to")})


def _promised(entry: Entry, past: Past) -> Line:
    team, due_at = past.team(entry, "team"), _moment(entry.data, "due_at")
    starts_at = _moment(entry.data, "starts_at")
    if due_at is None:
        return Line(entry.at, _("We promised you an answer."))
    if starts_at is not None:
        window = spell_window(starts_at, due_at)
        return Line(entry.at, _("%(team)s promised to call you on %(window)s.") % {"team": team, "window": window})
    date = spell_moment(due_at)
    return Line(entry.at, _("%(team)s promised an answer by %(date)s.") % {"team": team, "date": date})


def _taken(entry: Entry, past: Past) -> Line:
    return Line(
        entry.at, _("Somebody of %(team)s started on your question.") % {"team": past.question.owner.shown_name}
    )


def _answered(entry: Entry, past: Past) -> Line:
    contact = past.contact_of(entry)
    return Line(entry.at, _("We answered you."), contact.text if contact else "", attachments=_files(contact))


def _asked(entry: Entry, past: Past) -> Line:
    contact = past.contact_of(entry)
    return Line(entry.at, _("We asked you something."), contact.text if contact else "", attachments=_files(contact))


def _replied(entry: Entry, past: Past) -> Line:
    return _by_resident(entry, _("You replied to what we asked."), past.contact_of(entry))


def _added(entry: Entry, past: Past) -> Line:
    return _by_resident(entry, _("You added something."), past.contact_of(entry))


def _thanked(entry: Entry, past: Past) -> Line:
    return _by_resident(entry, _("You thanked us."), past.contact_of(entry))


def _not_reached(entry: Entry, _past: Past) -> Line:
    return Line(entry.at, _("We called you, but did not reach you."))


def _no_reply(entry: Entry, _past: Past) -> Line:
    return Line(entry.at, _("We heard nothing from you, and went on with what we know."))


def _reopened(entry: Entry, _past: Past) -> Line:
    if entry.by_kind == Entry.ByKind.RESIDENT:
        return Line(entry.at, _("You came back to this. We go on."), _words(entry), by_resident=True)
    # What an employee wrote down was meant for colleagues.
    return Line(entry.at, _("We opened your question again."))


def _settled(entry: Entry, past: Past) -> Line:
    outcome, note = entry.data.get("outcome", ""), _words(entry)
    if outcome == Outcome.ANSWERED_AT_ONCE:
        first = min(past.contacts.values(), key=lambda contact: contact.pk, default=None)
        return Line(entry.at, _("We answered you at once."), first.reply if first else "")
    return Line(entry.at, outcome_in_words(outcome, note=note), _reply_to(outcome, past))


def outcome_in_words(outcome: str, *, note: str = "") -> str:
    """Return how a question ended, as one tells it to the resident; `note` is where to, which case, or why."""
    with_note = {
        Outcome.REFERRED: _("Your question belongs to %(note)s."),
        Outcome.BECAME_CASE: _("We opened a case for you: %(note)s."),
        Outcome.COULD_NOT_BE_ANSWERED: _("We could not answer your question: %(note)s"),
    }
    if note and outcome in with_note:
        return with_note[Outcome(outcome)] % {"note": note}
    return {
        Outcome.CALLBACK_KEPT: _("We called you back. Your question is settled."),
        Outcome.REFERRED: _("Your question belongs to another body."),
        Outcome.BECAME_CASE: _("We opened a case for you."),
        Outcome.APPOINTMENT_MADE: _("We made an appointment with you."),
        Outcome.WITHDRAWN: _("Your question was withdrawn."),
        Outcome.COULD_NOT_BE_ANSWERED: _("We could not answer your question."),
        Outcome.HANDLED_ELSEWHERE: _("Your question was dealt with."),
        Outcome.DUPLICATE: _("We go on with this under another question of yours."),
    }.get(Outcome(outcome) if outcome else Outcome.ANSWERED, _("Your question is settled."))


def _reply_to(outcome: str, past: Past) -> str:
    # What was said when the desk referred somebody in the same contact; later words stand in their own line.
    if outcome in {Outcome.REFERRED, Outcome.BECAME_CASE} and past.contacts:
        return min(past.contacts.values(), key=lambda contact: contact.pk).reply
    return ""


def _by_resident(entry: Entry, title: str, contact: Contact | None) -> Line:
    return Line(entry.at, title, contact.text if contact else "", by_resident=True, attachments=_files(contact))


def _files(contact: Contact | None) -> tuple[Attachment, ...]:
    return tuple(contact.attachments.all()) if contact else ()


def _words(entry: Entry) -> str:
    return entry.words.text if hasattr(entry, "words") else ""


def _moment(data: dict[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(data[name]) if data.get(name) else None


TELLERS: Final[dict[str, Callable[[Entry, Past], Line | None]]] = {
    "question.registered": _registered,
    "question.handed_over": _handed_over,
    "promise.made": _promised,
    "question.taken": _taken,
    "question.answered": _answered,
    "question.settled": _settled,
    "question.reopened": _reopened,
    "resident.asked": _asked,
    "resident.replied": _replied,
    "resident.added": _added,
    "resident.thanked": _thanked,
    "callback.not_reached": _not_reached,
    "reply.not_received": _no_reply,
}
"""How each event is told. An event that is not here is not told to residents."""
