"""Writing answers: who may, in which order, and what two editors at once see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.operations.putting import put_answer
from aanspreekpunt.knowledge.operations.writing import (
    Base,
    begin_answer,
    discard,
    give_owner,
    newest_version,
    publish,
    save_draft,
    send_back,
    submit_for_review,
    withdraw,
)
from aanspreekpunt.knowledge.queries.answers import article_shown
from aanspreekpunt.knowledge.refusals import (
    DaysAreInWrongOrder,
    IsBeingWritten,
    KeyIsTaken,
    NeedsASecondReader,
    NotPossibleNow,
    NotYourAnswer,
    OwnerCannotWrite,
    ReasonIsMissing,
    SomebodyElseSaved,
    TextIsIncomplete,
    ValuesAreMissing,
    VariableCannotBeRead,
)
from aanspreekpunt.knowledge.rules.states import MOVES, Verb, may_follow, next_state
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.organisation.models import Employee, Role
from aanspreekpunt.organisation.tests.make import make_employee, make_team

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
CONTENT = Content(question="Wat kost een paspoort?", answer="Dat hangt af van uw leeftijd.")


@pytest.fixture
def carla() -> Employee:
    return make_editor()


@pytest.fixture
def draft(carla: Employee) -> Version:
    return begin_answer(content=CONTENT, by=carla, at=MONDAY)


def test_a_first_draft_is_read_by_nobody_until_it_is_published(draft: Version, carla: Employee) -> None:
    key = draft.article.key
    assert key == "wat-kost-een-paspoort"
    assert article_shown(key) is None
    published = publish(version=draft, base=Base.of(draft), by=carla, at=MONDAY)
    assert published.approved_by == carla
    assert article_shown(key) is not None
    events = Entry.objects.filter(subject_kind="article").order_by("id").values_list("event", flat=True)
    assert list(events) == ["article.begun", "article.published"]


def test_readers_keep_the_published_version_while_the_next_one_is_written(draft: Version, carla: Employee) -> None:
    publish(version=draft, base=Base.of(draft), by=carla, at=MONDAY)
    article = draft.article
    second = save_draft(
        article=article, content=replace(CONTENT, answer="Tachtig euro."), base=Base(1, 1), by=carla, at=MONDAY
    )
    shown = article_shown(article.key)
    assert second.number == 2
    assert shown is not None
    assert shown.text == "Dat hangt af van uw leeftijd."
    publish(version=second, base=Base.of(second), by=carla, at=MONDAY)
    shown = article_shown(article.key)
    assert shown is not None
    assert shown.text == "Tachtig euro."
    assert list(article.versions.order_by("number").values_list("state", flat=True)) == ["replaced", "published"]


def test_the_second_of_two_editors_is_told_and_loses_nothing(draft: Version, carla: Employee) -> None:
    other = make_editor("Cees")
    base = Base.of(draft)
    save_draft(article=draft.article, content=replace(CONTENT, answer="Van Cees."), base=base, by=other, at=MONDAY)
    with pytest.raises(SomebodyElseSaved) as refused:
        save_draft(article=draft.article, content=replace(CONTENT, answer="Van Carla."), base=base, by=carla, at=MONDAY)
    assert refused.value.newest.answer == "Van Cees."
    assert "Cees" in str(refused.value)


def test_nobody_publishes_a_text_he_did_not_read(draft: Version, carla: Employee) -> None:
    base = Base.of(draft)
    save_draft(article=draft.article, content=replace(CONTENT, answer="Anders."), base=base, by=carla, at=MONDAY)
    with pytest.raises(SomebodyElseSaved):
        publish(version=draft, base=base, by=carla, at=MONDAY)


def test_a_reviewer_sends_back_with_a_reason(draft: Version, carla: Employee) -> None:
    waiting = submit_for_review(version=draft, by=carla, at=MONDAY)
    with pytest.raises(ReasonIsMissing):
        send_back(version=waiting, reason=" ", by=carla, at=MONDAY)
    back = send_back(version=waiting, reason="Te lang.", by=carla, at=MONDAY)
    assert (back.state, back.remark) == ("draft", "Te lang.")
    with pytest.raises(NotPossibleNow):
        send_back(version=back, reason="Nog eens.", by=carla, at=MONDAY)


def test_an_owner_writes_and_an_editor_publishes(draft: Version, carla: Employee) -> None:
    wim = make_employee("Wim", (Role.DEPARTMENT_EMPLOYEE, make_team("waste")))
    with pytest.raises(NotYourAnswer):
        save_draft(article=draft.article, content=CONTENT, base=Base.of(draft), by=wim, at=MONDAY)
    give_owner(article=draft.article, owner=wim, by=carla, at=MONDAY)
    saved = save_draft(article=draft.article, content=CONTENT, base=Base.of(draft), by=wim, at=MONDAY)
    with pytest.raises(NotYourAnswer):
        publish(version=saved, base=Base.of(saved), by=wim, at=MONDAY)
    submit_for_review(version=saved, by=wim, at=MONDAY)
    publish(version=saved, base=Base.of(saved), by=carla, at=MONDAY)
    wim.is_active = False
    wim.save()
    with pytest.raises(OwnerCannotWrite):
        give_owner(article=draft.article, owner=wim, by=carla, at=MONDAY)


def test_an_editor_of_a_team_edits_the_answers_of_that_team_only() -> None:
    waste = make_team("waste")
    wanda = make_employee("Wanda", (Role.CONTENT_EDITOR, waste))
    ours = begin_answer(content=replace(CONTENT, team_keys=("waste",)), by=wanda, at=MONDAY)
    publish(version=ours, base=Base.of(ours), by=wanda, at=MONDAY)
    with pytest.raises(NotYourAnswer):
        begin_answer(content=CONTENT, by=wanda, at=MONDAY)


def test_where_two_readers_are_wanted_nobody_approves_his_own_text(
    draft: Version, carla: Employee, settings: SettingsWrapper
) -> None:
    settings.ANSWERS_NEED_SECOND_READER = True
    with pytest.raises(NeedsASecondReader):
        publish(version=draft, base=Base.of(draft), by=carla, at=MONDAY)
    publish(version=draft, base=Base.of(draft), by=make_editor("Cees"), at=MONDAY)


def test_an_answer_with_a_hole_in_it_is_not_published(carla: Employee) -> None:
    draft = begin_answer(content=replace(CONTENT, answer="Dat kost {{ paspoort_kosten }}."), by=carla, at=MONDAY)
    make_value("paspoort_kosten", "€ 86", is_confirmed=False, at=MONDAY)
    with pytest.raises(ValuesAreMissing, match="paspoort_kosten"):
        publish(version=draft, base=Base.of(draft), by=carla, at=MONDAY)
    make_value("paspoort_kosten", "€ 86", at=MONDAY)
    publish(version=draft, base=Base.of(draft), by=carla, at=MONDAY)
    shown = article_shown(draft.article.key)
    assert shown is not None
    assert shown.text == "Dat kost € 86."


def test_braces_that_say_nothing_are_refused(carla: Employee) -> None:
    with pytest.raises(VariableCannotBeRead):
        begin_answer(content=replace(CONTENT, answer="Dat kost {{ Paspoort kosten }}."), by=carla, at=MONDAY)


def test_an_answer_is_shown_on_the_days_for_which_it_is_true() -> None:
    make_answer("oud", valid_until=date(2026, 3, 1), at=MONDAY)
    make_answer("nieuw", valid_from=date(2999, 1, 1), at=MONDAY)
    make_answer("altijd", at=MONDAY)
    assert [key for key in ("oud", "nieuw", "altijd") if article_shown(key)] == ["altijd"]


def test_withdrawing_needs_a_reason_and_something_published(draft: Version, carla: Employee) -> None:
    with pytest.raises(NotPossibleNow):
        withdraw(article=draft.article, reason="Oud.", by=carla, at=MONDAY)
    publish(version=draft, base=Base.of(draft), by=carla, at=MONDAY)
    with pytest.raises(ReasonIsMissing):
        withdraw(article=draft.article, reason="", by=carla, at=MONDAY)
    withdraw(article=draft.article, reason="Bestaat niet meer.", by=carla, at=MONDAY)
    assert article_shown(draft.article.key) is None
    again = save_draft(article=draft.article, content=CONTENT, base=Base(1, 1), by=carla, at=MONDAY)
    assert again.number == 2


def test_a_discarded_draft_makes_room_for_another(draft: Version, carla: Employee) -> None:
    discard(version=draft, by=carla, at=MONDAY)
    newest = newest_version(draft.article)
    assert save_draft(article=draft.article, content=CONTENT, base=Base.of(newest), by=carla, at=MONDAY).number == 2


def test_what_cannot_be_an_answer_is_refused(carla: Employee) -> None:
    for wrong in ({"question": " "}, {"answer": ""}, {"question_en": "How?"}):
        with pytest.raises(TextIsIncomplete):
            replace(CONTENT, **wrong)
    with pytest.raises(DaysAreInWrongOrder):
        replace(CONTENT, valid_from=date(2026, 2, 2), valid_until=date(2026, 2, 1))
    begin_answer(content=CONTENT, key="paspoort", by=carla, at=MONDAY)
    with pytest.raises(KeyIsTaken):
        begin_answer(content=CONTENT, key="paspoort", by=carla, at=MONDAY)


def test_the_same_question_twice_gets_two_keys(carla: Employee) -> None:
    keys = [begin_answer(content=CONTENT, by=carla, at=MONDAY).article.key for _ in range(3)]
    assert keys == ["wat-kost-een-paspoort", "wat-kost-een-paspoort-2", "wat-kost-een-paspoort-3"]


def test_control_characters_and_empty_lines_are_left_out(carla: Employee) -> None:
    content = replace(CONTENT, answer="Ja\x00\r\nzo.\u202e", search_words=("pas", " pas", "", "\x07"))
    version = begin_answer(content=content, by=carla, at=MONDAY)
    assert (version.answer, version.search_words) == ("Ja\nzo.", ["pas"])


def test_a_file_brings_in_the_same_answer_once() -> None:
    assert put_answer(key="x", content=CONTENT, by=SYSTEM, at=MONDAY) == "created"
    assert put_answer(key="x", content=CONTENT, by=SYSTEM, at=MONDAY) == "unchanged"
    changed = replace(CONTENT, answer="Anders.")
    assert put_answer(key="x", content=changed, by=SYSTEM, at=MONDAY) == "changed"
    assert Article.objects.get().versions.count() == 2


def test_a_file_never_overwrites_what_somebody_is_writing(carla: Employee) -> None:
    article = make_answer("x", at=MONDAY)
    save_draft(article=article, content=CONTENT, base=Base(1, 1), by=carla, at=MONDAY)
    with pytest.raises(IsBeingWritten, match="Carla"):
        put_answer(key="x", content=replace(CONTENT, answer="Uit een bestand."), by=SYSTEM, at=MONDAY)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'published'",
        "state = 'replaced', approved_at = now()",
        "state = 'elsewhere'",
        "question = ''",
        "question_en = 'Why?'",
        "valid_from = '2026-02-02', valid_until = '2026-02-01'",
        "number = 1, state = 'draft', article_id = (SELECT min(article_id) FROM knowledge_version)",
    ],
)
def test_the_database_keeps_the_rules_too(draft: Version, carla: Employee, change: str) -> None:
    other = begin_answer(content=CONTENT, by=carla, at=MONDAY)
    assert draft.pk < other.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(f"UPDATE knowledge_version SET {change} WHERE id = %s", [other.pk])  # noqa: S608 - texts of this test


def test_the_table_of_moves_has_no_way_out_of_an_end() -> None:
    assert may_follow("replaced") == may_follow("withdrawn") == may_follow("discarded") == frozenset()
    assert next_state("draft", Verb.PUBLISH) == "published"
    assert next_state("published", Verb.SAVE) is None
    assert set(MOVES.values()) <= set(Version.State.values)
