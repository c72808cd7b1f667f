"""What does not exist for a token: not in lists, counts or pages, not by its uuid, not inside something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from aanspreekpunt.api.klantinteracties.contract.callers import Caller
from aanspreekpunt.api.klantinteracties.contract.resource import narrowed, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import (
    contacts_visible,
    of_visible_contact,
    of_visible_participant,
    questions_visible,
)
from aanspreekpunt.api.klantinteracties.tests.things import CONTACTS, System, make_question
from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.operations import record
from aanspreekpunt.promises.operations import hand_over
from aanspreekpunt.questions.models import Contact, Participant

if TYPE_CHECKING:
    from django.test import Client

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.urls("aanspreekpunt.api.klantinteracties.tests.things")]


@pytest.fixture
def questions(cast: Cast) -> dict[str, Question]:
    """One question of each kind, by the name that its contact bears."""
    moved = make_question(to=cast.waste, by=cast.anna, subject="verhuisd")
    hand_over(question=moved, to=cast.youth, asks="Toch voor jullie?", reason="x", by=cast.sander, at=timezone.now())
    return {
        "gewoon": make_question(to=cast.waste, by=cast.anna, subject="gewoon"),
        "geheim": make_question(to=cast.youth, by=cast.anna, is_confidential=True, subject="geheim"),
        "jeugd": make_question(to=cast.youth, by=cast.anna, subject="jeugd"),
        "verhuisd": moved,
    }


def seen(system: System) -> set[str]:
    """Look at everything there is, in pages of one, and check that counts, pages and uuids agree."""
    names: set[str] = set()
    page = system.calls("GET", f"{CONTACTS}?pageSize=1").json()
    count = page["count"]
    while True:
        names |= {each["onderwerp"] for each in page["results"]}
        if page["next"] is None:
            break
        page = system.calls("GET", page["next"]).json()
    for contact in Contact.objects.all():
        for address in (f"{CONTACTS}/{contact.uuid}", f"{CONTACTS}/{contact.uuid}?expand=hadBetrokkenen"):
            for method in ("GET", "PUT", "PATCH", "DELETE") if contact.subject not in names else ("GET",):
                answer = system.calls(method, address.partition("?")[0] if method != "GET" else address, {})
                assert answer.status_code == (200 if contact.subject in names else 404), (method, contact.subject)
    assert count == len(names)
    return names


def test_a_confidential_contact_does_not_exist_without_that_scope(
    client: Client, questions: dict[str, Question]
) -> None:
    assert seen(System(client, "gewoon")) == set(questions) - {"geheim"}
    assert seen(System(client, "alles", sees_confidential=True)) == set(questions)


def test_absent_and_not_yours_look_the_same(client: Client, questions: dict[str, Question]) -> None:
    system, contact = System(client), questions["geheim"].contacts.get()
    hidden = system.calls("GET", f"{CONTACTS}/{contact.uuid}").json()
    absent = system.calls("GET", f"{CONTACTS}/{questions['geheim'].uuid}").json()
    assert {**hidden, "instance": ""} == {**absent, "instance": ""}


def test_a_contact_that_is_confidential_itself_does_not_exist_either(
    client: Client, questions: dict[str, Question]
) -> None:
    system = System(client)
    Contact.objects.filter(question=questions["gewoon"]).update(is_confidential=True)
    assert "gewoon" not in seen(system)


def test_a_token_of_some_teams_sees_what_they_have_and_had(
    client: Client, cast: Cast, questions: dict[str, Question]
) -> None:
    assert seen(System(client, "afval", teams=(cast.waste,))) == {"gewoon", "verhuisd"}
    assert seen(System(client, "jeugd", teams=(cast.youth,))) == {"jeugd", "verhuisd"}
    assert seen(System(client, "jeugd 2", teams=(cast.youth,), sees_confidential=True)) == {
        "jeugd",
        "verhuisd",
        "geheim",
    }
    assert seen(System(client, "beide", teams=(cast.youth, cast.waste))) == {"gewoon", "jeugd", "verhuisd"}
    assert questions


def test_a_token_of_some_teams_sees_what_it_wrote_itself(
    client: Client, cast: Cast, questions: dict[str, Question]
) -> None:
    system, other = System(client, "bureau", teams=(cast.desk,)), System(client, "ander", teams=(cast.desk,))
    contact = questions["gewoon"].contacts.get()
    record("contact.registered", subject=contact, by=system.token, at=timezone.now())
    before = seen(other)
    assert seen(system) == before | {"gewoon"}


def test_what_belongs_to_a_contact_exists_as_that_does(cast: Cast, questions: dict[str, Question]) -> None:
    everyone = Caller(actor=PlainActor("token", 1), may=lambda _path, _verb: True, sees_confidential=True)
    limited = Caller(actor=PlainActor("token", 1), may=lambda _path, _verb: True)
    of_waste = Caller(actor=PlainActor("token", 1), may=lambda _path, _verb: True, team_ids=frozenset({cast.waste.pk}))
    for caller, names in (
        (everyone, set(questions)),
        (limited, set(questions) - {"geheim"}),
        (of_waste, {"gewoon", "verhuisd"}),
    ):
        contacts = "SELECT t.subject FROM contact t"
        assert {name for (name,) in rows(*narrowed(contacts, contacts_visible(caller, "t")))} == names
        people = "SELECT t.contact_id FROM participant t"
        found = rows(*narrowed(people, of_visible_contact(caller, "t.contact_id")))
        assert {Contact.objects.get(pk=pk).subject for (pk,) in found} == names
        given = rows(*narrowed("SELECT t.id FROM participant t", of_visible_participant(caller, "t.id")))
        assert {Participant.objects.get(pk=pk).contact.subject for (pk,) in given} == names
        about = rows(*narrowed("SELECT t.subject FROM question t", questions_visible(caller, "t.id")))
        assert {name for (name,) in about} == names
        assert rows(*narrowed("SELECT 1", of_visible_contact(caller, "NULL::bigint"))) == [(1,)], "what belongs to none"


def test_a_token_that_sees_everything_pays_for_no_condition() -> None:
    caller = Caller(actor=PlainActor("token", 1), may=lambda _path, _verb: True, sees_confidential=True)
    assert contacts_visible(caller, "t") == of_visible_contact(caller, "t.contact_id") == []
