"""What a notification says in the words of the standard: on which channel, about which thing, and what was done.

Three kinds of thing have a channel: klantcontacten, internetaken and partijen. The standard wants some texts that
people wrote among the features (toelichting, gevraagdeHandeling, interneNotitie). Notifications are kept and passed on
by others, and those texts may hold personal data, so they stay out; nobody can filter on them here.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.api.klantinteracties.contract.resource import KLANTINTERACTIES
from aanspreekpunt.subscriptions.wording import Channel, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from aanspreekpunt.subscriptions.happenings import Happening, Thing

CHANNELS: Final = (
    Channel(
        "klantcontacten",
        _("Contacts (klantcontacten)"),
        ("hoofdOnderwerpType", "indicatieContactGelukt", "verdereActieOndernomen"),
    ),
    Channel("internetaken", _("Tasks for departments (internetaken)"), ("nummer", "status")),
    Channel("partijen", _("People and organisations (partijen)"), ("nummer", "soortPartij")),
)
RESOURCES: Final = {"contact": "klantcontact", "task": "internetaak", "party": "partij"}
CHANNEL_OF: Final = {"contact": "klantcontacten", "task": "internetaken", "party": "partijen"}
KINDS_OF_PARTY: Final = {"person": "persoon", "organisation": "organisatie", "contact_person": "contactpersoon"}
STATUSES: Final = {"open": "te_verwerken", "done": "verwerkt"}

CREATE, UPDATE, DESTROY = "create", "update", "destroy"
DONE_TO_ITSELF: Final = {
    "contact.registered": CREATE,
    "contact.changed": UPDATE,
    "contact.removed": DESTROY,
    "task.registered": CREATE,
    "task.changed": UPDATE,
    "task.removed": DESTROY,
    "party.made": CREATE,
    "party.remembered": CREATE,
    "party.changed": UPDATE,
    "party.corrected": UPDATE,
    "party.identified": UPDATE,
    "party.no_longer_identified": UPDATE,
    "party.removed": DESTROY,
}
DONE_TO_TASKS: Final = {
    "question.registered": CREATE,
    "question.handed_over": UPDATE,
    "question.returned": UPDATE,
    "question.left_team": UPDATE,
    "question.given": UPDATE,
    "question.taken": UPDATE,
    "question.released": UPDATE,
    "question.settled": UPDATE,
    "question.outcome_changed": UPDATE,
    "question.reopened": UPDATE,
    "question.merged_in": UPDATE,
    "letter.taken_back": UPDATE,
}
"""What the desk does to a question changes the tasks that other systems see."""


class _Notificaties:
    """The words of the standard."""

    channels = CHANNELS
    example = "internetaken status=te_verwerken"

    def messages_about(self, happenings: Iterable[Happening]) -> Iterator[tuple[Happening, Message]]:
        """Tell what was done to contacts, tasks and parties, by whatever means."""
        made: set[tuple[str, datetime]] = set()
        for happening in happenings:
            for thing, action in _done(happening):
                if action == CREATE:
                    made.add((thing.uuid, happening.at))
                elif action == UPDATE and (thing.uuid, happening.at) in made:
                    continue  # what else was written while it was made is part of making it
                yield happening, _message(happening, thing, action)

    def test_message(self, channel: str, *, identity: str, at: datetime) -> Mapping[str, Any]:
        """Return a message about a thing that does not exist, and that says that it is a test."""
        address = f"{settings.BASE_URL}{KLANTINTERACTIES}{channel}/{identity}"
        return {
            "kanaal": channel,
            "hoofdObject": address,
            "resource": "test",
            "resourceUrl": address,
            "actie": "test",
            "aanmaakdatum": _moment(at),
            "kenmerken": {},
        }


def _done(happening: Happening) -> Iterator[tuple[Thing, str]]:
    """Return which things of the standard changed by this line, and how; a contact before the tasks it led to."""
    if happening.event in DONE_TO_ITSELF:
        yield happening.thing, DONE_TO_ITSELF[happening.event]
    elif happening.is_of_part:  # the channels announce wholes only, and what a whole says has changed
        yield happening.thing, UPDATE
    for contact in happening.new_contacts:
        yield contact, CREATE
    if happening.event in DONE_TO_TASKS:
        for task in happening.tasks:
            yield task, DONE_TO_TASKS[happening.event]


def _message(happening: Happening, thing: Thing, action: str) -> Message:
    channel = CHANNEL_OF[thing.kind]
    features = _FEATURES[thing.kind](thing.row) if thing.row is not None else {}
    address = f"{settings.BASE_URL}{KLANTINTERACTIES}{channel}/{thing.uuid}"
    body = {
        "kanaal": channel,
        "hoofdObject": address,
        "resource": RESOURCES[thing.kind],
        "resourceUrl": address,
        "actie": action,
        "aanmaakdatum": _moment(happening.at),
        "kenmerken": {name: value for name, value in features.items() if value},
    }
    when = "" if action != UPDATE else f":{happening.at.timestamp()}"  # two lines of one change are told once
    return Message(f"{action}:{thing.uuid}{when}", channel, thing, features, body)


def _of_contact(contact: Any) -> dict[str, str]:
    return {
        "hoofdOnderwerpType": contact.main_subject_type,
        "indicatieContactGelukt": "" if contact.has_succeeded is None else str(contact.has_succeeded),
        "verdereActieOndernomen": str(contact.needs_follow_up),
    }


def _of_task(task: Any) -> dict[str, str]:
    return {"nummer": task.number or "", "status": STATUSES[task.state]}


def _of_party(party: Any) -> dict[str, str]:
    return {"nummer": party.number, "soortPartij": KINDS_OF_PARTY[party.kind]}


_FEATURES: Final[dict[str, Callable[[Any], dict[str, str]]]] = {
    "contact": _of_contact,
    "task": _of_task,
    "party": _of_party,
}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


WORDING: Final = _Notificaties()
