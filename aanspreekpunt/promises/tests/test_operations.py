"""A question's life through the operations: what each leaves behind, and what each refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.organisation.permissions import GRANTS, Permission
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover, Promise
from aanspreekpunt.promises.proposals import proposed_due, proposed_windows
from aanspreekpunt.promises.refusals import InThePast, NothingToReturn, SecondHop, TeamIsNotAtWork
from aanspreekpunt.promises.rules.deadlines import callback_windows
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.questions.refusals import AlreadyAsked, NotYours, QuestionIsHeld

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_answering_at_once_settles_the_question_in_the_same_contact(cast: Cast) -> None:
    registered = operations.answer_at_once(
        asked=make_asked(), answer="Zaterdag wordt hij geleegd.", by=cast.anna, at=MONDAY
    )
    question = registered.question
    assert (question.state, question.outcome, question.owner) == ("settled", "answered_at_once", cast.desk)
    assert question.contacts.get().reply == "Zaterdag wordt hij geleegd."
    assert not Promise.objects.exists()


def test_handing_over_promises_a_date_by_the_team_that_answers(cast: Cast) -> None:
    product = make_product("container", team=cast.waste)
    registered = make_handed_over(to=cast.waste, by=cast.anna, product=product)
    promise = registered.promise
    assert promise is not None
    assert promise.team == cast.waste
    assert promise.due_at == MONDAY.replace(day=4, hour=17)
    assert Handover.objects.get().hop == 1
    assert set(Delivery.objects.values_list("kind", flat=True)) == {"receipt", "team_notice"}


def test_a_date_agreed_with_the_resident_is_promised_instead_of_the_norm(cast: Cast) -> None:
    friday = MONDAY.date() + timedelta(days=4)
    promise = operations.register_and_hand_over(
        asked=make_asked(), to=cast.waste, asks="", due_on=friday, by=cast.anna, at=MONDAY
    ).promise
    assert promise is not None
    assert (promise.norm_kind, promise.due_at) == ("fixed_date", MONDAY.replace(day=6, hour=17))
    with pytest.raises(InThePast):
        operations.register_and_hand_over(
            asked=make_asked(),
            to=cast.waste,
            asks="",
            due_on=MONDAY.date() - timedelta(days=1),
            by=cast.anna,
            at=MONDAY,
        )


def test_a_team_without_hours_promises_nothing(cast: Cast) -> None:
    cast.waste.hours = {}
    cast.waste.save()
    with pytest.raises(TeamIsNotAtWork):
        make_handed_over(to=cast.waste, by=cast.anna)
    with pytest.raises(TeamIsNotAtWork):
        proposed_windows(product=None, team=cast.waste, at=MONDAY)


def test_windows_are_proposed_by_the_hours_of_the_team(cast: Cast) -> None:
    proposal = proposed_windows(product=None, team=cast.waste, at=MONDAY)
    assert proposal.windows[0].starts_at == MONDAY.replace(minute=30)
    assert proposal.by_norm in proposal.windows
    assert proposed_due(product=None, team=cast.waste, at=MONDAY) == MONDAY.replace(day=4, hour=17)


def test_the_department_keeps_its_promise(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.take_up(question=question, by=cast.wim, at=MONDAY + timedelta(hours=1))
    settled = operations.answer(
        question=question, text="Wij komen morgen.", channel="email", by=cast.wim, at=MONDAY + timedelta(hours=2)
    )
    assert settled.outcome == "answered"
    assert Promise.objects.get().state == "kept"
    assert Handover.objects.get().state == "done"


def test_a_late_answer_breaks_the_promise(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.answer(question=question, text="Sorry.", channel="phone", by=cast.wim, at=MONDAY + timedelta(days=9))
    assert Promise.objects.get().state == "broken"


def test_a_question_held_by_a_colleague_is_not_taken(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.take_up(question=question, by=cast.wim, at=MONDAY)
    with pytest.raises(QuestionIsHeld):
        operations.take_up(question=question, by=cast.wilma, at=MONDAY)


def test_an_agent_does_not_answer_for_another_team(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    with pytest.raises(NotYours):
        operations.answer(question=question, text="Ja.", channel="phone", by=cast.anna, at=MONDAY)


def test_a_second_handover_is_refused_to_an_agent_and_shown_when_a_supervisor_does_it(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.return_to_sender(question=question, reason="Niet van ons", by=cast.wim, at=MONDAY)
    with pytest.raises(SecondHop):
        operations.hand_over(question=question, to=cast.youth, asks="", by=cast.anna, at=MONDAY)
    moved = operations.hand_over(
        question=question, to=cast.youth, asks="", reason="Toch jeugd", by=cast.sofie, at=MONDAY
    )
    assert (moved.owner, moved.hops) == (cast.youth, 2)


def test_only_what_was_handed_over_can_be_returned(cast: Cast) -> None:
    question = operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY).question
    with pytest.raises(NothingToReturn):
        operations.return_to_sender(question=question, reason="Waarheen?", by=cast.bram, at=MONDAY)


def test_asking_back_rests_the_promise_until_the_reply(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=question, text="Welke kleur?", channel="email", by=cast.wim, at=MONDAY)
    question.refresh_from_db()
    assert question.state == "awaiting_resident"
    assert Promise.objects.get(state="open").kind == "reply"
    replied = operations.note_addition(
        question=question, text="Groen", channel="phone", by=cast.anna, at=MONDAY + timedelta(days=1)
    )
    assert (replied.state, replied.holder) == ("in_hand", cast.wim)
    assert Promise.objects.get(state="open").kind == "answer"


def test_a_missed_call_back_gives_a_new_window(cast: Cast) -> None:
    window, later = callback_windows(start=MONDAY, calendar=calendar_of(cast.waste), count=2)
    question = operations.register_and_promise_callback(
        asked=make_asked(), to=cast.waste, window=window, phone="+31612345678", asks="Bel", by=cast.anna, at=MONDAY
    ).question
    operations.miss_callback(question=question, by=cast.wim, at=window.starts_at)
    question.refresh_from_db()
    assert question.due_at == later.ends_at
    operations.call_back(question=question, text="Uitgelegd.", by=cast.wim, at=later.starts_at)
    assert list(Promise.objects.order_by("id").values_list("state", flat=True)) == ["kept", "kept"]


def test_a_settled_question_reopens_with_a_new_promise(cast: Cast) -> None:
    question = operations.answer_at_once(asked=make_asked(), answer="Ja.", by=cast.anna, at=MONDAY).question
    reopened = operations.reopen_by_employee(question=question, reason="Klopt niet", by=cast.bram, at=MONDAY)
    assert (reopened.state, reopened.times_reopened) == ("waiting", 1)
    assert Promise.objects.get().state == "open"


def test_a_duplicate_goes_on_in_the_other(cast: Cast) -> None:
    first = make_handed_over(to=cast.waste, by=cast.anna).question
    second = make_handed_over(to=cast.waste, by=cast.anna).question
    merged = operations.merge(question=second, into=first, by=cast.wim, at=MONDAY)
    assert (merged.outcome, merged.duplicate_of) == ("duplicate", first)


def test_what_is_handed_in_twice_is_registered_once(cast: Cast) -> None:
    asked = make_asked(intake_account="desk", intake_id="draft-1")
    operations.answer_at_once(asked=asked, answer="Ja.", by=cast.anna, at=MONDAY)
    with pytest.raises(AlreadyAsked):
        operations.answer_at_once(asked=asked, answer="Ja.", by=cast.anna, at=MONDAY)


def test_reminders_come_before_and_alarms_after(cast: Cast) -> None:
    promise = make_handed_over(to=cast.waste, by=cast.anna).promise
    assert promise is not None
    assert operations.remind_of_promises(at=promise.remind_at - timedelta(minutes=1)) == 0
    assert operations.remind_of_promises(at=promise.remind_at) == 1
    assert operations.remind_of_promises(at=promise.remind_at) == 0
    assert operations.escalate_broken_promises(at=promise.due_at) == 0
    assert operations.escalate_broken_promises(at=promise.due_at + timedelta(minutes=1)) == 1
    assert operations.escalate_broken_promises(at=promise.due_at + timedelta(hours=1)) == 0


def test_without_a_reply_the_work_goes_on(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=question, text="Welke kleur?", channel="email", by=cast.wim, at=MONDAY)
    assert operations.continue_without_reply(at=MONDAY + timedelta(days=30)) == 1
    question.refresh_from_db()
    assert question.state == "in_hand"


def test_who_may_not_hand_over_does_not(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    question = operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY).question
    monkeypatch.setitem(GRANTS, "agent", GRANTS["agent"] - {Permission.HAND_OVER})
    with pytest.raises(NotYours):
        operations.hand_over(question=question, to=cast.waste, asks="", by=cast.anna, at=MONDAY)
