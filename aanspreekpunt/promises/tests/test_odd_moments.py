"""Operations at moments nobody thinks of: on a closed question, after a holder left, at a team that never opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.organisation.tests.make import make_team
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover
from aanspreekpunt.promises.refusals import NothingToReturn, NotInThatTeam, TeamIsNotAtWork
from aanspreekpunt.promises.rules.deadlines import Window
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.questions.refusals import NobodyWouldSeeIt, NotYours, QuestionIsClosed, QuestionIsHeld

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

pytestmark = pytest.mark.django_db

WINDOW = Window(MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=3))


def leave(employee: Employee) -> None:
    employee.is_active = False
    employee.save(update_fields=["is_active"])


@pytest.mark.parametrize(
    "act",
    [
        lambda question, cast: operations.answer(question=question, text="Ja", channel="phone", by=cast.wim, at=MONDAY),
        lambda question, cast: operations.settle(
            question=question, outcome="withdrawn", note="Toch niet", by=cast.wim, at=MONDAY
        ),
        lambda question, cast: operations.call_back(question=question, text="Ja", by=cast.wim, at=MONDAY),
        lambda question, cast: operations.miss_callback(question=question, by=cast.wim, at=MONDAY),
        lambda question, cast: operations.promise_callback(
            question=question, window=WINDOW, phone="+31612345678", by=cast.wim, at=MONDAY
        ),
        lambda question, cast: operations.renew_promise(question=question, reason="Druk", by=cast.wim, at=MONDAY),
        lambda question, cast: operations.hand_over(
            question=question, to=cast.youth, asks="", reason="Toch", by=cast.sander, at=MONDAY
        ),
        lambda question, cast: operations.return_to_sender(question=question, reason="Nee", by=cast.wim, at=MONDAY),
        lambda question, cast: operations.ask_resident(
            question=question, text="Wat?", channel="email", by=cast.wim, at=MONDAY
        ),
        lambda question, cast: operations.merge(
            question=question, into=make_handed_over(to=cast.waste, by=cast.anna).question, by=cast.wim, at=MONDAY
        ),
        lambda question, cast: operations.stop_waiting(question=question, by=cast.wim, at=MONDAY),
        lambda question, cast: operations.take_up(question=question, by=cast.wim, at=MONDAY),
        lambda question, cast: operations.receive_addition(
            question=question, text="En?", channel="web_form", by=cast.anna, at=MONDAY
        ),
    ],
)
def test_nothing_is_done_to_a_settled_question(act: Callable[[Question, Cast], object], cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.answer(question=question, text="Zaterdag.", channel="phone", by=cast.wim, at=MONDAY)
    with pytest.raises(QuestionIsClosed):
        act(question, cast)


def test_what_someone_held_when_he_left_is_free_for_his_colleagues(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.take_up(question=question, by=cast.wim, at=MONDAY)
    with pytest.raises(QuestionIsHeld):
        operations.renew_promise(question=question, reason="Druk", by=cast.wilma, at=MONDAY)
    leave(cast.wim)
    assert operations.take_up(question=question, by=cast.wilma, at=MONDAY).holder == cast.wilma
    assert operations.take_up(question=question, by=cast.wilma, at=MONDAY).holder == cast.wilma


def test_colleagues_answer_what_someone_held_who_changed_teams(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.take_up(question=question, by=cast.wim, at=MONDAY)
    cast.wim.memberships.update(team=cast.youth)
    assert operations.answer(question=question, text="Ja", channel="phone", by=cast.wilma, at=MONDAY).is_settled


def test_a_reply_to_someone_who_left_puts_the_question_back_in_the_queue(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=question, text="Welke?", channel="email", by=cast.wim, at=MONDAY)
    leave(cast.wim)
    replied = operations.note_addition(question=question, text="Groen", channel="phone", by=cast.anna, at=MONDAY)
    assert (replied.state, replied.holder) == ("waiting", None)


def test_who_left_does_nothing_any_more(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    leave(cast.wim)
    with pytest.raises(NotYours):
        operations.take_up(question=question, by=cast.wim, at=MONDAY)
    leave(cast.anna)
    with pytest.raises(NotYours):
        operations.answer_at_once(asked=make_asked(), answer="Ja", by=cast.anna, at=MONDAY)


def close_down(team: Team) -> None:
    team.is_active = False
    team.save(update_fields=["is_active"])


def never_open(team: Team) -> None:
    team.hours = {}
    team.save(update_fields=["hours"])


@pytest.mark.parametrize("gone", [close_down, never_open])
def test_nothing_is_promised_on_behalf_of_a_team_that_is_never_there(gone: Callable[[Team], None], cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    gone(cast.youth)
    gone(cast.waste)
    with pytest.raises(TeamIsNotAtWork):
        make_handed_over(to=cast.youth, by=cast.anna)
    with pytest.raises(TeamIsNotAtWork):
        operations.hand_over(question=question, to=cast.youth, asks="", reason="Toch", by=cast.sander, at=MONDAY)
    with pytest.raises(TeamIsNotAtWork):
        operations.ask_resident(question=question, text="Wat?", channel="phone", by=cast.wim, at=MONDAY)
    with pytest.raises(TeamIsNotAtWork):
        operations.promise_callback(question=question, window=WINDOW, phone="+31612345678", by=cast.wim, at=MONDAY)


def test_a_team_closed_for_good_promises_nothing(cast: Cast) -> None:
    cast.youth.closed_days = [MONDAY.date() + timedelta(days=day) for day in range(500)]
    cast.youth.save(update_fields=["closed_days"])
    with pytest.raises(TeamIsNotAtWork):
        make_handed_over(to=cast.youth, by=cast.anna)


@pytest.mark.parametrize("gone", [close_down, never_open])
def test_what_a_resident_sends_to_a_team_that_is_gone_arrives_at_the_desk(
    gone: Callable[[Team], None], cast: Cast
) -> None:
    product = make_product("container", team=cast.waste)
    waiting = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=waiting, text="Wat?", channel="email", by=cast.wim, at=MONDAY)
    settled = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.answer(question=settled, text="Ja", channel="email", by=cast.wim, at=MONDAY)
    gone(cast.waste)
    product.refresh_from_db()
    asked = operations.receive_question(asked=make_asked(product=product), by=RESIDENT, at=MONDAY).question
    replied = operations.receive_addition(question=waiting, text="Dit", channel="web_form", by=RESIDENT, at=MONDAY)
    reopened = operations.reopen(question=settled, reason="Nee", by=RESIDENT, at=MONDAY)
    assert {asked.owner, replied.owner, reopened.owner} == {cast.desk}
    assert (replied.state, replied.holder) == ("waiting", None)
    assert not Handover.objects.filter(question=waiting, ended_at__isnull=True).exists()


def test_a_confidential_question_is_not_sent_where_nobody_sees_it(cast: Cast) -> None:
    make_team("empty")
    empty = Team.objects.get(key="empty")
    with pytest.raises(NobodyWouldSeeIt):
        make_handed_over(to=empty, by=cast.anna, is_confidential=True)
    product = make_product("debts", team=empty, is_confidential=True)
    assert operations.receive_question(asked=make_asked(product=product), by=RESIDENT, at=MONDAY).question.owner == (
        cast.desk
    )


def test_a_question_is_only_meant_for_someone_of_the_team_that_gets_it(cast: Cast) -> None:
    question = operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY).question
    with pytest.raises(NotInThatTeam):
        operations.hand_over(question=question, to=cast.waste, asks="", to_employee=cast.joke, by=cast.anna, at=MONDAY)
    operations.hand_over(question=question, to=cast.waste, asks="", to_employee=cast.wim, by=cast.anna, at=MONDAY)


def test_returning_to_a_team_that_is_gone_brings_the_question_to_the_desk(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.hand_over(question=question, to=cast.youth, asks="", reason="Toch", by=cast.sander, at=MONDAY)
    close_down(cast.waste)
    returned = operations.return_to_sender(question=question, reason="Nee", by=cast.joke, at=MONDAY)
    assert returned.owner == cast.desk


def test_the_desk_does_not_return_to_itself_what_a_closed_team_sent(cast: Cast) -> None:
    question = operations.receive_question(asked=make_asked(), to=cast.waste, by=RESIDENT, at=MONDAY).question
    operations.hand_over(question=question, to=cast.desk, asks="", by=cast.wim, at=MONDAY)
    close_down(cast.waste)
    with pytest.raises(NothingToReturn):
        operations.return_to_sender(question=question, reason="Nee", by=cast.anna, at=MONDAY)
