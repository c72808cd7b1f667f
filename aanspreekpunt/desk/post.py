"""The post as its screen shows it: each message in a row, each mailbox in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.references import format_reference
from aanspreekpunt.messaging.figures import figures
from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.messaging.post import MOST_COUNTED, Glance, Standing, glance_at, standing_of_mailboxes
from aanspreekpunt.messaging.sending import in_doubt
from aanspreekpunt.promises.letters import RECEIPTS
from aanspreekpunt.questions.access import may_look_at_post_about

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.messaging.figures import Outcomes
    from aanspreekpunt.organisation.models import Employee

REASONS: dict[str, StrOrPromise] = {
    # Why something is in quarantine.
    "interpreter_died": _("Reading it failed several times."),
    "unknown_channel": _("We do not know how to read what comes in this way."),
    "failed": _("Reading it went wrong."),
    "too_large": _("It is too large to read."),
    "empty": _("There is nothing in it."),
    # Why something was set aside.
    "reply_of_colleague": _("A colleague replied to a note for the team."),
    "flood": _("This address sent very much in an hour."),
    "bounce_of_unknown": _("A message came back that we do not know."),
    "bounce": _("A message came back."),
    "out_of_office": _("An automatic reply of somebody who is away."),
    "mailing_list": _("A mailing list or newsletter."),
    "feedback_loop": _("A report of a mail provider about our mail."),
    "receipt": _("A notice that a message was delivered or read."),
    "own": _("Our own mail that came back to us."),
}
TROUBLES: dict[str, StrOrPromise] = {
    "secret_unreadable": _("We cannot read the password we were given."),
    "login_refused": _("The mail server refuses our name or password."),
    "token_refused": _("The mail server refuses our token."),
    "no_such_folder": _("This folder does not exist."),
    "no_starttls": _("The mail server does not offer a protected connection."),
    "no_login": _("The mail server does not offer a way to log in that we know."),
    "certificate": _("The certificate of the mail server is not right."),
    "tls": _("The protected connection with the mail server failed."),
    "unknown_host": _("There is no mail server by that name."),
    "no_connection": _("The mail server refuses the connection."),
    "no_answer": _("The mail server does not answer."),
    "connection_lost": _("The connection with the mail server was lost."),
    "database": _("Our own database did not answer."),
    "protocol": _("The mail server said something we do not understand."),
}


@dataclass(frozen=True, slots=True)
class PostRow:
    """A message with what its first lines say; `is_hidden` when it is about a question the reader may not see."""

    arrival: Arrival
    glance: Glance
    reason: StrOrPromise
    reference: str
    is_hidden: bool
    is_kept: bool

    @property
    def shown_reference(self) -> str:
        """The reference of its question, as one reads it."""
        return format_reference(self.reference)


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """How it stands with a mailbox."""

    standing: Standing
    trouble: StrOrPromise

    @property
    def waiting(self) -> str:
        """How many messages wait, counted to a limit."""
        return count_in_words(self.standing.waiting)


def rows_of_post(arrivals: Sequence[Arrival], *, reader: Employee) -> list[PostRow]:
    """Return these messages as rows. One query, or none when none of them is about a question."""
    about = {each.about_id for each in arrivals if each.about_kind == "question" and each.about_id}
    references = may_look_at_post_about(about, reader) if about else {}
    return [_row(each, references) for each in arrivals]


def _row(arrival: Arrival, references: dict[int, str]) -> PostRow:
    is_about = arrival.about_kind == "question" and arrival.about_id is not None
    is_hidden = is_about and arrival.about_id not in references
    head = getattr(arrival, "head", None) or b""
    return PostRow(
        arrival,
        Glance() if is_hidden else glance_at(bytes(head)),
        REASONS.get(arrival.reason, _("For a reason we have no words for: %(code)s") % {"code": arrival.reason}),
        references.get(arrival.about_id or 0, ""),
        is_hidden,
        is_kept=bool(getattr(arrival, "is_kept", False)) and not is_hidden,
    )


def rows_of_mailboxes() -> tuple[list[MailboxRow], Standing]:
    """Return how each mailbox stands, and all that waits."""
    standing, everything = standing_of_mailboxes()
    rows = [
        MailboxRow(each, TROUBLES.get(each.mailbox.error, each.mailbox.error) if each.mailbox.error else "")
        for each in standing
    ]
    return rows, everything


@dataclass(frozen=True, slots=True)
class LeavingMail:
    """How our own mail is doing; what is in doubt is counted apart for receipts, which can be sent again."""

    waiting: str
    since: datetime | None
    spans: tuple[tuple[StrOrPromise, Outcomes], ...]
    receipts: int
    receipts_since: datetime | None
    letters: int


def leaving_mail(*, at: datetime) -> LeavingMail:
    """Return how our own mail is doing: what waits, what came back, and what is in doubt."""
    now = figures(at=at)
    doubtful = list(in_doubt(at=at).values_list("kind", "claimed_at")[:MOST_COUNTED])
    receipts = [claimed_at for kind, claimed_at in doubtful if kind in RECEIPTS and claimed_at]
    return LeavingMail(
        waiting=count_in_words(now.outbox.count) if now.outbox.count else "",
        since=now.outbox.since,
        spans=((_("In the last day"), now.lately), (_("In the last seven days"), now.of_week)),
        receipts=len(receipts),
        receipts_since=min(receipts, default=None),
        letters=len(doubtful) - len(receipts),
    )


def count_in_words(count: int) -> str:
    """Return a count that went no further than its limit."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def shown_of(rows: Iterable[PostRow]) -> list[tuple[type[Arrival], int]]:
    """Return the messages of which something was shown, for the access log."""
    return [(Arrival, row.arrival.pk) for row in rows if not row.is_hidden]
