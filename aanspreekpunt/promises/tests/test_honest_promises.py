"""A promise ends as what became of it: nothing is kept that was not, and nothing late is tidied away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Promise, Task
from aanspreekpunt.promises.operations import TaskChange
from aanspreekpunt.promises.rules.deadlines import Window, callback_windows
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.promises.tests.truths import falsehoods
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations import register_contact

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

pytestmark = pytest.mark.django_db

ITA = PlainActor("token", 8, "Task desktop")


@pytest.fixture
def windows(cast: Cast) -> tuple[Window, ...]:
    """Give the next callback windows of waste."""
    return callback_windows(start=MONDAY, calendar=calendar_of(cast.waste), count=3)


@pytest.fixture
def question(cast: Cast, windows: tuple[Window, ...]) -> Question:
    """Give a question with a callback promised in the first window."""
    return operations.register_and_promise_callback(
        asked=make_asked(), to=cast.waste, window=windows[0], phone="+31612345678", asks="Bel", by=cast.anna, at=MONDAY
    ).question


def states() -> list[str]:
    return list(Promise.objects.order_by("id").values_list("state", flat=True))


def test_calling_before_the_window_does_not_keep_the_promise(
    cast: Cast, question: Question, windows: tuple[Window, ...]
) -> None:
    at = windows[0].starts_at - timedelta(minutes=1)
    missed = operations.miss_callback(question=question, by=cast.wim, at=at)
    assert states() == ["open"]
    assert missed.due_at == windows[0].ends_at
    operations.miss_callback(question=question, next_window=windows[1], by=cast.wim, at=at)
    assert states() == ["withdrawn", "open"]


@pytest.mark.parametrize(
    ("called", "ends", "state"),
    [
        ("before it was promised", "before the window", "withdrawn"),
        ("since", "before the window", "kept"),
        ("before it was promised", "in the window", "kept"),
        ("never", "in the window", "withdrawn"),
    ],
)
def test_a_callback_that_another_system_ends_is_kept_early_only_by_a_call_since_it_was_promised(
    cast: Cast, windows: tuple[Window, ...], called: str, ends: str, state: str
) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    promised_at = MONDAY + timedelta(minutes=2)
    if called == "before it was promised":
        join_call(question, at=MONDAY + timedelta(minutes=1))
    window = windows[0]
    operations.promise_callback(question=question, window=window, phone="+31612345678", by=cast.wim, at=promised_at)
    if called == "since":
        join_call(question, at=promised_at + timedelta(minutes=1))
    done_at = window.starts_at if ends == "in the window" else promised_at + timedelta(minutes=2)
    task = Task.objects.get(question=question, is_leading=True)
    operations.change_task(task=task, change=TaskChange(is_done=True), by=ITA, at=done_at)
    assert states()[-1] == state
    assert falsehoods() == []


def join_call(question: Question, *, at: datetime) -> None:
    """Let another system tell that it reached the resident by phone."""
    first = Contact.objects.filter(question=question).order_by("id")[0]
    facts: Any = {"told_channel": "Telefoon", "subject": "Gebeld", "text": "Uitgelegd", "has_succeeded": True}
    reply = register_contact(told=facts, by=ITA, at=at)
    assert operations.join_reply(reply=reply, to=first, by=ITA, at=at)


def test_calling_twice_within_one_window_keeps_one_promise(
    cast: Cast, question: Question, windows: tuple[Window, ...]
) -> None:
    at = windows[0].starts_at
    operations.miss_callback(question=question, next_window=windows[0], by=cast.wim, at=at)
    assert states() == ["withdrawn", "open"]


def test_calling_after_the_window_breaks_the_promise(
    cast: Cast, question: Question, windows: tuple[Window, ...]
) -> None:
    operations.miss_callback(question=question, by=cast.wim, at=windows[0].ends_at + timedelta(minutes=1))
    assert states() == ["broken", "open"]


def test_a_returned_callback_stays_a_callback(cast: Cast, question: Question, windows: tuple[Window, ...]) -> None:
    operations.return_to_sender(question=question, reason="Niet van ons", by=cast.wim, at=MONDAY)
    promise = Promise.objects.get(state="open")
    assert (promise.kind, promise.team, promise.phone) == ("callback", cast.desk, "+31612345678")
    assert (promise.starts_at, promise.due_at) == (windows[0].starts_at, windows[0].ends_at)
    assert not Delivery.objects.filter(kind="new_date").exists()


def test_a_callback_returned_too_late_gets_a_new_window_and_the_resident_hears_it(
    cast: Cast, question: Question, windows: tuple[Window, ...]
) -> None:
    operations.return_to_sender(question=question, reason="Niet van ons", by=cast.wim, at=windows[0].ends_at)
    assert Promise.objects.get(state="open").starts_at == windows[1].starts_at
    assert Delivery.objects.filter(kind="new_date").exists()


@pytest.mark.parametrize("verb", ["return", "renew", "hand_over", "settle", "merge", "ask", "promise_callback"])
def test_a_late_promise_stays_broken_whatever_is_done_then(verb: str, cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    promise = Promise.objects.get(question=question)
    other = make_handed_over(to=cast.waste, by=cast.anna).question
    at = promise.due_at + timedelta(minutes=1)
    window = callback_windows(start=at, calendar=calendar_of(cast.waste), count=1)[0]
    act = {
        "return": lambda: operations.return_to_sender(question=question, reason="Nee", by=cast.wim, at=at),
        "renew": lambda: operations.renew_promise(question=question, reason="Druk", by=cast.wim, at=at),
        "hand_over": lambda: operations.hand_over(
            question=question, to=cast.youth, asks="", reason="Toch", by=cast.sander, at=at
        ),
        "settle": lambda: operations.settle(
            question=question, outcome="withdrawn", note="Hoeft niet", by=cast.wim, at=at
        ),
        "merge": lambda: operations.merge(question=question, into=other, by=cast.wim, at=at),
        "ask": lambda: operations.ask_resident(question=question, text="?", channel="email", by=cast.wim, at=at),
        "promise_callback": lambda: operations.promise_callback(
            question=question, window=window, phone="+31612345678", by=cast.wim, at=at
        ),
    }[verb]
    act()
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_a_question_can_be_merged_opened_and_merged_again(cast: Cast) -> None:
    first, second = (make_handed_over(to=cast.waste, by=cast.anna).question for _ in range(2))
    operations.merge(question=second, into=first, by=cast.wim, at=MONDAY)
    operations.reopen_by_employee(question=second, reason="Toch niet", by=cast.wim, at=MONDAY)
    operations.merge(question=second, into=first, by=cast.wim, at=MONDAY)
    assert Delivery.objects.filter(kind="merged").count() == 2


def test_two_notices_to_one_mailbox_in_the_same_moment_are_two_messages(cast: Cast) -> None:
    cast.desk.mailbox = "desk@voorbeeldstad.example"
    cast.desk.save()
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.return_to_sender(question=question, reason="Niet van ons", by=cast.wim, at=MONDAY)
    assert Delivery.objects.filter(kind="team_notice").count() == 2


@pytest.mark.parametrize(("tell", "ended"), [("", "withdrawn"), ("De provincie belt u.", "kept")])
def test_passing_a_question_on_keeps_the_promise_only_when_the_resident_hears_it(
    tell: str, ended: str, cast: Cast, question: Question
) -> None:
    operations.settle(question=question, outcome="referred", note="Provincie", tell=tell, by=cast.wim, at=MONDAY)
    assert states() == [ended]
