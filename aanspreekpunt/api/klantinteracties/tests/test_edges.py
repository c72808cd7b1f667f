"""The edges: parties in a circle, and one party shown again and again with all that refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from aanspreekpunt.api.klantinteracties.contract import expanding
from aanspreekpunt.api.klantinteracties.resources import betrokkenen
from aanspreekpunt.api.klantinteracties.resources.klantcontacten import Klantcontacten
from aanspreekpunt.api.klantinteracties.resources.partijen import Partijen
from aanspreekpunt.api.klantinteracties.tests.calls import contact, ref
from aanspreekpunt.api.klantinteracties.tests.parties import KISS, person, uuids
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.parties.models import Party

if TYPE_CHECKING:
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

pytestmark = pytest.mark.django_db
EVERYTHING = "betrokkenen,betrokkenen.hadKlantcontact,categorieRelaties,digitaleAdressen"


def test_parties_that_represent_each_other_are_shown_and_removed_as_any_other() -> None:
    parties = [KISS.post("partijen", person()) for _number in range(3)]
    for one, other in zip(parties, [*parties[1:], parties[0]], strict=True):
        KISS.post(
            "vertegenwoordigingen", {"vertegenwoordigendePartij": ref(one), "vertegenwoordigdePartij": ref(other)}
        )
    first, second, third = (each["uuid"] for each in parties)
    shown = KISS.get(f"partijen/{first}", expand=EVERYTHING)
    assert uuids(shown["vertegenwoordigden"]) == [second]
    assert uuids(KISS.found("partijen", vertegenwoordigdePartij__uuid=first, expand=EVERYTHING)) == [second]
    itself = {"vertegenwoordigendePartij": ref(parties[0]), "vertegenwoordigdePartij": ref(parties[0])}
    assert KISS.call("POST", "vertegenwoordigingen", itself).status == 400
    assert KISS.call("GET", f"partijen/{first}", expand="vertegenwoordigden.vertegenwoordigden").status == 400
    assert KISS.call("DELETE", f"partijen/{second}").status == 204
    assert [KISS.get(f"partijen/{each}")["vertegenwoordigden"] for each in (first, third)] == [[], [ref_of(parties[0])]]


def ref_of(party: dict[str, str]) -> dict[str, str]:
    return {"uuid": party["uuid"], "url": party["url"]}


def test_a_party_of_many_contacts_is_not_shown_in_each_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    party = KISS.post("partijen", person())
    told = [KISS.post("klantcontacten", contact()) for _number in range(4)]
    for each in told:
        part = {"wasPartij": ref(party), "hadKlantcontact": ref(each), "rol": "klant", "initiator": True}
        KISS.post("betrokkenen", part)
    kin, asked = "hadBetrokkenen.wasPartij", {"hadBetrokkene__wasPartij__uuid": party["uuid"]}
    monkeypatch.setattr(expanding, "REFERENCES_AT_MOST", 15)  # four times four is more
    answer = KISS.call("GET", "klantcontacten", expand=kin, **asked)
    assert (answer.status, answer.body["code"]) == (400, "expand-too-large")
    assert len(KISS.found("klantcontacten", expand=kin, pageSize="3", **asked)) == 3
    monkeypatch.setattr(expanding, "REFERENCES_AT_MOST", 1)
    shown = KISS.get(f"klantcontacten/{told[0]['uuid']}", expand=kin)["_expand"]["hadBetrokkenen"][0]
    assert len(shown["_expand"]["wasPartij"]["betrokkenen"]) == 4  # once is always allowed


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(("kind", "body"), [(Klantcontacten, contact()), (Partijen, person())])
def test_what_somebody_removes_meanwhile_is_not_found(
    kind: type[Resource], body: dict[str, Any], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, find = KISS.post(kind.path, body), kind.find

    def found_and_removed(self: Resource, uuid: UUID, caller: Caller) -> int:
        pk = find(self, uuid, caller)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table} WHERE id = %s", [pk])  # noqa: S608 - a table of ours
        return pk

    monkeypatch.setattr(kind, "find", found_and_removed)
    assert KISS.call(method, f"{kind.path}/{made['uuid']}", body).status == 404


@pytest.mark.django_db(transaction=True)
def test_what_is_named_and_removed_meanwhile_is_named_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(betrokkenen, "_party", lambda named: Party(pk=10**9, uuid=named))
    part = {"hadKlantcontact": ref(KISS.post("klantcontacten", contact())), "rol": "klant", "initiator": True}
    answer = KISS.call("POST", "betrokkenen", {**part, "wasPartij": {"uuid": str(new_uuid())}})
    assert (answer.status, answer.faults) == (400, {("wasPartij.uuid", "invalid")})
