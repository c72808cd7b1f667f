"""A request that comes twice is carried out once, also when both come at the same moment."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from aanspreekpunt.tokens.jobs import forget_answers
from aanspreekpunt.tokens.models import KeptAnswer
from aanspreekpunt.tokens.once import Answer, answer_given_before, asked_hash, forget_old_answers, keep_answer
from aanspreekpunt.tokens.refusals import AskedSomethingElse
from aanspreekpunt.tokens.tests.make import make

ASKED = asked_hash(method="POST", address="/klantcontacten", body=b"{}")
GIVEN = Answer(201, {"Location": "/x"}, b'{"naam": "Jansen"}')


@pytest.mark.django_db
def test_the_same_request_gets_the_same_answer_and_another_one_is_refused() -> None:
    token, now = make().token, timezone.now()
    assert answer_given_before(key="k", asked=ASKED, by=token, at=now) is None
    keep_answer(key="k", answer=GIVEN, by=token)
    assert answer_given_before(key="k", asked=ASKED, by=token, at=now) == GIVEN
    for other in (("PUT", "/klantcontacten", b"{}"), ("POST", "/partijen", b"{}"), ("POST", "/klantcontacten", b"{ }")):
        asked = asked_hash(method=other[0], address=other[1], body=other[2])
        with pytest.raises(AskedSomethingElse):
            answer_given_before(key="k", asked=asked, by=token, at=now)
    assert answer_given_before(key="k", asked=ASKED, by=make("Ander").token, at=now) is None, "keys are one's own"


@pytest.mark.django_db
def test_answers_are_erased_after_a_day_and_the_key_is_free_again() -> None:
    token, now = make().token, timezone.now()
    answer_given_before(key="k", asked=ASKED, by=token, at=now)
    keep_answer(key="k", answer=GIVEN, by=token)
    later = now + timedelta(hours=24)
    assert answer_given_before(key="k", asked="other", by=token, at=later) is None, "also before the job came by"
    assert bytes(KeptAnswer.objects.get().body) == b""
    assert forget_old_answers(at=later + timedelta(hours=23)) == 0
    assert forget_old_answers(at=later + timedelta(hours=24)) == 1
    answer_given_before(key="k", asked=ASKED, by=token, at=now - timedelta(days=2))
    forget_answers(0)
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first_fails", [False, True])
def test_of_two_at_once_the_second_waits_for_the_first(*, first_fails: bool) -> None:
    token, now = make().token, timezone.now()
    answers: list[Answer | None] = []

    def second() -> None:
        with transaction.atomic():
            answers.append(answer_given_before(key="k", asked=ASKED, by=token, at=now))
        connections.close_all()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        answer_given_before(key="k", asked=ASKED, by=token, at=now)
        thread.start()
        with connection.cursor() as cursor:
            someone_waits = False
            while not someone_waits and thread.is_alive():
                cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) FROM pg_sleep(0.005)")
                someone_waits = (cursor.fetchone() or (False,))[0]
        assert answers == []
        keep_answer(key="k", answer=GIVEN, by=token)
        if first_fails:
            transaction.set_rollback(True)
    thread.join(30)
    assert answers == [None if first_fails else GIVEN]
