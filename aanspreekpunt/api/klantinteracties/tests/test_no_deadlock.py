"""Who brings a part of a contact, and who hides that contact meanwhile, wait for each other and get their way."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from aanspreekpunt.api.klantinteracties.contract.resource import rows
from aanspreekpunt.api.klantinteracties.resources import betrokkenen, digitaleadressen, onderwerpobjecten
from aanspreekpunt.api.klantinteracties.tests.calls import System, contact, ref
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.django_db(transaction=True)
KISS = System()
WAITING = "SELECT FROM pg_locks WHERE NOT granted"


class Hiding:
    """Hides a contact by a connection of its own, as soon as something calls `begin`, which goes on once it waits."""

    def __init__(self, uuid: str) -> None:
        self.statuses: list[int] = []
        self.thread = threading.Thread(target=self._hide, args=[uuid])

    def _hide(self, uuid: str) -> None:
        try:
            self.statuses.append(KISS.call("PATCH", f"klantcontacten/{uuid}", {"vertrouwelijk": True}).status)
        finally:
            connections.close_all()

    def begin(self) -> None:
        self.thread.start()
        while self.thread.is_alive() and not rows(WAITING):
            self.thread.join(0.01)


@pytest.fixture
def talk() -> dict[str, Any]:
    """Register a contact that is a question of the waste team."""
    actor = make_cast().waste.register_actor
    assert actor is not None
    made = KISS.post("klantcontacten", contact())
    asked = {"gevraagdeHandeling": "Terugbellen", "status": "te_verwerken", "toelichting": ""}
    who = {"toegewezenAanActoren": [{"uuid": str(actor.uuid)}], "aanleidinggevendKlantcontact": ref(made)}
    KISS.post("internetaken", asked | who)
    return made


def someone(made: dict[str, Any]) -> dict[str, Any]:
    return {"hadKlantcontact": ref(made), "wasPartij": None, "rol": "klant", "initiator": True}


@pytest.mark.parametrize(
    ("module", "last_step"),
    [
        (betrokkenen, "participant_joined"),
        (digitaleadressen, "participant_joined"),
        (onderwerpobjecten, "join_reply"),
    ],
)
def test_a_part_comes_while_its_contact_is_hidden(
    talk: dict[str, Any], module: ModuleType, last_step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies: dict[ModuleType, dict[str, Any]] = {betrokkenen: someone(talk)}
    if module is digitaleadressen:
        who = KISS.post("betrokkenen", someone(talk))
        bodies[module] = {
            "verstrektDoorBetrokkene": ref(who),
            "verstrektDoorPartij": None,
            "soortDigitaalAdres": "email",
            "adres": "karel@example.org",
        }
    elif module is onderwerpobjecten:
        reply = KISS.post("klantcontacten", contact())
        bodies[module] = {"klantcontact": ref(reply), "wasKlantcontact": ref(talk)}
    hiding, real = Hiding(talk["uuid"]), getattr(module, last_step)

    def meanwhile_hidden(**given: Any) -> Any:
        hiding.begin()
        return real(**given)

    monkeypatch.setattr(module, last_step, meanwhile_hidden)
    answer = KISS.call("POST", module.__name__.rpartition(".")[2], bodies[module])
    hiding.thread.join()
    assert (answer.status, hiding.statuses) == (201, [200])
    assert Contact.objects.get(uuid=talk["uuid"]).is_confidential
