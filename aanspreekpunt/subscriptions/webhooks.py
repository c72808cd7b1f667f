"""What a plain webhook says: which thing, what happened and when. Ids only; whoever wants to know more asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.subscriptions.wording import Channel, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from aanspreekpunt.subscriptions.happenings import Happening, Thing

CHANNELS = (
    Channel("question", _("Questions"), ("event",)),
    Channel("contact", _("Contacts"), ("event",)),
    Channel("task", _("Tasks for departments"), ("event",)),
    Channel("party", _("People and organisations"), ("event",)),
)
CONTACT_REGISTERED = "contact.registered"
ONLY_FOR_OURSELVES = frozenset({"question.news_read", "promise.reminded", "question.imported", "task.imported"})
"""What tells others nothing: it is about who of us knows, or history that came from another register."""


class _Webhooks:
    """The words of plain webhooks."""

    channels = CHANNELS
    example = "question event=question.settled"

    def messages_about(self, happenings: Iterable[Happening]) -> Iterator[tuple[Happening, Message]]:
        """Tell every line about a thing, and of each contact that it was registered."""
        for happening in happenings:
            for contact in happening.new_contacts:
                yield happening, _message(happening, contact, CONTACT_REGISTERED)
            if happening.event not in ONLY_FOR_OURSELVES:
                yield happening, _message(happening, happening.thing, happening.event)

    def test_message(self, channel: str, *, identity: str, at: datetime) -> Mapping[str, Any]:
        """Return a message that says that it is a test."""
        return {"event": "test", "at": at.isoformat(), "subject": {"kind": channel, "uuid": identity}}


def _message(happening: Happening, thing: Thing, event: str) -> Message:
    body: dict[str, Any] = {
        "event": event,
        "at": happening.at.isoformat(),
        "subject": {"kind": thing.kind, "uuid": thing.uuid},
    }
    about = happening.thing
    if thing is not about:
        body["question"] = about.uuid
    once = f"{thing.kind}:{thing.uuid}" if event == CONTACT_REGISTERED else str(happening.entry_id)
    return Message(f"{event}:{once}", thing.kind, thing, {"event": event}, body)


WORDING = _Webhooks()
