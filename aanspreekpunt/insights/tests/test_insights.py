"""What the desk could have answered itself, what is decided about it, and what comes of that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.insights.access import products_with_figures_for
from aanspreekpunt.insights.counting import KEPT_WEEKS, count_lately
from aanspreekpunt.insights.models import Answerable, Decision, DeskWeek
from aanspreekpunt.insights.operations import carry_out, decide
from aanspreekpunt.insights.queries import decisions_to_carry_out, examples_for, proposals_for, weeks_of
from aanspreekpunt.insights.refusals import NoReasonGiven, NothingToCarryOut, NotYoursToDecide
from aanspreekpunt.insights.rules import LATER, LONGEST_ANSWER, Week, before_and_after, monday_of
from aanspreekpunt.insights.tests.make import make_answered, make_at_once
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.models import Employee, Role
from aanspreekpunt.organisation.tests.make import Cast, make_cast, make_employee
from aanspreekpunt.promises.operations import reopen_by_employee
from aanspreekpunt.promises.tests.make import MONDAY
from aanspreekpunt.questions.models import Attachment, Question, SubjectLink

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

    from aanspreekpunt.catalogue.models import Product

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def bins(cast: Cast) -> Product:
    return make_product("container", team=cast.waste)


@pytest.fixture
def mara(cast: Cast) -> Employee:  # noqa: ARG001 - after the municipality
    return make_employee("Mara", (Role.MANAGER, None))


@pytest.fixture
def frits(cast: Cast) -> Employee:  # noqa: ARG001 - after the municipality
    return make_employee("Frits", (Role.FUNCTIONAL_ADMINISTRATOR, None))


def answerable() -> int:
    count_lately(at=TUESDAY)
    return Answerable.objects.count()


# Counting.


def test_a_short_quick_answer_without_a_file_could_have_been_given_at_the_desk(cast: Cast, bins: Product) -> None:
    question = make_answered(cast, bins, at=MONDAY)
    make_at_once(cast, bins, at=MONDAY)
    assert answerable() == 1
    assert Answerable.objects.get().question == question
    week = DeskWeek.objects.get()
    assert (week.settled, week.at_first_contact, week.handed_over, week.answerable) == (2, 1, 1, 1)
    assert week.week_on == date(2026, 3, 2)


def test_a_long_answer_or_a_long_look_needs_the_department(cast: Cast, bins: Product) -> None:
    make_answered(cast, bins, at=MONDAY, text="a" * (LONGEST_ANSWER + 1))
    make_answered(cast, bins, at=MONDAY, minutes=61)
    assert answerable() == 0
    assert DeskWeek.objects.get().handed_over == 2


def test_a_file_a_case_or_a_second_time_needs_the_department(cast: Cast, bins: Product) -> None:
    with_file, with_case, again = (make_answered(cast, bins, at=MONDAY) for _each in range(3))
    Attachment.objects.create(contact=with_file.contacts.first(), file_name="foto.jpg")
    SubjectLink.objects.create(contact=with_case.contacts.first(), object_id="ZAAK-1")
    reopen_by_employee(question=again, reason="Belt weer", by=cast.wim, at=MONDAY + timedelta(hours=3))
    assert answerable() == 0


def test_confidential_questions_and_products_are_not_counted(cast: Cast) -> None:
    secret = make_product("schulden", team=cast.waste, is_confidential=True)
    plain = make_product("grofvuil", team=cast.waste)
    make_answered(cast, secret, at=MONDAY, is_confidential=True)
    make_answered(cast, plain, at=MONDAY, is_confidential=True)
    assert answerable() == 0
    assert not DeskWeek.objects.exists()


def test_counting_again_changes_nothing_and_old_examples_go(cast: Cast, bins: Product) -> None:
    make_answered(cast, bins, at=MONDAY)
    assert count_lately(at=TUESDAY) == KEPT_WEEKS
    assert count_lately(at=TUESDAY) == 2
    assert (DeskWeek.objects.count(), Answerable.objects.count()) == (1, 1)
    count_lately(at=TUESDAY + timedelta(weeks=KEPT_WEEKS + 1))
    assert (DeskWeek.objects.count(), Answerable.objects.count()) == (1, 0)


def test_a_week_is_found_by_the_index_on_when_questions_were_settled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT count(*) FROM question WHERE state = 'settled' AND settled_at >= now() - interval '7 d'"
        )
        assert "question_settled" in str(cursor.fetchall())


# Proposing and deciding.


def propose(cast: Cast, bins: Product, *, count: int = 5) -> None:
    for _each in range(count):
        make_answered(cast, bins, at=MONDAY)
    count_lately(at=TUESDAY)


def test_five_in_a_quarter_are_proposed_and_fewer_are_chance(
    cast: Cast, bins: Product, mara: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    propose(cast, bins, count=4)
    assert proposals_for(mara, at=TUESDAY) == []
    propose(cast, bins, count=1)
    anew = Employee.objects.get(pk=mara.pk)
    with django_assert_num_queries(4):  # rights, products, weeks, decisions
        proposal = proposals_for(anew, at=TUESDAY)[0]
    assert (proposal.product, proposal.kind, proposal.answerable) == (bins, "question", 5)
    assert (proposal.answerable_percentage, proposal.first_contact_percentage) == (100, 0)
    assert proposal.is_to_decide(at=TUESDAY)
    assert proposals_for(mara, at=TUESDAY + timedelta(weeks=20)) == []


def test_figures_are_for_who_may_see_figures_of_that_team(cast: Cast, bins: Product, mara: Employee) -> None:
    hidden = make_product("schulden", team=cast.waste, is_confidential=True)
    assert list(products_with_figures_for(mara)) == [bins]
    assert list(products_with_figures_for(cast.sander)) == [bins]
    for outsider in (cast.sofie, cast.anna, cast.wim, cast.olga):
        assert not products_with_figures_for(outsider).exists()
    assert hidden not in products_with_figures_for(mara)


def test_examples_are_only_those_the_viewer_may_see(cast: Cast, bins: Product, mara: Employee) -> None:
    propose(cast, bins, count=2)
    assert len(examples_for(cast.sander, bins, "question")) == 2
    assert examples_for(mara, bins, "question") == []
    Question.objects.update(is_confidential=True)
    assert examples_for(cast.anna, bins, "question") == []


def test_a_yes_is_journalled_and_waits_for_the_administrator(
    cast: Cast, bins: Product, mara: Employee, frits: Employee
) -> None:
    propose(cast, bins)
    decide(product=bins, kind="question", answer="yes", reason="", by=mara, at=TUESDAY)
    assert Entry.objects.get(event="desk_work.decided").data == {"kind": "question", "answer": "yes"}
    bins.refresh_from_db()
    assert not bins.desk_may_settle
    assert [each.product for each in decisions_to_carry_out(frits)] == [bins]
    with pytest.raises(NotYoursToDecide):
        carry_out(product=bins, kind="question", by=mara, at=TUESDAY)
    carry_out(product=bins, kind="question", by=frits, at=TUESDAY)
    bins.refresh_from_db()
    assert bins.desk_may_settle
    assert decisions_to_carry_out(frits) == []
    assert Entry.objects.filter(event="product.desk_may_settle").exists()
    with pytest.raises(NothingToCarryOut):
        carry_out(product=bins, kind="question", by=frits, at=TUESDAY)


def test_no_and_later_need_a_reason_and_later_comes_back(cast: Cast, bins: Product, mara: Employee) -> None:
    propose(cast, bins)
    for answer in ("no", "later"):
        with pytest.raises(NoReasonGiven):
            decide(product=bins, kind="question", answer=answer, reason=" ", by=mara, at=TUESDAY)
    decide(product=bins, kind="question", answer="later", reason="Eerst de nieuwe website", by=mara, at=TUESDAY)
    proposal = proposals_for(mara, at=TUESDAY)[0]
    assert not proposal.is_to_decide(at=TUESDAY + timedelta(days=1))
    assert proposal.is_to_decide(at=TUESDAY + LATER + timedelta(days=1))
    decide(product=bins, kind="question", answer="no", reason="Vraagt toezicht", by=mara, at=TUESDAY + LATER)
    assert not proposals_for(mara, at=TUESDAY)[0].is_to_decide(at=TUESDAY + LATER * 4)


def test_only_who_may_decide_decides(cast: Cast, bins: Product, frits: Employee) -> None:
    for other in (cast.sander, cast.anna, cast.wim, frits):
        with pytest.raises(NotYoursToDecide):
            decide(product=bins, kind="question", answer="yes", reason="", by=other, at=TUESDAY)
    assert not Decision.objects.exists()


# What came of it.


def test_the_effect_leaves_out_the_week_in_which_it_changed() -> None:
    monday = date(2026, 3, 2)
    weeks = [Week(monday + timedelta(weeks=n), 10, 2 if n < 3 else 8, 8 if n < 3 else 2, 0) for n in range(7)]
    before, after = before_and_after(weeks, moved_on=monday + timedelta(weeks=3, days=2))
    assert (before.weeks, before.first_contact_percentage, before.handed_over_each_week) == (3, 20, 8.0)
    assert (after.weeks, after.first_contact_percentage, after.handed_over_each_week) == (3, 80, 2.0)
    nothing, _same = before_and_after([], moved_on=monday)
    assert (nothing.weeks, nothing.first_contact_percentage) == (0, None)
    assert monday_of(date(2026, 3, 8)) == monday


def test_weeks_are_shown_oldest_first_and_no_more_than_half_a_year(cast: Cast, bins: Product) -> None:
    make_answered(cast, bins, at=MONDAY - timedelta(weeks=3))
    make_answered(cast, bins, at=MONDAY)
    count_lately(at=TUESDAY)
    assert [week.week_on for week in weeks_of(bins, "question", at=TUESDAY)] == [date(2026, 2, 9), date(2026, 3, 2)]
    assert weeks_of(bins, "question", at=TUESDAY + timedelta(weeks=40)) == []
