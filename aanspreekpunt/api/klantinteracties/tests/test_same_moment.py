"""Two systems that tell of one contact at the same moment: the second waits for the first, and sees what it did."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections, transaction

from aanspreekpunt.api.klantinteracties.contract.resource import rows
from aanspreekpunt.api.klantinteracties.tests.calls import System, contact, ref
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)
KISS = System()
WAITING = "SELECT FROM pg_locks WHERE NOT granted"


def during(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Let `second` begin when `first` is done but not kept yet, and keep that once it waits, or did not have to."""

    def work() -> None:
        try:
            second()
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    with transaction.atomic():
        first()
        thread.start()
        while thread.is_alive() and not rows(WAITING):
            thread.join(0.01)
    thread.join()


def someone(made: dict[str, Any]) -> None:
    name = {"voornaam": "Karel", "achternaam": "Deurne"}
    who = {"hadKlantcontact": ref(made), "wasPartij": None, "rol": "klant", "initiator": True, "contactnaam": name}
    KISS.post("betrokkenen", who)


def task(made: dict[str, Any], unit: str) -> None:
    asked = {"gevraagdeHandeling": "Terugbellen", "status": "te_verwerken", "toelichting": ""}
    named = {"toegewezenAanActoren": [{"uuid": unit}], "aanleidinggevendKlantcontact": ref(made)}
    KISS.post("internetaken", asked | named)


@pytest.mark.parametrize("who_comes_first", [True, False])
def test_who_took_part_is_the_customer_whoever_comes_first(*, who_comes_first: bool) -> None:
    actor = make_cast().waste.register_actor
    assert actor is not None
    made = KISS.post("klantcontacten", contact())
    works = [lambda: someone(made), lambda: task(made, str(actor.uuid))]
    during(*(works if who_comes_first else reversed(works)))
    assert Question.objects.get().customer_name == "Karel Deurne"
