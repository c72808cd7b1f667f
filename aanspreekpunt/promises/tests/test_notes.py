"""What colleagues and residents leave on a question: notes and mentions, links, feedback, what it is about, drafts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.operations import record_look
from aanspreekpunt.journal.queries import entries_about, looks_before, version_of, version_of_teams
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import KAREL, MONDAY, make_asked, make_handed_over
from aanspreekpunt.questions.models import Draft, Feedback, Question
from aanspreekpunt.questions.operations import (
    discard_draft,
    give_feedback,
    link,
    read_mentions,
    save_draft,
    write_note,
)
from aanspreekpunt.questions.queries import customer_of, first_contact_of, history_by_address, unseen_mentions_of
from aanspreekpunt.questions.refusals import NothingWritten, NotPossibleNow, SameQuestion

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast: Cast) -> Question:
    """Give a question about waste."""
    return make_handed_over(to=cast.waste, by=cast.anna).question


def test_a_mention_waits_until_it_is_seen(question: Question, cast: Cast) -> None:
    write_note(question=question, text=" Weet jij dit? ", mentions=[cast.wim, cast.wim], by=cast.anna, at=MONDAY)
    assert list(unseen_mentions_of(cast.wim)) == [question]
    read_mentions(question=question, by=cast.wilma, at=MONDAY)
    assert list(unseen_mentions_of(cast.wim)) == [question]
    read_mentions(question=question, by=cast.wim, at=MONDAY)
    assert list(unseen_mentions_of(cast.wim)) == []
    assert entries_about(question).get(event="question.noted").words.text == "Weet jij dit?"


def test_nothing_empty_is_kept(question: Question, cast: Cast) -> None:
    with pytest.raises(NothingWritten):
        write_note(question=question, text=" ", by=cast.anna, at=MONDAY)
    with pytest.raises(NothingWritten):
        give_feedback(question=question, text=" ", by=RESIDENT, at=MONDAY)


def test_a_question_has_nothing_to_do_with_itself(question: Question, cast: Cast) -> None:
    with pytest.raises(SameQuestion):
        link(question=question, other=question, by=cast.wim, at=MONDAY)


def test_feedback_is_for_a_settled_question_and_the_last_word_counts(question: Question, cast: Cast) -> None:
    with pytest.raises(NotPossibleNow):
        give_feedback(question=question, text="Sneller", by=RESIDENT, at=MONDAY)
    operations.answer(question=question, text="Ja", channel="phone", by=cast.wim, at=MONDAY)
    give_feedback(question=question, text="Sneller", by=RESIDENT, at=MONDAY)
    give_feedback(question=question, text="Veel sneller", by=RESIDENT, at=MONDAY)
    assert Feedback.objects.get(question=question).text == "Veel sneller"
    assert Entry.objects.filter(event="feedback.given").count() == 2


def test_a_draft_is_kept_for_its_own_writer_only(cast: Cast) -> None:
    conversation = new_uuid()
    save_draft(conversation=conversation, fields={"text": "Een"}, by=cast.anna, at=MONDAY)
    save_draft(conversation=conversation, fields={"text": "Twee"}, by=cast.anna, at=MONDAY + timedelta(seconds=9))
    assert save_draft(conversation=conversation, fields={"text": "Drie"}, by=cast.bram, at=MONDAY) is None
    assert Draft.objects.get(employee=cast.anna).fields == {"text": "Twee"}
    discard_draft(conversation=conversation, by=cast.bram)
    assert Draft.objects.count() == 1
    discard_draft(conversation=conversation, by=cast.anna)
    assert not Draft.objects.exists()


def test_screens_learn_that_something_happened(question: Question, cast: Cast) -> None:
    itself = Question.objects.filter(pk=question.pk)
    teams, one = version_of_teams([cast.waste.pk]), version_of(itself)
    write_note(question=question, text="Let op", by=cast.anna, at=MONDAY)
    assert version_of_teams([cast.waste.pk]) != teams
    assert version_of(itself) != one
    assert version_of_teams([]) == version_of_teams([cast.youth.pk]) == "none"


def test_both_teams_learn_of_a_question_that_moves(question: Question, cast: Cast) -> None:
    before = {team: version_of_teams([team.pk]) for team in (cast.desk, cast.waste)}
    operations.return_to_sender(question=question, reason="Niet van ons", by=cast.wim, at=MONDAY)
    assert all(version_of_teams([team.pk]) != before[team] for team in before)


def test_who_looked_is_on_record_page_by_page(question: Question, cast: Cast) -> None:
    for _ in range(3):
        record_look(subject=question, purpose="answering", by=cast.wim, at=MONDAY)
    newest = list(looks_before(None, limit=2))
    assert [look.employee_name for look in newest] == ["Wim", "Wim"]
    assert len(looks_before(newest[-1].pk, limit=2)) == 1


def test_who_asked_is_found_again_by_what_he_gave(question: Question, cast: Cast) -> None:
    assert history_by_address(KAREL.phone, visible_to=cast.wim) == [question]
    assert history_by_address(KAREL.email, visible_to=cast.wim) == [question]
    assert history_by_address("+31600000000", visible_to=cast.wim) == []
    assert customer_of(question).name == "Karel van Deurne"
    first = first_contact_of(question)
    assert first is not None
    assert first.text == make_asked().text
    first.participants.all().delete()
    assert customer_of(question).name == ""
