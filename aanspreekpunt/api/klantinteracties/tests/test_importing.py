"""Copying another register: what comes in, under which uuid, and what becomes of its tasks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from aanspreekpunt.api.klantinteracties.contract.callers import Caller
from aanspreekpunt.api.klantinteracties.contract.resource import Writing
from aanspreekpunt.api.klantinteracties.importing.order import KINDS
from aanspreekpunt.api.klantinteracties.tests.calls import System
from aanspreekpunt.api.klantinteracties.tests.copying import NOW, bring, numbers, why
from aanspreekpunt.api.klantinteracties.tests.other_register import (
    OtherRegister,
    contact_said,
    furnished,
    task_said,
)
from aanspreekpunt.imports.models import ImportedThing
from aanspreekpunt.imports.report import lines_of
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.parties.models import Party, PartyIdentifier
from aanspreekpunt.promises.models import Promise, Task
from aanspreekpunt.questions.models import Contact, Participant, Question

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

US = System()


def test_everything_comes_in_under_its_own_uuid_and_says_the_same(other: OtherRegister) -> None:
    things = furnished(other)
    run = bring(other)
    assert why(run) == set()
    assert all(line.is_whole for line in lines_of(run))
    assert numbers(run, "came_in") == {path: len(each) for path, each in other.lists.items()}
    for path, listed in other.lists.items():
        root = KINDS[path].resource.root
        for said in listed:
            shown = US.get(f"{root}{path}/{said['uuid']}")
            for name in set(said) - {"uuid", "url", "hadBetrokkenen", "leiddeTotInterneTaken", "plaatsgevondenOp"}:
                assert _same(said[name], shown.get(name)), (path, name, said[name], shown.get(name))
    party = Party.objects.get(uuid=things["person"]["uuid"])
    assert party.works_for is not None
    assert party.preferred_address is not None
    assert Participant.objects.get().email == "karin@smit.example"
    assert PartyIdentifier.objects.get(kind="bsn").plain == ""


def _same(said: Any, shown: Any) -> bool:
    if isinstance(said, dict) and isinstance(shown, dict):
        if "url" in said:
            return bool(said["uuid"] == shown["uuid"])
        return all(_same(value, shown.get(name)) for name, value in said.items() if name != "uuid")
    if isinstance(said, list) and said and isinstance(shown, list):
        return len(said) == len(shown) and all(map(_same, said, shown))
    if isinstance(said, str) and said[:2] == "20" and "T" in said:
        return datetime.fromisoformat(said) == datetime.fromisoformat(shown)
    return (said or None) == (shown or None)


def test_what_is_kept_says_the_same_as_what_was_told(other: OtherRegister, cast: Cast) -> None:
    furnished(other)
    bring(other)
    writing = Writing(Caller(actor=cast.anna, may=lambda _path, _need: True, sees_confidential=True), NOW)
    for path, kind in KINDS.items():
        pks = dict(QuerySet(kind.model).values_list("pk", "uuid"))
        ours = {pks[pk]: said for pk, said in kind.ours(pks, writing).items()}
        noted = ImportedThing.objects.filter(path=path)
        assert {each.uuid: bytes(each.said) for each in noted} == {each.uuid: ours[each.uuid] for each in noted}, path
        assert noted.exists()


def test_history_sends_no_letter_and_an_old_task_gets_a_new_date(other: OtherRegister, cast: Cast) -> None:
    things = furnished(other)
    bring(other)
    assert not Delivery.objects.exists()
    question = Question.objects.get()
    assert (question.owner, question.state, question.hops) == (cast.waste, "waiting", 1)
    promise = Promise.objects.get()
    assert NOW < promise.due_at < NOW + timedelta(days=4)
    assert Task.objects.get().uuid == UUID(things["task"]["uuid"])
    assert question.customer_name == "Karin Smit"
    assert set(Entry.objects.values_list("by_kind", flat=True)) >= {"system"}


def test_a_task_that_is_done_is_a_settled_question(other: OtherRegister) -> None:
    things = furnished(other)
    other.said("internetaken", things["task"]).update(status="verwerkt", afgehandeldOp="2025-03-05T12:00:00+01:00")
    bring(other)
    question = Question.objects.get()
    assert (question.state, question.outcome) == ("settled", "handled_elsewhere")
    assert question.settled_at == datetime(2025, 3, 5, 11, 0, tzinfo=UTC)
    assert not Promise.objects.exists()


def test_a_done_task_with_an_answer_on_record_was_answered(other: OtherRegister) -> None:
    things = furnished(other)
    other.said("internetaken", things["task"]).update(status="verwerkt")
    reply = other.add("klantcontacten", **contact_said(inhoud="Morgen wordt hij geleegd."))
    other.add("onderwerpobjecten", klantcontact=reply, wasKlantcontact=things["talk"])
    bring(other)
    question = Question.objects.get()
    assert question.outcome == "callback_kept"
    assert Contact.objects.get(uuid=reply["uuid"]).question == question


def test_several_tasks_of_one_contact_are_one_question(other: OtherRegister) -> None:
    things = furnished(other)
    other.add("internetaken", **task_said(things["talk"], things["unit"], status="verwerkt"))
    newest = other.add("internetaken", **task_said(things["talk"], toegewezenOp="2025-04-01T10:00:00Z"))
    bring(other)
    question = Question.objects.get()
    assert question.state == "waiting"
    leading = Task.objects.get(is_leading=True)
    assert leading.uuid == UUID(newest["uuid"])
    assert Task.objects.filter(question=question).count() == 3


def test_confidential_stays_confidential(other: OtherRegister) -> None:
    things = furnished(other)
    other.said("klantcontacten", things["talk"])["vertrouwelijk"] = True
    bring(other)
    assert Question.objects.get().is_confidential
    assert System(sees_confidential=False).found("klantcontacten") == []
