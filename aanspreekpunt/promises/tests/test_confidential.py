"""What is confidential stays in its team: in lists, links, merged questions, the journal, and when it changes late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.queries import entries_about
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee, make_team
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.refusals import NotTogether
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.promises.timeline.staff import lines_for_staff
from aanspreekpunt.questions.operations import (
    end_confidential,
    link,
    make_confidential,
    recategorise,
    write_note,
)
from aanspreekpunt.questions.queries import (
    contacts_of,
    links_of,
    question_for,
    question_it_goes_on_in,
    questions_of_party,
    unseen_mentions_of,
)
from aanspreekpunt.questions.refusals import NobodyWouldSeeIt, NotYours
from aanspreekpunt.queues.queries import questions_held_by

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(cast: Cast) -> Question:
    """Give a confidential question of youth care."""
    return make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True).question


@pytest.fixture
def plain(cast: Cast) -> Question:
    """Give an ordinary question of waste."""
    return make_handed_over(to=cast.waste, by=cast.anna).question


def test_who_looked_before_it_became_confidential_does_nothing_with_it_after(plain: Question, cast: Cast) -> None:
    other = make_handed_over(to=cast.waste, by=cast.anna).question
    make_confidential(question=plain, by=cast.anna, at=MONDAY)
    assert not plain.is_confidential, "anna's screen still shows the question as it was"
    for act in (
        lambda: write_note(question=plain, text="Zag ik net", by=cast.anna, at=MONDAY),
        lambda: end_confidential(question=plain, by=cast.anna, at=MONDAY),
        lambda: recategorise(question=plain, product=make_product("x", team=cast.waste), by=cast.anna, at=MONDAY),
        lambda: operations.note_addition(question=plain, text="?", channel="phone", by=cast.anna, at=MONDAY),
        lambda: operations.reopen_by_employee(question=plain, reason="?", by=cast.anna, at=MONDAY),
        lambda: link(question=plain, other=other, by=cast.anna, at=MONDAY),
    ):
        with pytest.raises(NotYours):
            act()
    end_confidential(question=plain, by=cast.wim, at=MONDAY)
    assert question_for(cast.anna, reference=plain.reference) == plain


def test_only_who_works_on_a_question_says_what_it_is_about(plain: Question, cast: Cast) -> None:
    product = make_product("container", team=cast.waste)
    with pytest.raises(NotYours):
        recategorise(question=plain, product=product, by=cast.anna, at=MONDAY)
    assert recategorise(question=plain, product=product, by=cast.wim, at=MONDAY).product == product


def test_a_confidential_product_hides_the_question_and_its_contacts_and_says_so(plain: Question, cast: Cast) -> None:
    recategorise(
        question=plain, product=make_product("debts", team=cast.waste, is_confidential=True), by=cast.wim, at=MONDAY
    )
    assert set(plain.contacts.values_list("is_confidential", flat=True)) == {True}
    assert Entry.objects.filter(event="question.made_confidential", subject_id=plain.pk).count() == 1


def test_nobody_holds_what_he_may_not_see_any_more(plain: Question, cast: Cast) -> None:
    everywhere = make_employee("Eva", (Role.SUPERVISOR, None))
    operations.take_up(question=plain, by=everywhere, at=MONDAY)
    hidden = make_confidential(question=plain, by=cast.wim, at=MONDAY)
    assert (hidden.state, hidden.holder) == ("waiting", None)
    asked = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=asked, text="Wat?", channel="phone", by=everywhere, at=MONDAY)
    hidden = make_confidential(question=asked, by=cast.wim, at=MONDAY)
    assert (hidden.state, hidden.holder) == ("awaiting_resident", None)


def test_what_one_holds_stays_on_his_list_only_while_he_works_there(hidden: Question, cast: Cast) -> None:
    operations.take_up(question=hidden, by=cast.joke, at=MONDAY)
    assert [row.id for row in questions_held_by(cast.joke.pk)] == [hidden.pk]
    cast.joke.memberships.all().delete()
    assert questions_held_by(cast.joke.pk) == []


def test_nothing_becomes_confidential_where_nobody_works(cast: Cast) -> None:
    question = make_handed_over(to=make_team("empty"), by=cast.anna).question
    with pytest.raises(NobodyWouldSeeIt):
        make_confidential(question=question, by=cast.anna, at=MONDAY)


def test_an_outsider_neither_links_nor_learns_of_a_link(hidden: Question, plain: Question, cast: Cast) -> None:
    with pytest.raises(NotYours):
        link(question=plain, other=hidden, by=cast.anna, at=MONDAY)
    both = make_employee("Eva", (Role.DEPARTMENT_EMPLOYEE, cast.youth), (Role.DEPARTMENT_EMPLOYEE, cast.waste))
    link(question=plain, other=hidden, by=both, at=MONDAY)
    link(question=hidden, other=plain, by=both, at=MONDAY)
    assert links_of(plain, visible_to=cast.anna) == []
    assert links_of(hidden, visible_to=cast.joke) == []
    assert links_of(plain, visible_to=both) == [hidden]
    assert hidden.reference not in str(list(entries_about(plain).values_list("data", flat=True)))
    assert Entry.objects.filter(event="question.linked").count() == 2


def test_confidential_and_ordinary_questions_do_not_go_together(hidden: Question, plain: Question, cast: Cast) -> None:
    both = make_employee("Eva", (Role.DEPARTMENT_EMPLOYEE, cast.youth), (Role.DEPARTMENT_EMPLOYEE, cast.waste))
    for question, into in ((hidden, plain), (plain, hidden)):
        with pytest.raises(NotTogether):
            operations.merge(question=question, into=into, by=both, at=MONDAY)
    make_confidential(question=plain, by=both, at=MONDAY)
    with pytest.raises(NotTogether):
        operations.merge(question=plain, into=hidden, by=both, at=MONDAY)
    other = make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True).question
    operations.merge(question=other, into=hidden, by=cast.joke, at=MONDAY)
    assert contacts_of(hidden).count() == 2


def test_merged_contacts_show_only_to_who_may_see_them(hidden: Question, cast: Cast) -> None:
    merged = make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True).question
    operations.merge(question=merged, into=hidden, by=cast.joke, at=MONDAY)
    opened = end_confidential(question=hidden, by=cast.joke, at=MONDAY)
    assert contacts_of(opened).count() == 1
    merged.refresh_from_db()
    assert question_it_goes_on_in(merged, visible_to=cast.joke) == hidden
    make_confidential(question=hidden, by=cast.joke, at=MONDAY)
    assert question_it_goes_on_in(merged, visible_to=cast.anna) is None


def test_a_mention_shows_no_outsider_a_confidential_question(hidden: Question, cast: Cast) -> None:
    write_note(question=hidden, text="Kijk jij ook?", mentions=[cast.wim, cast.joke], by=cast.joke, at=MONDAY)
    assert list(unseen_mentions_of(cast.wim)) == []
    assert list(unseen_mentions_of(cast.joke)) == [hidden]


def test_the_history_of_a_person_shows_no_outsider_his_confidential_questions(hidden: Question, cast: Cast) -> None:
    assert hidden.party_id is None
    assert list(questions_of_party([0], visible_to=cast.joke)) == []


def test_the_timeline_names_a_linked_question_only_to_who_sees_it(
    hidden: Question, plain: Question, cast: Cast
) -> None:
    both = make_employee("Eva", (Role.DEPARTMENT_EMPLOYEE, cast.youth), (Role.DEPARTMENT_EMPLOYEE, cast.waste))
    link(question=plain, other=hidden, by=both, at=MONDAY)
    told = {
        reader: next(line.sentence for line in lines_for_staff(plain, reader=reader) if line.event == "question.linked")
        for reader in (both, cast.anna)
    }
    assert hidden.shown_reference in told[both]
    assert hidden.shown_reference not in told[cast.anna]
