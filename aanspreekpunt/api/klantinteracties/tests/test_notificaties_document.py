"""What we serve and send as a publisher is what the Notificaties API 1.0.1 of VNG (EUPL 1.2) says of it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from aanspreekpunt.api.klantinteracties.contract.facts import facts_of
from aanspreekpunt.api.klantinteracties.contract.resource import NOTIFICATIES
from aanspreekpunt.api.klantinteracties.documents import document_of
from aanspreekpunt.api.klantinteracties.notifications import CHANNELS, WORDING
from aanspreekpunt.api.klantinteracties.tests.test_document import differences, standard
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.parties.models import Party
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations.parts import add_participant
from aanspreekpunt.subscriptions.models import Notice
from aanspreekpunt.subscriptions.operations import Wanted, subscribe
from aanspreekpunt.subscriptions.spreading import spread_news
from aanspreekpunt.tokens.operations import Grant, make_token

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

FOR_A_ROUTER = "POST /notificaties"
ANNOUNCED = {"klantcontacten": "klantcontact", "internetaken": "internetaak", "partijen": "partij"}
"""The resource of each channel, as the document of Klantinteracties announces it: with create, update and destroy."""


def comparable(facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out the answers to what goes wrong, and what only the server fills in from what has to be there."""
    return {
        name: {
            **_without_read_only(operation),
            "answers": {
                code: _without_read_only(answer)
                for code, answer in operation["answers"].items()
                if code.startswith("2")
            },
        }
        for name, operation in facts.items()
    }


def _without_read_only(facts: Any) -> Any:
    if not isinstance(facts, dict):
        return facts
    kept = {name: _without_read_only(each) for name, each in facts.items()}
    if "required" in kept and "properties" in kept:
        read_only = {name for name, each in kept["properties"].items() if each.get("readOnly")}
        kept["required"] = sorted(set(kept["required"]) - read_only)
    return kept


def test_what_we_serve_is_what_the_standard_describes_but_for_the_routing() -> None:
    ours, theirs = comparable(facts_of(document_of(NOTIFICATIES))), comparable(standard("notificaties"))
    assert set(theirs) - set(ours) == {FOR_A_ROUTER}
    found = [each for one in ours for each in differences(ours[one], theirs[one], one)]
    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_notices_of_others_are_not_taken() -> None:
    fatma = make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))
    made = make_token(name="GZAC", grant=Grant(rights=frozenset({"subscriptions.write"})), by=fatma, at=MONDAY)
    browser = Client(headers={"Authorization": f"Token {made.key}"})
    assert browser.post(f"{NOTIFICATIES}notificaties", {}, content_type="application/json").status_code == 404
    listed = browser.get(f"{NOTIFICATIES}openapi.json").json()["paths"]
    assert "/notificaties" not in listed


@pytest.mark.django_db
def test_what_we_send_is_a_message_of_the_standard(cast: Cast) -> None:
    fatma = make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))
    wanted = Wanted(
        name="NRC",
        callback_url="https://nrc.example.org/api/v1/notificaties",
        channels=[{"name": each.name, "filters": {}} for each in CHANNELS],
        secret="geheim",
        client_id="aanspreekpunt",
    )
    subscribe(kind="router", wanted=wanted, by=fatma, at=MONDAY)
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    later = MONDAY + timedelta(hours=1)
    add_participant(told={"contact": Contact.objects.get()}, by=SYSTEM, at=later)
    operations.answer(question=question, text="Morgen komen wij.", channel="email", by=cast.wim, at=later)
    party = Party.objects.create(first_name="Karel", sort_key="karel", number="0000000123", made_at=MONDAY)
    for minutes, event in enumerate(("party.made", "party.changed", "party.removed")):
        record(event, subject=party, by=SYSTEM, at=MONDAY + timedelta(minutes=minutes))
    spread_news(at=later)
    sent = [json.loads(body) for body in Notice.objects.values_list("body", flat=True)]
    assert {(each["kanaal"], each["actie"]) for each in sent} >= {
        ("klantcontacten", "create"),
        ("klantcontacten", "update"),
        ("internetaken", "update"),
        ("partijen", "destroy"),
    }
    assert {(each["kanaal"], each["resource"]) for each in sent} == set(ANNOUNCED.items())
    assert {each["actie"] for each in sent} == {"create", "update", "destroy"}
    assert all(set(each["kenmerken"]) <= set(_features(each["kanaal"])) for each in sent)
    tries = [dict(WORDING.test_message(each.name, identity="1", at=MONDAY)) for each in CHANNELS]
    message = standard("notificaties")[FOR_A_ROUTER]["takes"]
    assert [fault for each in sent + tries for fault in faults_of(each, message)] == []


def _features(name: str) -> tuple[str, ...]:
    return next(each.features for each in CHANNELS if each.name == name)


def faults_of(value: Any, facts: dict[str, Any], where: str = "") -> list[str]:
    """Where something does not conform to these facts."""
    if facts["type"] == "object":
        if not isinstance(value, dict):
            return [f"{where} is no object"]
        known = facts.get("properties", {})
        faults = [f"{where}/{name} absent" for name in facts.get("required", ()) if name not in value]
        for name, each in value.items():
            schema = known.get(name) or facts.get("values")
            faults += faults_of(each, schema, f"{where}/{name}") if schema else [f"{where}/{name} unknown"]
        return faults
    if facts["type"] != "string" or not isinstance(value, str):
        return [f"{where} is no text"]
    fits = facts.get("minLength", 0) <= len(value) <= facts.get("maxLength", len(value))
    return [] if fits and _has_format(value, facts.get("format", "")) else [f"{where} is {value!r}"]


def _has_format(value: str, name: str) -> bool:
    if name == "uri":
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.netloc)
    return name != "date-time" or datetime.fromisoformat(value).tzinfo is not None


def test_what_does_not_conform_is_seen() -> None:
    message = standard("notificaties")[FOR_A_ROUTER]["takes"]
    good = dict(WORDING.test_message("partijen", identity="1", at=MONDAY))
    assert faults_of(good, message) == []
    for wrong in (
        {"kanaal": "x" * 51},
        {"actie": ""},
        {"hoofdObject": "partijen/1"},
        {"aanmaakdatum": "2026-03-02T09:00:00"},
        {"kenmerken": {"nummer": ""}},
        {"kenmerken": {"nummer": 1}},
        {"toelichting": "x"},
    ):
        assert faults_of({**good, **wrong}, message) != [], wrong
    assert faults_of({name: each for name, each in good.items() if name != "resource"}, message) == ["/resource absent"]
