"""Queues as people page through them: each row once while others come in, hidden rows hidden, cheap at any length."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.queues.operations import show_presence
from aanspreekpunt.queues.queries import (
    COUNT_LIMIT,
    PAGE,
    Filter,
    Place,
    QueueRow,
    counts_of,
    questions_held_by,
    questions_waiting_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db


def pages(team: Team, *, limit: int, between: Callable[[], object]) -> list[QueueRow]:
    """Read a queue page by page to its end, while something happens after each page."""
    rows: list[QueueRow] = []
    after = None
    while page := questions_waiting_for([team.pk], own_team_ids=[], after=after, limit=limit):
        rows += page
        after = Place(page[-1].due_at, page[-1].id)
        if len(rows) < 100:
            between()
    return rows


def test_each_question_comes_once_while_new_ones_come_in(cast: Cast) -> None:
    there = {
        make_handed_over(to=cast.waste, by=cast.anna, at=MONDAY + timedelta(hours=hour)).question.pk
        for hour in range(9)
    }
    shown = pages(
        cast.waste,
        limit=2,
        between=lambda: make_handed_over(to=cast.waste, by=cast.anna, at=MONDAY - timedelta(days=3)),
    )
    ids = [row.id for row in shown]
    assert len(ids) == len(set(ids))
    assert there <= set(ids)
    assert [row.due_at for row in shown] == sorted(row.due_at for row in shown)


def test_each_question_comes_once_when_many_fall_due_at_the_same_moment(cast: Cast) -> None:
    there = {make_handed_over(to=cast.waste, by=cast.anna).question.pk for _ in range(7)}
    assert [row.id for row in pages(cast.waste, limit=2, between=lambda: None)] == sorted(there)


def test_a_team_named_twice_shows_its_questions_once(cast: Cast) -> None:
    make_handed_over(to=cast.waste, by=cast.anna)
    teams = [cast.waste.pk, cast.waste.pk]
    assert len(questions_waiting_for(teams, own_team_ids=[])) == 1
    assert len(counts_of(teams, own_team_ids=[], at=MONDAY)) == 1


def test_one_page_of_several_teams_is_the_most_urgent_of_all(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    late = make_handed_over(to=cast.youth, by=cast.anna, at=MONDAY + timedelta(days=3)).question
    soon = make_handed_over(to=cast.waste, by=cast.anna).question
    with django_assert_num_queries(1):
        rows = questions_waiting_for([cast.waste.pk, cast.youth.pk], own_team_ids=[], limit=1)
    assert [row.id for row in rows] == [soon.pk]
    rows = questions_waiting_for([cast.waste.pk, cast.youth.pk], own_team_ids=[])
    assert [row.id for row in rows] == [soon.pk, late.pk]


def test_confidential_questions_show_and_count_for_their_own_team_only(cast: Cast) -> None:
    make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True)
    plain = make_handed_over(to=cast.youth, by=cast.anna).question
    assert [row.id for row in questions_waiting_for([cast.youth.pk], own_team_ids=[cast.waste.pk])] == [plain.pk]
    assert len(questions_waiting_for([cast.youth.pk], own_team_ids=[cast.youth.pk])) == 2
    assert counts_of([cast.youth.pk], own_team_ids=[], at=MONDAY)[0].open == 1
    assert counts_of([cast.youth.pk], own_team_ids=[cast.youth.pk], at=MONDAY)[0].open == 2


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        (Filter(), {"phone", "counter", "held"}),
        (Filter(channels=("counter",)), {"counter"}),
        (Filter(channels=("counter", "phone", "sms")), {"phone", "counter", "held"}),
        (Filter(state="in_hand"), {"held"}),
        (Filter(only_unheld=True), {"phone", "counter"}),
    ],
)
def test_a_filter_leaves_the_rest_out(show: Filter, shown: set[str], cast: Cast) -> None:
    questions = {
        "phone": make_handed_over(to=cast.waste, by=cast.anna).question,
        "counter": make_handed_over(to=cast.waste, by=cast.anna, channel="counter").question,
        "held": make_handed_over(to=cast.waste, by=cast.anna).question,
    }
    operations.take_up(question=questions["held"], by=cast.wim, at=MONDAY)
    rows = questions_waiting_for([cast.waste.pk], own_team_ids=[], show=show)
    assert {row.id for row in rows} == {questions[name].pk for name in shown}
    by_holder = questions_waiting_for([cast.waste.pk], own_team_ids=[], show=Filter(holder_id=cast.wim.pk))
    assert [row.id for row in by_holder] == [questions["held"].pk] == [row.id for row in questions_held_by(cast.wim.pk)]


def test_a_product_can_be_filtered_on(cast: Cast) -> None:
    product = make_product("container", team=cast.waste)
    make_handed_over(to=cast.waste, by=cast.anna)
    wanted = make_handed_over(to=cast.waste, by=cast.anna, product=product).question
    rows = questions_waiting_for([cast.waste.pk], own_team_ids=[], show=Filter(product_id=product.pk))
    assert [row.id for row in rows] == [wanted.pk]


def test_counts_tell_open_waiting_and_overdue_in_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_handed_over(to=cast.waste, by=cast.anna)
    operations.take_up(question=make_handed_over(to=cast.waste, by=cast.anna).question, by=cast.wim, at=MONDAY)
    operations.answer_at_once(asked=make_asked(), answer="Ja", by=cast.anna, at=MONDAY)
    with django_assert_num_queries(1):
        (now,) = counts_of([cast.waste.pk], own_team_ids=[], at=MONDAY)
    (later,) = counts_of([cast.waste.pk], own_team_ids=[], at=MONDAY + timedelta(days=9))
    assert (now.open, now.waiting, now.overdue) == (2, 1, 0)
    assert (later.open, later.overdue) == (2, 2)
    assert COUNT_LIMIT >= 1000


MORE_QUESTIONS = """
    INSERT INTO question SELECT (jsonb_populate_record(q, jsonb_build_object(
        'id', 10000000 + n, 'uuid', gen_random_uuid(), 'reference', lpad((n * 10)::text, 11, '0'),
        'due_at', q.due_at + n * interval '1 min'))).*
    FROM question q, generate_series(1, 30000) n WHERE reference_is_sound(lpad((n * 10)::text, 11, '0'))"""
THEIR_PROMISES = """
    INSERT INTO promise SELECT (jsonb_populate_record(p, jsonb_build_object(
        'id', q.id, 'uuid', gen_random_uuid(), 'question_id', q.id, 'due_at', q.due_at))).*
    FROM promise p, question q WHERE q.id > 10000000"""
THEIR_TASKS = """
    INSERT INTO task SELECT (jsonb_populate_record(t, jsonb_build_object(
        'id', q.id, 'uuid', gen_random_uuid(), 'question_id', q.id, 'number', '', 'reference_number', ''))).*
    FROM task t, question q WHERE q.id > 10000000"""


def test_a_page_of_a_long_queue_is_read_from_its_index(cast: Cast) -> None:
    make_handed_over(to=cast.waste, by=cast.anna)
    with connection.cursor() as cursor:
        cursor.execute(MORE_QUESTIONS)
        cursor.execute(THEIR_PROMISES)
        cursor.execute(THEIR_TASKS)
        cursor.execute("ANALYZE question, promise")
        with CaptureQueriesContext(connection) as asked:
            assert len(questions_waiting_for([cast.waste.pk], own_team_ids=[])) == PAGE
        cursor.execute("EXPLAIN " + asked[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "question_queue" in plan, plan
    assert "Seq Scan on question " not in plan, plan


def test_who_looks_at_a_question_sees_who_else_does(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    assert show_presence(question=question, by=cast.wim, at=MONDAY) == []
    with django_assert_num_queries(1):
        seen = show_presence(question=question, is_typing=True, by=cast.wilma, at=MONDAY + timedelta(seconds=5))
    assert seen == [("Wim", False)]
    assert show_presence(question=question, by=cast.wim, at=MONDAY + timedelta(seconds=6)) == [("Wilma", True)]
    assert show_presence(question=question, by=cast.wim, at=MONDAY + timedelta(seconds=26)) == []
    other = make_handed_over(to=cast.waste, by=cast.anna).question
    assert show_presence(question=other, by=cast.wim, at=MONDAY) == []
