"""Two kinds of things for tests of what is the same for every kind: people that can be changed, and contacts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import path
from django.utils import timezone

from aanspreekpunt.api.klantinteracties.contract.fields import Field, Text
from aanspreekpunt.api.klantinteracties.contract.resource import Expansion, Reading, Record, Resource, Writing, rows
from aanspreekpunt.api.klantinteracties.contract.views import list_view, one_view
from aanspreekpunt.api.klantinteracties.contract.visibility import contacts_visible
from aanspreekpunt.parties.models import Party
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import make_asked
from aanspreekpunt.tokens.tests.make import make

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.test import Client

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.filters import Where
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.questions.models import Question

PEOPLE, CONTACTS = "/klantinteracties/api/v1/partijen", "/klantinteracties/api/v1/klantcontacten"


class People(Resource):
    """People with a name; whoever is called Boem breaks everything."""

    path, name, tag, table = "partijen", "Partij", "partijen", "parties_party"
    fields: ClassVar[dict[str, Field]] = {"naam": Text(required=True, max_length=10_000)}

    def visible(self, _caller: Caller) -> list[Where]:
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        found = rows("SELECT id, uuid::text, first_name FROM parties_party WHERE id = ANY(%s)", [list(ids)])
        return {pk: Record({**reading.link(self.path, uuid), "naam": name}) for pk, uuid, name in found}

    def create(self, data: dict[str, Any], _writing: Writing) -> int:
        if data["naam"] == "Boem":
            raise ValueError(data["naam"])
        return Party.objects.create(first_name=data["naam"], sort_key=data["naam"], made_at=timezone.now()).pk

    def change(self, pk: int, data: dict[str, Any], _writing: Writing) -> None:
        Party.objects.filter(pk=pk).update(first_name=data["naam"])

    def remove(self, pk: int, _writing: Writing) -> None:
        Party.objects.filter(pk=pk).delete()


class Contacts(Resource):
    """Contacts, as far as they exist for the caller, with who took part as expand."""

    path, name, tag, table = "klantcontacten", "Klantcontact", "klantcontacten", "contact"
    fields: ClassVar[dict[str, Field]] = {}
    expands = ("hadBetrokkenen",)

    @classmethod
    def expansions(cls) -> dict[str, Expansion]:
        return {"hadBetrokkenen": Expansion(People, is_list=True)}

    def visible(self, caller: Caller) -> list[Where]:
        return contacts_visible(caller, "t")

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        found = rows("SELECT id, uuid::text, subject FROM contact WHERE id = ANY(%s)", [list(ids)])
        people = tuple(Party.objects.values_list("pk", flat=True))
        return {
            pk: Record({**reading.link(self.path, uuid), "onderwerp": subject}, {"hadBetrokkenen": people})
            for pk, uuid, subject in found
        }


urlpatterns = [
    pattern
    for kind in (People, Contacts)
    for pattern in (
        path(f"{kind.root[1:]}{kind.path}", list_view(kind)),
        path(f"{kind.root[1:]}{kind.path}/<str:uuid>", one_view(kind)),
    )
]


def make_question(*, to: Team, by: Employee, **fields: Any) -> Question:
    """Make a question that was handed over to `to` just now."""
    asked = make_asked(**fields)
    return operations.register_and_hand_over(asked=asked, to=to, asks="Zoek dit uit", by=by, at=timezone.now()).question


class System:
    """Another system with a key of its own, that calls us."""

    def __init__(self, client: Client, name: str = "KISS", *said: str, **grant: Any) -> None:
        self.client, made = client, make(name, *said, **grant)
        self.token, self.key = made.token, made.key

    def calls(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """Send a request; underscores in names of headers stand for hyphens, and bytes are sent as they are."""
        given = {"Authorization": f"Token {self.key}"}
        given |= {name.replace("_", "-"): said for name, said in headers.items()}
        sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = given.pop("Content-Type", "application/json")
        return self.client.generic(method, address, sent, kind, headers=given)
