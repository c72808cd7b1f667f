"""Tasks go along with their question, whoever moves it: the desk here, or another system there."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.organisation.actors import ActorGiven, make_actor
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover, Promise, Task, TaskActor
from aanspreekpunt.promises.operations import TaskChange, TaskGiven, add_task, change_task, remove_task
from aanspreekpunt.promises.queries import second_hops
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.promises.tests.truths import falsehoods
from aanspreekpunt.promises.timeline.resident import lines_for_resident
from aanspreekpunt.questions.models import Contact, Mention, Question
from aanspreekpunt.questions.operations import add_participant, link_subject, register_contact
from aanspreekpunt.questions.refusals import NumberInUse
from aanspreekpunt.queues.queries import questions_waiting_for

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import ActorRecord, Employee, Team
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db

KISS = PlainActor("token", 7, "Contact desktop")
ITA = PlainActor("token", 8, "Task desktop")
LATER = MONDAY + timedelta(hours=2)


def told(**fields: object) -> Contact:
    """Register a contact as another system does."""
    facts: Any = {"told_channel": "Telefoon", "subject": "Paspoort", "text": "Wanneer kan ik het halen?", **fields}
    return register_contact(told=facts, by=KISS, at=MONDAY)


def given(contact: Contact | None = None, *actors: ActorRecord, **fields: Any) -> Task:
    """Give us a task as another system does."""
    task = TaskGiven(**{"contact": contact or told(), "asked": "Terugbellen", "actors": actors, **fields})
    return add_task(given=task, by=KISS, at=MONDAY)


def changed(task: Task, at: Any = LATER, **fields: Any) -> Task:
    """Change a task as another system does."""
    return change_task(task=task, change=TaskChange(**fields), by=ITA, at=at)


def own(of: Team | Employee) -> ActorRecord:
    """Return the actor of one of ours."""
    assert of.register_actor is not None
    return of.register_actor


def fresh(question: Question) -> Question:
    """Return the question as it is now."""
    return Question.objects.select_related("owner", "holder").get(pk=question.pk)


def names(task: Task) -> list[str]:
    """Return who is named for a task, in order."""
    return [each.actor.name for each in TaskActor.objects.filter(task=task).order_by("position")]


def of(question: Question) -> Task:
    """Return the task that leads a question."""
    return Task.objects.get(question=question, is_leading=True)


# What the desk does shows in the task.


def test_a_question_handed_over_at_the_desk_is_a_task_of_the_department(cast: Cast) -> None:
    registered = make_handed_over(to=cast.waste, by=cast.anna)
    task = of(registered.question)
    assert (task.state, task.contact, task.asked) == ("open", registered.contact, "Bel de inwoner over de container")
    assert names(task) == ["Waste"]
    assert (len(task.number or ""), task.number) == (10, task.reference_number)
    assert not Task.objects.filter(
        question=operations.answer_at_once(asked=make_asked(), answer="Ja.", by=cast.anna, at=MONDAY).question
    ).exists()


def test_registering_costs_no_query_more_than_before(cast: Cast) -> None:
    operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY)  # what is remembered is remembered now
    with CaptureQueriesContext(connection) as asked:
        operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY)
    written = [each["sql"] for each in asked if "INSERT" in each["sql"]]
    assert len(written) == 1
    assert '"task"' in written[0]
    assert '"task_actor"' in written[0]


def test_the_task_moves_and_ends_and_lives_again_with_its_question(cast: Cast) -> None:
    question = operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY).question
    assert names(of(question)) == ["Desk"]
    operations.hand_over(
        question=question, to=cast.waste, asks="Kijk eens", note="Boos", to_employee=cast.wim, by=cast.anna, at=LATER
    )
    task = of(question)
    assert (names(task), task.asked, task.note, task.assigned_at) == (["Waste", "Wim"], "Kijk eens", "Boos", LATER)
    operations.return_to_sender(question=question, reason="Niet van ons", by=cast.wim, at=LATER)
    assert names(task) == ["Desk"]
    settled = LATER + timedelta(hours=1)
    operations.answer(question=question, text="Ja", channel="phone", by=cast.anna, at=settled)
    task.refresh_from_db()
    assert (task.state, task.done_at) == ("done", settled)
    assert TaskActor.objects.get(task=task).state == "done"
    operations.reopen_by_employee(question=question, reason="Toch niet", by=cast.anna, at=settled)
    task.refresh_from_db()
    assert (task.state, task.done_at) == ("open", None)


def test_a_question_answered_at_once_gets_a_task_when_it_is_opened_again(cast: Cast) -> None:
    question = operations.answer_at_once(asked=make_asked(), answer="Ja.", by=cast.anna, at=MONDAY).question
    operations.reopen_by_employee(question=question, reason="Toch niet", by=cast.anna, at=LATER)
    assert names(of(question)) == ["Desk"]


# A contact of another system becomes a question.


def test_a_task_makes_a_question_of_the_very_contact(cast: Cast) -> None:
    contact = told()
    told_by = {"contact": contact, "last_name": "Deurne", "is_initiator": True}
    someone = add_participant(told=told_by, by=KISS, at=MONDAY)  # type: ignore[arg-type]  # facts by name
    someone.email = "karel@example.org"
    someone.save()
    task = given(contact, own(cast.waste), asked="Bel terug", note="Haast")
    question = fresh(task.question)
    contact.refresh_from_db()
    assert (contact.question, Contact.objects.count()) == (question, 1)
    assert (question.owner, question.subject, question.customer_name) == (cast.waste, "Paspoort", "Deurne")
    assert (question.hops, question.state) == (1, "waiting")
    promise = Promise.objects.get(question=question, state="open")
    assert (promise.team, promise.due_at) == (cast.waste, question.due_at)
    handover = Handover.objects.get(question=question)
    assert (handover.asked, handover.note, handover.by_system) == ("Bel terug", "Haast", "Contact desktop")
    assert set(Delivery.objects.values_list("kind", flat=True)) == {"receipt", "team_notice"}
    assert [row.id for row in questions_waiting_for([cast.waste.pk], own_team_ids=[])] == [question.pk]
    lines = Entry.objects.filter(subject_kind="question", by_kind="token")
    assert set(lines.values_list("event", flat=True)) == {"question.registered", "question.handed_over", "promise.made"}
    assert falsehoods() == []


def test_who_is_named_decides_whose_question_it_is(cast: Cast) -> None:
    stranger = make_actor(given=ActorGiven(name="Onbekend", kind="unit"), by=KISS, at=MONDAY)
    by_name = make_actor(given=ActorGiven(name="WASTE", kind="unit"), by=KISS, at=MONDAY)
    assert given(None, own(cast.wim)).question.owner == cast.waste
    assert Handover.objects.get().to_employee == cast.wim
    assert given(None, stranger, by_name).question.owner == cast.waste
    lost = given(None, stranger)
    assert (lost.question.owner, names(lost)) == (cast.desk, ["Onbekend"])
    assert given().question.owner == cast.desk
    cast.waste.hours = {}
    cast.waste.save()
    assert given(None, own(cast.waste)).question.owner == cast.desk


def test_who_becomes_known_later_gets_his_receipt_with_a_code_that_works(cast: Cast) -> None:
    task = given(None, own(cast.waste))
    before = fresh(task.question).follow_code_hash
    assert not Delivery.objects.filter(kind="receipt").exists()
    someone = add_participant(
        told={"contact": task.contact, "last_name": "Deurne", "is_initiator": True}, by=KISS, at=MONDAY
    )
    assert not operations.participant_joined(contact=task.contact, by=KISS, at=MONDAY)
    assert fresh(task.question).customer_name == "Deurne"
    someone.email = "karel@example.org"
    someone.save()
    assert operations.participant_joined(contact=task.contact, by=KISS, at=MONDAY + timedelta(minutes=2))
    assert not operations.participant_joined(contact=task.contact, by=KISS, at=MONDAY + timedelta(minutes=3))
    receipt = Delivery.objects.get(kind="receipt")
    assert receipt.to_address == "karel@example.org"
    assert receipt.secrets["follow_code"]
    assert fresh(task.question).follow_code_hash != before


def test_nobody_gets_a_receipt_for_a_question_of_the_desk_or_of_long_ago(cast: Cast) -> None:
    ours = operations.keep_at_desk(asked=make_asked(customer=make_asked().customer), by=cast.anna, at=MONDAY)
    assert not operations.participant_joined(contact=ours.contact, by=KISS, at=MONDAY)
    task = given(None, own(cast.waste))
    someone = add_participant(told={"contact": task.contact, "is_initiator": True}, by=KISS, at=MONDAY)
    someone.email = "karel@example.org"
    someone.save()
    assert not operations.participant_joined(contact=task.contact, by=KISS, at=MONDAY + timedelta(days=1))


def test_numbers_are_kept_made_and_never_given_twice(cast: Cast) -> None:
    task = given(None, own(cast.waste), number="1312312312", reference_number="")
    task.refresh_from_db()
    assert task.number == "1312312312"
    assert len(task.reference_number or "") == 10
    with pytest.raises(NumberInUse):
        given(None, number="1312312312")
    assert Question.objects.count() == 1
    task.refresh_from_db()
    before = task.reference_number
    changed(task, number="9999999999", reference_number="")
    task.refresh_from_db()
    assert (task.number, task.reference_number) == ("9999999999", before)


# What other systems do to a task shows at the desk.


def test_done_without_a_word_on_record_was_dealt_with_elsewhere(cast: Cast) -> None:
    task = given(None, own(cast.waste))
    changed(task, is_done=True)
    question = fresh(task.question)
    assert (question.state, question.outcome, question.settled_at) == ("settled", "handled_elsewhere", LATER)
    assert Promise.objects.get(question=question).state == "withdrawn"
    assert Handover.objects.get(question=question).state == "done"
    assert lines_for_resident(question)[-1].title in {"Uw vraag is afgehandeld.", "Your question was dealt with."}
    changed(task, is_done=True)  # once more changes nothing
    assert Entry.objects.filter(event="question.settled").count() == 1


@pytest.mark.parametrize(
    ("has_succeeded", "channel", "outcome"),
    [(True, "Telefoon", "callback_kept"), (True, "E-mail", "answered"), (False, "Telefoon", "handled_elsewhere")],
)
def test_a_reply_on_record_says_how_it_was_answered(
    cast: Cast, channel: str, outcome: str, *, has_succeeded: bool
) -> None:
    task = given(None, own(cast.waste))
    reply = told(text="Uitgelegd", told_channel=channel, has_succeeded=has_succeeded)
    link_subject(told={"contact": reply, "was_contact": task.contact}, by=ITA, at=LATER)
    assert operations.join_reply(reply=reply, to=task.contact, by=ITA, at=LATER)
    assert not operations.join_reply(reply=reply, to=task.contact, by=ITA, at=LATER)
    reply.refresh_from_db()
    assert (reply.question_id, reply.direction) == (task.question_id, "out")
    changed(task, is_done=True)
    question = fresh(task.question)
    assert question.outcome == outcome
    assert Promise.objects.get(question=question).state == ("withdrawn" if outcome == "handled_elsewhere" else "kept")
    title = "callback.not_reached" if has_succeeded is False else "question.answered"
    assert Entry.objects.filter(event=title, subject_id=question.pk, by_kind="token").count() == 1
    assert falsehoods() == []


def test_a_reply_that_was_linked_before_the_task_joins_as_well(cast: Cast) -> None:
    first, reply = told(), told(text="Uitgelegd", has_succeeded=True)
    link_subject(told={"contact": reply, "was_contact": first}, by=ITA, at=MONDAY)
    assert not operations.join_reply(reply=reply, to=first, by=ITA, at=MONDAY)
    task = given(first, own(cast.waste))
    assert list(Contact.objects.filter(question=task.question, direction="out")) == [reply]


def test_what_was_answered_before_it_was_opened_again_is_no_answer_any_more(cast: Cast) -> None:
    task = given(told(reply="Morgen"), own(cast.waste))
    changed(task, is_done=True)
    assert fresh(task.question).outcome == "answered"
    changed(task, is_done=False, at=LATER + timedelta(hours=1))
    question = fresh(task.question)
    assert (question.state, question.times_reopened) == ("waiting", 1)
    assert Promise.objects.filter(question=question, state="open").exists()
    changed(task, is_done=True, at=LATER + timedelta(hours=2))
    assert fresh(task.question).outcome == "handled_elsewhere"


def test_a_task_that_was_done_from_the_start_is_kept_as_such(cast: Cast) -> None:
    done_at = MONDAY - timedelta(days=3)
    task = given(told(reply="Morgen om tien uur"), own(cast.waste), is_done=True, done_at=done_at)
    question = fresh(task.question)
    assert (task.state, task.done_at) == ("done", done_at)
    assert (question.state, question.outcome, question.owner) == ("settled", "answered", cast.waste)
    assert not Delivery.objects.exists()
    assert given(is_done=True).question.outcome == "handled_elsewhere"
    assert falsehoods() == []


def test_passing_on_in_another_system_hands_over_and_alarms_the_supervisor_the_second_time(cast: Cast) -> None:
    task = given(None, own(cast.waste), own(cast.wim))
    operations.take_up(question=task.question, by=cast.wim, at=MONDAY)
    changed(task, actors=(own(cast.youth),), asked="Jeugd, kijk eens")
    question = fresh(task.question)
    assert (question.owner, question.hops, question.holder, names(task)) == (cast.youth, 2, None, ["Youth"])
    hop = Handover.objects.get(question=question, hop=2)
    assert (hop.asked, hop.by_system, hop.is_by_supervisor, hop.made_by) == (
        "Jeugd, kijk eens",
        "Task desktop",
        False,
        None,
    )
    assert hop.reason
    alarms = Delivery.objects.filter(kind="second_hop")
    assert set(alarms.values_list("to_address", flat=True)) == {cast.sander.email, cast.sofie.email}
    assert [each.pk for each in second_hops([cast.waste.pk], visible_to=cast.sofie)] == [hop.pk]
    assert falsehoods() == []


def test_naming_a_colleague_gives_him_the_question(cast: Cast) -> None:
    task = given(None, own(cast.waste))
    changed(task, actors=(own(cast.waste), own(cast.wilma)))
    question = fresh(task.question)
    assert (question.holder, question.state, question.hops) == (cast.wilma, "in_hand", 1)
    assert Mention.objects.get(question=question).employee == cast.wilma


def test_one_more_task_stands_beside_the_first_and_leads_when_that_is_done(cast: Cast) -> None:
    first = given(None, own(cast.waste))
    second = given(first.contact, own(cast.waste), asked="En mail hem")
    assert (second.question, second.is_leading) == (first.question, False)
    changed(first, is_done=True)
    second.refresh_from_db()
    assert (fresh(first.question).state, second.is_leading) == ("waiting", True)
    changed(second, is_done=True)
    assert fresh(first.question).state == "settled"
    third = given(first.contact, own(cast.youth))
    question = fresh(first.question)
    assert (question.state, question.owner, third.is_leading) == ("waiting", cast.youth, True)
    assert falsehoods() == []


def test_a_task_for_another_team_takes_an_open_question_along(cast: Cast) -> None:
    ours = operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY)
    task = given(ours.contact, own(cast.waste))
    question = fresh(ours.question)
    assert (question.owner, question.hops, task.is_leading) == (cast.waste, 1, True)
    assert not Delivery.objects.filter(kind="second_hop").exists()
    assert Task.objects.filter(question=question, state="open").count() == 2
    operations.answer(question=question, text="Ja", channel="phone", by=cast.wim, at=LATER)
    assert not Task.objects.filter(question=question, state="open").exists()


def test_another_contact_may_turn_out_to_have_led_to_it(cast: Cast) -> None:
    task, other = given(None, own(cast.waste)), told()
    changed(task, contact=other)
    other.refresh_from_db()
    assert other.question == task.question
    assert falsehoods() == []


def test_a_confidential_contact_does_not_become_part_of_a_question_that_others_see(cast: Cast) -> None:
    task, hidden = given(None, own(cast.waste)), told(is_confidential=True)
    changed(task, contact=hidden)
    hidden.refresh_from_db()
    assert (hidden.question, hidden.is_confidential) == (None, True)
    assert not fresh(task.question).is_confidential
    assert Task.objects.get().contact == hidden


def test_removing_the_only_task_withdraws_what_was_registered_for_it(cast: Cast) -> None:
    task = given(None, own(cast.waste))
    remove_task(task=task, by=KISS, at=LATER)
    question = fresh(task.question)
    assert (question.state, question.outcome) == ("settled", "withdrawn")
    assert not Task.objects.exists()
    assert Entry.objects.get(event="task.removed").data["uuid"] == str(task.uuid)


def test_removing_the_task_of_a_question_of_ours_leaves_it_with_another(cast: Cast) -> None:
    ours = make_handed_over(to=cast.waste, by=cast.anna).question
    before = of(ours)
    remove_task(task=before, by=KISS, at=LATER)
    assert of(ours).pk != before.pk
    assert (names(of(ours)), fresh(ours).state) == (["Waste"], "waiting")


def test_removing_a_contact_takes_its_tasks_along(cast: Cast) -> None:
    task = given(None, own(cast.waste))
    operations.remove_contact(contact=task.contact, by=KISS, at=LATER)
    assert not Task.objects.exists()
    assert fresh(task.question).outcome == "withdrawn"
    ours = make_handed_over(to=cast.waste, by=cast.anna)
    operations.note_addition(question=ours.question, text="En nog iets", channel="phone", by=cast.anna, at=LATER)
    operations.remove_contact(contact=ours.contact, by=KISS, at=LATER)
    assert of(ours.question).contact != ours.contact
    assert falsehoods() == []


def test_a_confidential_contact_goes_to_who_may_see_it_and_stays_hidden(cast: Cast) -> None:
    task = given(told(is_confidential=True), own(cast.youth))
    question = fresh(task.question)
    assert (question.is_confidential, question.owner) == (True, cast.youth)
    assert given(told(is_confidential=True), own(cast.waste)).question.owner == cast.waste


def test_the_desk_names_its_owner_again_when_another_team_was_named_meanwhile(cast: Cast) -> None:
    task = given(None, own(cast.waste))
    changed(task, is_done=True)
    changed(task, actors=(own(cast.youth),))
    assert (fresh(task.question).owner, names(task)) == (cast.waste, ["Youth"])
    operations.reopen_by_employee(question=task.question, reason="Toch niet", by=cast.wim, at=LATER)
    assert names(task) == ["Waste"]
    assert falsehoods() == []


def test_questions_of_before_there_were_tasks_get_theirs(cast: Cast) -> None:
    steps = import_module("aanspreekpunt.promises.migrations.0005_tasks_have_numbers_and_follow_their_question")
    handed = operations.register_and_hand_over(
        asked=make_asked(), to=cast.waste, asks="Kijk eens", to_employee=cast.wim, by=cast.anna, at=MONDAY
    ).question
    kept = operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY).question
    done = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.answer(question=done, text="Ja", channel="phone", by=cast.wim, at=LATER)
    at_once = operations.answer_at_once(asked=make_asked(), answer="Ja.", by=cast.anna, at=MONDAY).question
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM task")
        cursor.execute(steps.FILL)
    assert (names(of(handed)), of(handed).asked) == (["Waste", "Wim"], "Kijk eens")
    assert (names(of(kept)), of(kept).asked) == (["Desk"], kept.subject)
    assert (of(done).state, of(done).done_at, names(of(done))) == ("done", LATER, ["Waste"])
    assert not Task.objects.filter(question=at_once).exists()
    assert all(len(each.number or "") == 10 for each in Task.objects.all())
    assert falsehoods() == []
