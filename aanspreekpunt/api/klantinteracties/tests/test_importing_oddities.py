"""Copying another register that is wrong, broken or hostile."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from aanspreekpunt.api.klantinteracties.importing.register import CannotRead, Register, TokenNotAccepted
from aanspreekpunt.api.klantinteracties.importing.running import copy_register
from aanspreekpunt.api.klantinteracties.tests.calls import System
from aanspreekpunt.api.klantinteracties.tests.copying import NOBODY, NOW, bring, numbers, why
from aanspreekpunt.api.klantinteracties.tests.other_register import (
    OtherRegister,
    contact_said,
    furnished,
)
from aanspreekpunt.imports.report import lines_of, refusals_of
from aanspreekpunt.questions.models import Contact, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

US = System()


def test_what_is_wrong_stays_out_and_is_told_without_its_content(other: OtherRegister) -> None:
    other.add("klantcontacten", **contact_said(kanaal="", metadata={"Geheime sleutel": "x" * 300}))
    other.add("klantcontacten", **contact_said())
    other.add("betrokkenen", hadKlantcontact={"uuid": str(uuid4())}, rol="klant", initiator=True)
    other.add("betrokkenen", rol="niemand", initiator=True)
    other.lists["partijen"] = [{"naam": "zonder uuid"}, {"uuid": "geen"}, "helemaal niets"]  # type: ignore[list-item]
    run = bring(other)
    assert Contact.objects.count() == 1
    assert why(run) == {
        ("klantcontacten", "kanaal", "blank"),
        ("klantcontacten", "metadata", "max_length"),
        ("betrokkenen", "hadKlantcontact.uuid", "does_not_exist"),
        ("betrokkenen", "hadKlantcontact", "required"),
        ("betrokkenen", "rol", "invalid_choice"),
        ("partijen", "uuid", "required"),
        ("partijen", "uuid", "invalid"),
        ("partijen", "nonFieldErrors", "invalid"),
    }
    assert "Geheime" not in json.dumps(list(refusals_of(run)))


def test_a_reference_to_nothing_that_may_be_missed_is_left_out(other: OtherRegister) -> None:
    things = furnished(other)
    other.said("betrokkenen", things["taker"])["wasPartij"] = {"uuid": str(uuid4())}
    other.said("partijen", things["firm"])["voorkeursRekeningnummer"] = {"uuid": str(uuid4())}
    run = bring(other)
    assert why(run) == {
        ("betrokkenen", "wasPartij.uuid", "does_not_exist"),
        ("partijen", "voorkeursRekeningnummer.uuid", "does_not_exist"),
    }
    assert Participant.objects.get().party is None


def test_what_is_null_and_may_be_left_out_is_left_out(other: OtherRegister) -> None:
    other.add("klantcontacten", **contact_said(inhoud=None, verdereActieOndernomen=None, metadata=None))
    other.add("klantcontacten", **contact_said(onderwerp=None))
    run = bring(other)
    assert why(run) == {("klantcontacten", "onderwerp", "null")}
    assert Contact.objects.count() == 1


def test_one_that_breaks_a_rule_does_not_keep_its_page_out(other: OtherRegister) -> None:
    things = furnished(other)
    for _ in range(20):
        talk = other.add("klantcontacten", **contact_said())
        other.add("actorklantcontacten", actor=things["unit"], klantcontact=talk)
    other.add("actorklantcontacten", actor=things["unit"], klantcontact=things["talk"])  # a second time
    other.add(
        "digitaleadressen",
        verstrektDoorPartij=things["person"],
        adres="ander@smit.example",
        soortDigitaalAdres="email",
        isStandaardAdres=True,
    )
    run = bring(other)
    assert numbers(run, "came_in")["actorklantcontacten"] == 21
    assert why(run) == {
        ("actorklantcontacten", "nonFieldErrors", "unique"),
        ("digitaleadressen", "isStandaardAdres", "unique"),
    }


def test_pages_are_read_to_the_end_and_doubles_across_pages_come_in_once(other: OtherRegister) -> None:
    other.size = 10
    for _ in range(35):
        other.add("klantcontacten", **contact_said())
    other.lists["klantcontacten"].append(other.lists["klantcontacten"][0])
    run = bring(other)
    assert Contact.objects.count() == 35
    assert other.connections == 1
    assert numbers(run, "met")["klantcontacten"] == 35
    assert "klantcontacten 4" in other.asked


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[]", b'{"results": 3}', b"null", b"<html>", b"[" * 100_000, b'{"count": 1}']
)
def test_what_cannot_be_understood_stops_it_with_a_sentence(other: OtherRegister, body: bytes) -> None:
    other.odd = lambda path, _number: (200, body) if path == "klantcontacten" else None
    with pytest.raises(CannotRead) as stopped:
        bring(other)
    assert "klantcontacten" in str(stopped.value)


def test_trouble_that_passes_is_waited_for(other: OtherRegister) -> None:
    furnished(other)
    tries: list[int] = []

    def stumble(path: str, _number: int) -> tuple[int, bytes] | None:
        tries.append(1)
        return (429, b"") if path == "klantcontacten" and len(tries) % 2 else None

    other.odd = stumble
    assert numbers(bring(other), "came_in")["klantcontacten"] == 1


def test_a_list_without_end_is_left(other: OtherRegister) -> None:
    one = {"uuid": str(uuid4()), **contact_said()}

    def endless(path: str, number: int) -> tuple[int, bytes] | None:
        if path != "klantcontacten":
            return None
        after = f"{other.address}/klantinteracties/api/v1/klantcontacten?page={number + 1}"
        return 200, json.dumps({"count": 1, "next": after, "previous": None, "results": [one]}).encode()

    other.odd = endless
    run = bring(other)
    assert [line.troubles for line in lines_of(run) if line.path == "klantcontacten"] == [("endless",)]
    assert Contact.objects.count() == 1


def test_a_link_to_elsewhere_is_not_followed(other: OtherRegister) -> None:
    def elsewhere(path: str, number: int) -> tuple[int, bytes] | None:
        if path != "klantcontacten":
            return None
        body = {"count": 2, "next": f"http://inside.invalid/admin?page={number + 1}", "results": []}
        return 200, json.dumps(body).encode()

    other.odd = elsewhere
    run = bring(other)
    assert other.asked.count("klantcontacten 2") == 0
    line = next(line for line in lines_of(run) if line.path == "klantcontacten")
    assert not line.is_whole


def test_a_list_the_token_may_not_read_is_told_and_the_others_come_in(other: OtherRegister) -> None:
    furnished(other)
    other.odd = lambda path, _number: (
        (403, b"{}") if path == "persoon" else (302, b"") if path == "organisatie" else None
    )
    troubles = {line.path: line.troubles for line in lines_of(bring(other)) if line.troubles}
    assert troubles == {"persoon": ("not_allowed",), "organisatie": ("http_302",)}
    assert Contact.objects.count() == 1


def test_that_nobody_answers_is_told_once_while_it_is_asked_again() -> None:
    told: list[str] = []
    nobody = Register("http://127.0.0.1:9", token="x", waits=(0, 0), waits_for=told.append)
    with nobody as register, pytest.raises(CannotRead):
        register.page("/klantinteracties/api/v1/", "actoren", 1, filters={})
    assert told == ["connection_lost"]


def test_a_wrong_token_is_told_and_shown_nowhere(other: OtherRegister) -> None:
    with Register(other.address, token="wrong", waits=(0,)) as register, pytest.raises(TokenNotAccepted) as refused:
        copy_register(register, clock=lambda: NOW, told=NOBODY)
    assert "wrong" not in str(refused.value)
