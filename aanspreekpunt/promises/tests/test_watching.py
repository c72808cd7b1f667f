"""The jobs that watch over promises: what they do once, what they leave alone, and what does not stop them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.promises import letters, operations
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.questions.refusals import NotYours

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db


def test_nobody_is_reminded_of_a_date_that_has_passed(cast: Cast) -> None:
    promise = make_handed_over(to=cast.waste, by=cast.anna).promise
    assert promise is not None
    late = promise.due_at + timedelta(minutes=1)
    assert operations.remind_of_promises(at=late) == 0
    assert operations.escalate_broken_promises(at=late) == 1
    assert not Delivery.objects.filter(kind="team_reminder").exists()


def test_one_promise_that_fails_does_not_keep_the_others_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (make_handed_over(to=cast.waste, by=cast.anna).promise for _ in range(2))
    assert first is not None
    assert second is not None
    remind = letters.remind_team

    def stumble(*, promise: Promise, **rest: object) -> None:
        if promise.pk == first.pk:
            raise ValueError
        remind(promise=promise, **rest)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(letters, "remind_team", stumble)
    with pytest.raises(ExceptionGroup):
        operations.remind_of_promises(at=first.remind_at)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.reminded_at, second.reminded_at) == (None, first.remind_at)


def test_no_longer_waiting_for_a_reply_is_not_the_same_as_having_it(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=question, text="Welke?", channel="email", by=cast.wim, at=MONDAY)
    with pytest.raises(NotYours):
        operations.stop_waiting(question=question, by=cast.anna, at=MONDAY)
    operations.stop_waiting(question=question, by=cast.wim, at=MONDAY)
    assert Promise.objects.get(kind="reply").state == "withdrawn"
