"""The conversation of a question in one call, and that nothing hidden shows by what it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from aanspreekpunt.api.klantinteracties.tests.things import CONTACTS, System
from aanspreekpunt.promises.operations import answer, hand_over
from aanspreekpunt.promises.tests.make import make_handed_over
from aanspreekpunt.questions.models import Contact, SubjectLink

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

pytestmark = pytest.mark.django_db

EXPAND = (
    "hadBetrokkenen,hadBetrokkenen.digitaleAdressen,gingOverOnderwerpobjecten,omvatteBijlagen,leiddeTotInterneTaken"
)


@pytest.fixture
def question(cast: Cast) -> Question:
    """Make a question of which the answer was given by mail, beside another one."""
    make_handed_over(to=cast.waste, by=cast.anna)
    asked = make_handed_over(to=cast.waste, by=cast.anna).question
    return answer(question=asked, text="Zaterdag.", channel="email", by=cast.wim, at=timezone.now())


def conversation(system: System, uuid: Any, more: str = "") -> list[dict[str, Any]]:
    body = system.calls("GET", f"{CONTACTS}?gesprek={uuid}&ordering=plaatsgevondenOp{more}").json()
    assert body["count"] == len(body["results"])
    found: list[dict[str, Any]] = body["results"]
    return found


def test_each_contact_and_each_task_of_a_question_leads_to_all_that_was_said(
    client: Client, question: Question
) -> None:
    system = System(client)
    said = [str(each.uuid) for each in question.contacts.order_by("occurred_at")]
    assert len(said) == 2
    named = [*said, *(each.uuid for each in question.tasks.all())]
    assert len(named) > 2
    for uuid in named:
        assert [each["uuid"] for each in conversation(system, uuid)] == said, uuid
    assert conversation(system, question.uuid) == [], "the standard knows no questions"


def test_it_comes_with_everything_in_it_in_one_call(
    client: Client, question: Question, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    system, uuid = System(client), question.contacts.earliest("pk").uuid
    conversation(system, uuid)
    with django_assert_max_num_queries(16):
        first, last = conversation(system, uuid, f"&expand={EXPAND}")
    assert first["_expand"]["hadBetrokkenen"][0]["uuid"] == first["hadBetrokkenen"][0]["uuid"]
    assert first["_expand"]["leiddeTotInterneTaken"][0]["status"] == "verwerkt"
    assert last["inhoud"] == "Zaterdag."


def test_a_contact_without_a_question_stands_alone(client: Client) -> None:
    system = System(client)
    body = {"kanaal": "balie", "onderwerp": "Openingstijden", "taal": "nld", "vertrouwelijk": False}
    uuid = system.calls("POST", CONTACTS, body).json()["uuid"]
    system.calls("POST", CONTACTS, body)
    assert [each["uuid"] for each in conversation(system, uuid)] == [uuid]


def test_what_is_hidden_leads_nowhere(client: Client, cast: Cast, question: Question) -> None:
    first, last = question.contacts.order_by("pk")
    Contact.objects.filter(pk=last.pk).update(is_confidential=True)
    system, of_youth = System(client), System(client, "jeugd", teams=(cast.youth,))
    assert [each["uuid"] for each in conversation(system, first.uuid)] == [str(first.uuid)]
    assert conversation(system, last.uuid) == []
    assert conversation(of_youth, first.uuid) == []
    assert len(conversation(System(client, "alles", sees_confidential=True), last.uuid)) == 2


def test_what_a_hidden_contact_refers_to_is_not_found_by_that(client: Client, cast: Cast, question: Question) -> None:
    meant = question.contacts.earliest("pk")
    secret = make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True).question.contacts.get()
    link = SubjectLink.objects.create(contact=secret, was_contact=meant, object_id="Z-1")
    query = f"{CONTACTS}?wasOnderwerpobject__uuid={link.uuid}"
    number = f"{CONTACTS}?wasOnderwerpobject__onderwerpobjectidentificatorObjectId=Z-1"
    limited, everyone = System(client), System(client, "alles", sees_confidential=True)
    for address in (query, number):
        assert limited.calls("GET", address).json()["count"] == 0
        assert everyone.calls("GET", address).json()["results"][0]["uuid"] == str(meant.uuid)


def test_a_question_that_moved_stays_one_conversation(client: Client, cast: Cast) -> None:
    moved = make_handed_over(to=cast.waste, by=cast.anna).question
    hand_over(question=moved, to=cast.youth, asks="Toch voor jullie?", reason="x", by=cast.sander, at=timezone.now())
    uuid = moved.contacts.get().uuid
    for team in (cast.waste, cast.youth):
        assert len(conversation(System(client, team.name, teams=(team,)), uuid)) == 1
