"""Who is on the line, and what he asked before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.parties.tests.make import MONDAY, make_party
from aanspreekpunt.questions.intake import Asked, Customer
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.operations import open_question
from aanspreekpunt.questions.people import find_people, history_of
from aanspreekpunt.questions.queries import history_by_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import DjangoAssertMaxNumQueries

    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:  # noqa: ARG001 - opens the database
    """Give the people; settle what was left open, because promises stand a floor higher and none are made here."""
    yield make_cast()
    Question.objects.exclude(state="settled").update(
        state="settled", outcome="answered_at_once", due_at=None, settled_at=MONDAY
    )


def ask(cast: Cast, *, owner: Team, party: Party | None = None, settled: bool = True, **fields: object) -> Question:
    customer = Customer(party=party, phone="+31612345678", email="karel@example.org")
    asked = Asked(subject="Iets", text="Iets", channel="phone", customer=customer, **fields)
    outcome, due_at = ("answered_at_once", None) if settled else ("", MONDAY)
    opened = open_question(
        asked=asked, owner=owner, due_at=due_at, outcome=outcome, reply="Ja", by=cast.anna, at=MONDAY
    )
    for row in (opened.question, opened.contact, opened.participant):
        row.save(force_insert=True)
    return opened.question


def test_people_come_with_the_number_of_their_open_questions(cast: Cast) -> None:
    party = make_party()
    ask(cast, owner=cast.waste, party=party, settled=False)
    ask(cast, owner=cast.waste, party=party)
    (found,) = find_people("deurne", visible_to=cast.anna)
    assert (found.party.name, found.open_questions) == ("Karel van Deurne", 1)


def test_a_confidential_question_is_not_counted_nor_shown(cast: Cast) -> None:
    party = make_party()
    ask(cast, owner=cast.youth, party=party, settled=False, is_confidential=True)
    assert find_people("deurne", visible_to=cast.anna)[0].open_questions == 0
    assert find_people("deurne", visible_to=cast.joke)[0].open_questions == 1
    assert history_of(party_id=party.pk, phone="+31612345678", visible_to=cast.anna) == []


def test_a_reference_leads_to_who_asked(cast: Cast) -> None:
    question = ask(cast, owner=cast.waste, party=make_party())
    assert [found.party.name for found in find_people(question.shown_reference, visible_to=cast.anna)] == [
        "Karel van Deurne"
    ]
    unknown = ask(cast, owner=cast.waste)
    assert find_people(unknown.reference, visible_to=cast.anna) == []


def test_nobody_is_found_by_nothing(cast: Cast) -> None:
    assert find_people("", visible_to=cast.anna) == []
    assert history_of(visible_to=cast.anna) == []


def test_history_shows_open_questions_first_from_party_and_addresses_alike(cast: Cast) -> None:
    party = make_party()
    still_open = ask(cast, owner=cast.waste, settled=False)
    known = ask(cast, owner=cast.waste, party=party)
    assert history_of(phone="+31612345678", visible_to=cast.anna) == [still_open, known]
    assert history_of(party_id=party.pk, visible_to=cast.anna) == [known]
    assert history_of(party_id=party.pk, email="karel@example.org", visible_to=cast.anna) == [still_open, known]


def test_history_takes_four_queries_however_much_there_is(
    cast: Cast, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    party = make_party()
    for _ in range(5):
        ask(cast, owner=cast.waste, party=party)
    history_of(party_id=party.pk, visible_to=cast.anna)
    with django_assert_max_num_queries(4):
        history_of(party_id=party.pk, phone="+31612345678", email="karel@example.org", visible_to=cast.anna)


def test_what_others_may_not_see_pushes_nothing_out_of_the_history(cast: Cast) -> None:
    still_open = ask(cast, owner=cast.waste, settled=False)
    old = ask(cast, owner=cast.waste)
    for _ in range(70):
        ask(cast, owner=cast.youth, is_confidential=True)
    newer = [ask(cast, owner=cast.waste) for _ in range(40)]
    assert history_of(phone="+31612345678", visible_to=cast.anna, limit=3) == [still_open, newer[-1], newer[-2]]
    assert history_by_address("+31612345678", visible_to=cast.anna, limit=42) == [*reversed(newer), old, still_open]


def test_a_history_is_read_from_its_index(cast: Cast) -> None:
    ask(cast, owner=cast.waste)
    with CaptureQueriesContext(connection) as asked:
        history_of(phone="+31612345678", visible_to=cast.anna)
    (sql,) = [each["sql"] for each in asked.captured_queries if "participant" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "participant_by_phone" in plan
    assert "Sort" not in plan, "The index has them in order, so that reading stops after the newest so many."
