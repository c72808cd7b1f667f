"""The proof of each message about a question: when it came in, was confirmed, passed on, sent, tried, and failed.

It is read from what only grows: the journal, messages as they were delivered, letters as they were written, and every
attempt to send one. A municipality has to be able to show this (Wet modernisering elektronisch bestuurlijk verkeer).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.journal.queries import entries_about
from aanspreekpunt.messaging.models import Arrival, Attempt, Delivery
from aanspreekpunt.messaging.threads import message_id_of
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.models import MailBody

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.journal.models import Entry
    from aanspreekpunt.questions.models import Question

_EVENTS: Final[Mapping[str, StrOrPromise]] = {
    "question.registered": gettext_lazy("Received"),
    "resident.replied": gettext_lazy("Received"),
    "resident.added": gettext_lazy("Received"),
    "resident.thanked": gettext_lazy("Received"),
    "automatic.received": gettext_lazy("Automatic mail received"),
    "question.handed_over": gettext_lazy("Passed on"),
    "question.returned": gettext_lazy("Passed on"),
    "question.answered": gettext_lazy("Answer written"),
    "resident.asked": gettext_lazy("Question to the resident written"),
    "letter.taken_back": gettext_lazy("Taken back before it was sent"),
    "letter.failed": gettext_lazy("Could not be delivered"),
    "letter.uncertain": gettext_lazy("Perhaps delivered"),
    "letter.sent_again": gettext_lazy("Sent again, because nobody knew whether it arrived"),
    "question.settled": gettext_lazy("Settled"),
    "question.reopened": gettext_lazy("Opened again"),
}
_OUTCOMES: Final[Mapping[str, StrOrPromise]] = {
    Attempt.Outcome.SENT: gettext_lazy("Sent: accepted by the mail server"),
    Attempt.Outcome.TEMPORARY: gettext_lazy("Tried: not accepted yet"),
    Attempt.Outcome.PERMANENT: gettext_lazy("Failed: refused"),
    Attempt.Outcome.INTERRUPTED: gettext_lazy("Tried: interrupted"),
    Attempt.Outcome.BOUNCED: gettext_lazy("Failed: came back"),
}
_LETTERS: Final[Mapping[str, StrOrPromise]] = {
    "receipt": gettext_lazy("Confirmation of receipt"),
    "too_large": gettext_lazy("Confirmation of receipt of a message that was too large"),
    "left_out": gettext_lazy("Notice of files that were not opened"),
    "answer_at_once": gettext_lazy("Answer given at once"),
    "answer": gettext_lazy("Answer"),
    "passed_on": gettext_lazy("Notice that it was passed on"),
    "new_date": gettext_lazy("Notice of a new date"),
    "asked_back": gettext_lazy("Question to the resident"),
    "merged": gettext_lazy("Notice that it goes on in another question"),
    "team_notice": gettext_lazy("Notice to the team"),
    "team_reminder": gettext_lazy("Reminder to the team"),
    "supervisor_alarm": gettext_lazy("Alarm to the supervisor"),
    "second_hop": gettext_lazy("Note to the supervisor that it was handed over again"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLine:
    """One thing that happened to one message; `record` names the line it was read from."""

    at: datetime
    what: str
    message: str = ""
    where: str = ""
    result: str = ""
    identity: str = ""
    record: str


def proof_of(question: Question) -> list[ProofLine]:
    """Return all that is on record of the messages about `question`, oldest first. Five queries."""
    lines = [*_from_journal(question), *_from_arrivals(question), *_from_letters(question)]
    return sorted(lines, key=lambda line: (line.at, line.record))


def _from_journal(question: Question) -> list[ProofLine]:
    entries = [entry for entry in entries_about(question) if entry.event in _EVENTS]
    names = {team.key: team.shown_name for team in Team.objects.all()}
    return [
        ProofLine(
            at=entry.at,
            what=str(_EVENTS[entry.event]),
            message=_channel(entry),
            where=names.get(entry.data.get("to", ""), ""),
            result=str(entry.data.get("outcome", entry.data.get("code", ""))),
            identity=str(entry.data.get("contact", "")),
            record=f"journal {entry.pk}",
        )
        for entry in entries
    ]


def _channel(entry: Entry) -> str:
    channel = entry.data.get("channel", "")
    return str(Channel(channel).label) if channel in Channel.values else ""


def _from_arrivals(question: Question) -> list[ProofLine]:
    mails = MailBody.objects.filter(contact__question=question).values("arrival")
    arrived = Arrival.objects.filter(Q(about_kind="question", about_id=question.pk) | Q(uuid__in=mails)).defer("raw")
    return [
        ProofLine(
            at=each.arrived_at,
            what=_("Delivered to us"),
            message=_("%(size)d bytes") % {"size": each.size},
            where=each.account,
            identity=f"sha256 {bytes(each.sha256).hex()}",
            record=f"arrival {each.pk}",
        )
        for each in arrived
    ]


def _from_letters(question: Question) -> list[ProofLine]:
    letters = Delivery.objects.filter(about_kind="question", about_id=question.pk).prefetch_related("tries")
    lines = []
    for letter in letters:
        name, identity = str(_LETTERS.get(letter.kind, letter.kind)), message_id_of(letter)
        told = {"message": name, "where": letter.to_address, "identity": identity}
        lines.append(ProofLine(at=letter.made_at, what=_("Put in the outbox"), record=f"letter {letter.pk}", **told))
        lines += [
            ProofLine(
                at=tried.at,
                what=str(_OUTCOMES.get(tried.outcome, tried.outcome)),
                result=tried.code,
                record=f"attempt {tried.pk}",
                **told,
            )
            for tried in letter.tries.all()
        ]
    return lines
