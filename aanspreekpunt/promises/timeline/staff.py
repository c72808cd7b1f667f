"""The timeline of a question for staff: every line of the journal and every contact, merged in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.common.times import spell_moment, spell_window
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.queries import entries_about
from aanspreekpunt.organisation.models import Employee, Team
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.questions.access import questions_visible_to
from aanspreekpunt.questions.choices import Channel, Outcome
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.queries import contacts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.questions.models import Question

SENTENCES: dict[str, StrOrPromise] = {
    "question.registered": gettext_lazy("Question came in by %(channel)s."),
    "question.imported": gettext_lazy("Brought over from another register."),
    "question.handed_over": gettext_lazy("Handed over from %(from)s to %(to)s."),
    "question.outcome_changed": gettext_lazy("The answer was removed; the question counts as withdrawn."),
    "question.customer_named": gettext_lazy("It became known who asks."),
    "question.left_team": gettext_lazy("The question left its team."),
    "question.returned": gettext_lazy("Returned by %(from)s to %(to)s."),
    "question.taken": gettext_lazy("Taken in hand."),
    "question.given": gettext_lazy("Given to %(employee)s."),
    "question.released": gettext_lazy("Put back in the queue."),
    "question.answered": gettext_lazy("Answered by %(channel)s."),
    "question.settled": gettext_lazy("Settled: %(outcome)s."),
    "question.reopened": gettext_lazy("Opened again."),
    "question.merged_in": gettext_lazy("Question %(reference)s goes on in this one."),
    "question.linked": gettext_lazy("Linked with question %(reference)s."),
    "question.recategorised": gettext_lazy("Product changed from %(from_product)s to %(to_product)s."),
    "question.news_read": gettext_lazy("Read what the resident added."),
    "question.noted": gettext_lazy("Note for colleagues."),
    "question.made_confidential": gettext_lazy("Made confidential: only the team sees it."),
    "question.confidentiality_ended": gettext_lazy("No longer confidential."),
    "promise.renewed": gettext_lazy("A new date was needed."),
    "promise.reminded": gettext_lazy("The team was reminded of the promise."),
    "promise.broken": gettext_lazy("The promised date passed. The supervisor was told."),
    "resident.asked": gettext_lazy("Asked the resident something by %(channel)s; waiting until %(due_at)s."),
    "resident.replied": gettext_lazy("The resident replied by %(channel)s."),
    "resident.added": gettext_lazy("The resident added something by %(channel)s."),
    "resident.thanked": gettext_lazy("The resident thanked us by %(channel)s."),
    "automatic.received": gettext_lazy("An automatic reply came in."),
    "reply.not_received": gettext_lazy("No reply came; the work goes on."),
    "callback.not_reached": gettext_lazy("Called back, but not reached."),
    "letter.taken_back": gettext_lazy("Taken back before the letter was sent."),
    "letter.failed": gettext_lazy("A letter to the resident could not be delivered. Reach him in another way."),
    "letter.uncertain": gettext_lazy("It is not certain that a letter to the resident arrived."),
    "letter.sent_again": gettext_lazy("A letter that may not have arrived was sent again."),
    "file.released": gettext_lazy("A file that was held back was released."),
    "feedback.given": gettext_lazy("The resident said what could have gone better."),
}
PROMISED: dict[str, StrOrPromise] = {
    Promise.Kind.ANSWER: gettext_lazy("Promised: %(team)s answers before %(due_at)s."),
    Promise.Kind.CALLBACK: gettext_lazy("Promised: %(team)s calls back on %(window)s."),
}
SECOND = 2
HOW_THE_PROMISE_ENDED: dict[str, StrOrPromise] = {
    Promise.State.KEPT: gettext_lazy("The promise was kept."),
    Promise.State.BROKEN: gettext_lazy("The promise was broken."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffLine:
    """One thing that happened, as staff read it. `words` is what someone wrote, `contact` what was exchanged."""

    at: datetime
    event: str
    who: str
    sentence: str
    words: str = ""
    is_erased: bool = False
    is_shown_to_resident: bool = False
    contact: Contact | None = None


def lines_for_staff(question: Question, *, reader: Employee) -> list[StaffLine]:
    """Return the timeline of `question`, oldest first, for who may see the question."""
    entries = list(entries_about(question))
    contacts = list(contacts_of(question))
    by_id = {contact.pk: contact for contact in contacts}
    names = _names_in(entries, reader=reader)
    told: set[int] = set()
    lines = []
    for entry in entries:
        contact = _contact_of(entry, by_id)
        if contact is not None and contact.pk not in told:
            told.add(contact.pk)
        else:
            contact = None
        lines.append(_line(entry, names, contact))
    lines += [_line_of_contact(contact) for contact in contacts if contact.pk not in told]
    return sorted(lines, key=lambda line: line.at)


def _contact_of(entry: Entry, by_id: Mapping[int, Contact]) -> Contact | None:
    if entry.event == "callback.not_reached":
        return next((each for each in by_id.values() if each.occurred_at == entry.at), None)
    return by_id.get(entry.data.get("contact", 0))


@dataclass(frozen=True, slots=True)
class _Names:
    teams: dict[str, str]
    products: dict[str, str]
    references: dict[int, str]
    employees: dict[int, str]

    def team(self, key: str) -> str:
        return self.teams.get(key, key)

    def product(self, key: str) -> str:
        return self.products.get(key, key) or _("none")

    def reference(self, pk: int) -> str:
        return self.references.get(pk) or _("(hidden from you)")


def _names_in(entries: Iterable[Entry], *, reader: Employee) -> _Names:
    """Read the names of the teams, products, questions and colleagues in these lines: at most four queries."""
    team_keys: set[str] = set()
    product_keys: set[str] = set()
    given_to = {entry.data["employee"] for entry in entries if entry.event == "question.given"}
    others = {entry.data["other"] for entry in entries if "other" in entry.data}
    visible = questions_visible_to(reader).filter(pk__in=others).only("reference") if others else ()
    for entry in entries:
        keys = product_keys if entry.event == "question.recategorised" else team_keys
        keys |= {entry.data[name] for name in ("from", "to", "team") if entry.data.get(name)}
    return _Names(
        {team.key: team.shown_name for team in Team.objects.filter(key__in=team_keys)} if team_keys else {},
        {each.key: each.shown_name for each in Product.objects.filter(key__in=product_keys)} if product_keys else {},
        {each.pk: each.shown_reference for each in visible},
        {each.pk: each.name for each in Employee.objects.filter(pk__in=given_to)} if given_to else {},
    )


def _line(entry: Entry, names: _Names, contact: Contact | None) -> StaffLine:
    words = getattr(entry, "words", None)
    return StaffLine(
        at=entry.at,
        event=entry.event,
        who=_who(entry),
        sentence=_sentence(entry, names),
        words=words.text if words else "",
        is_erased=bool(words and words.erased_at),
        is_shown_to_resident=entry.shown_to_resident,
        contact=contact,
    )


def _line_of_contact(contact: Contact) -> StaffLine:
    going_out = contact.direction == Contact.Direction.OUT
    sentence = _("Contact from us by %(channel)s.") if going_out else _("Contact from the resident by %(channel)s.")
    return StaffLine(
        at=contact.occurred_at,
        event="contact",
        who=contact.by_employee.name if contact.by_employee else "",
        sentence=sentence % {"channel": _channel(contact.channel)},
        contact=contact,
    )


def _who(entry: Entry) -> str:
    if entry.by_kind == Entry.ByKind.RESIDENT:
        return _("The resident")
    if entry.by_kind == Entry.ByKind.SYSTEM:
        return _("The system")
    return entry.by_name


def _sentence(entry: Entry, names: _Names) -> str:
    data: dict[str, Any] = entry.data
    template = PROMISED.get(data.get("kind", "")) if entry.event == "promise.made" else SENTENCES.get(entry.event)
    if template is None:
        return entry.event
    said = str(template) % {
        "channel": _channel(data.get("channel", "")),
        "from": names.team(data.get("from", "")),
        "to": names.team(data.get("to", "")),
        "from_product": names.product(data.get("from", "")),
        "to_product": names.product(data.get("to", "")),
        "team": names.team(data.get("team", "")),
        "employee": names.employees.get(data.get("employee", 0), ""),
        "due_at": _moment(data.get("due_at", "")),
        "window": _window(data.get("starts_at", ""), data.get("due_at", "")),
        "reference": names.reference(data.get("other", 0)),
        "outcome": _outcome(data.get("outcome", "")),
    }
    return f"{said}{_also(entry)}"


def _also(entry: Entry) -> str:
    """Return what is worth adding: a second hop, and how the promise ended."""
    hop = entry.data.get("hop", 1) if entry.event == "question.handed_over" else 1
    if hop > 1:
        return " " + (
            _("This is the second time.") if hop == SECOND else _("Handed over %(hop)d times by now.") % {"hop": hop}
        )
    if entry.event == "question.settled" and entry.data.get("promise") in HOW_THE_PROMISE_ENDED:
        return f" {HOW_THE_PROMISE_ENDED[entry.data['promise']]}"
    return ""


def _channel(value: str) -> str:
    return str(Channel(value).label).lower() if value in Channel.values else value


def _outcome(value: str) -> str:
    return str(Outcome(value).label).lower() if value in Outcome.values else value


def _window(starts_at: str, ends_at: str) -> str:
    if not starts_at:
        return ""
    return spell_window(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at))


def _moment(value: str) -> str:
    return spell_moment(datetime.fromisoformat(value)) if value else ""
