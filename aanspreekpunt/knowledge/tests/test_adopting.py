"""Adopting the starter base: what comes in, what is left alone, and what a second time does."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models import Article, LocalValue, ValueText, Version
from aanspreekpunt.knowledge.operations import adopting
from aanspreekpunt.knowledge.operations.adopting import NoSuchTheme, adopt_starter, starter_sayings
from aanspreekpunt.knowledge.operations.beginning import begin_answers
from aanspreekpunt.knowledge.operations.saying import Saying, say_values
from aanspreekpunt.knowledge.operations.values import NotAName
from aanspreekpunt.knowledge.operations.writing import Base, newest_version, publish, save_draft, withdraw
from aanspreekpunt.knowledge.refusals import (
    KeyIsTaken,
    NeedsASecondReader,
    NotYourAnswer,
    TextIsIncomplete,
    ValuesAreMissing,
    VariableCannotBeRead,
)
from aanspreekpunt.knowledge.starter.reading import starter_answers, starter_values
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.rules import local_date
from aanspreekpunt.organisation.tests.make import make_employee

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from aanspreekpunt.knowledge.starter.reading import StarterAnswer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
THEME = "afval"
KEY = "container-kapot"
ANSWERS = [answer for answer in starter_answers() if answer.theme == THEME]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def adopt(*, is_published: bool = False, **more: Any) -> dict[str, tuple[str, str]]:
    """Adopt the answers about waste; return the outcome and remark of each."""
    given: dict[str, Any] = {"products": {}, "by": SYSTEM, "at": TUESDAY, **more}
    adopted = adopt_starter(only_themes=[THEME], is_published=is_published, **given)
    return {each.key: (each.outcome, each.remark) for each in adopted if each.kind == "answer"}


def confirm_all() -> None:
    """Confirm the example of each value."""
    sayings = starter_sayings({value.key for value in starter_values()})
    say_values(sayings=sayings, by=SYSTEM, at=MONDAY)


def test_answers_come_in_as_drafts_and_values_as_examples() -> None:
    owner = make_editor()
    outcomes = adopt(owner=owner)
    assert len(outcomes) == len(ANSWERS)
    assert {outcome for outcome, _remark in outcomes.values()} == {"created"}
    article = Article.objects.get(key=KEY)
    assert (article.origin, article.owner) == ("starter", owner)
    assert set(Version.objects.values_list("state", flat=True)) == {"draft"}
    assert LocalValue.objects.filter(key="container_reparatie_termijn").exists()
    assert not ValueText.objects.filter(is_confirmed=True).exists()


def test_a_second_time_changes_nothing() -> None:
    adopt()
    lines = Entry.objects.count()
    again = adopt()
    assert {outcome for outcome, _remark in again.values()} == {"unchanged"}
    assert Entry.objects.count() == lines


def test_only_what_has_all_its_values_confirmed_is_published() -> None:
    outcomes = adopt(is_published=True)
    assert "confirm these values first: container_reparatie_termijn" in outcomes[KEY][1]
    without_values = {
        answer.key for answer in ANSWERS if "{{" not in answer.answer + answer.answer_en + answer.desk_note
    }
    published = Version.objects.filter(state="published").values_list("article__key", flat=True)
    assert set(published) == without_values
    make_value("container_reparatie_termijn", "drie dagen", at=MONDAY)
    assert adopt(is_published=True)[KEY] == ("changed", "")
    assert Version.objects.get(article__key=KEY).state == "published"


def test_with_all_values_confirmed_everything_is_published_at_once() -> None:
    confirm_all()
    outcomes = adopt(is_published=True)
    assert {remark for _outcome, remark in outcomes.values()} == {""}
    assert Version.objects.filter(state="published").count() == len(ANSWERS)


def test_a_value_that_exists_keeps_what_it_says() -> None:
    make_value("container_reparatie_termijn", "drie dagen", at=MONDAY)
    adopt()
    assert ValueText.objects.get(value__key="container_reparatie_termijn").text == "drie dagen"


def test_what_somebody_here_wrote_is_left_alone_and_said() -> None:
    editor = make_editor()
    adopt()
    version = newest_version(Article.objects.get(key=KEY))
    content = Content(question="Eigen vraag?", answer="Eigen antwoord.")
    save_draft(article=version.article, content=content, base=Base.of(version), by=editor, at=TUESDAY)
    assert adopt()[KEY] == ("left", "it was changed or withdrawn here")
    assert newest_version(version.article).question == "Eigen vraag?"


def test_what_was_only_approved_here_goes_on_to_be_updated(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = make_editor()
    confirm_all()
    adopt()
    version = newest_version(Article.objects.get(key=KEY))
    publish(version=version, base=Base.of(version), by=editor, at=TUESDAY)
    assert adopt()[KEY] == ("unchanged", "")
    newer = [
        answer if answer.key != KEY else type(answer)(**{**_fields(answer), "answer": "Nieuw."}) for answer in ANSWERS
    ]
    monkeypatch.setattr(adopting, "starter_answers", lambda: tuple(newer))
    assert adopt()[KEY] == ("changed", "")
    assert Version.objects.get(article__key=KEY, state="published").answer != "Nieuw."
    assert Version.objects.get(article__key=KEY, state="draft").answer == "Nieuw."


def _fields(answer: StarterAnswer) -> dict[str, Any]:
    return {field.name: getattr(answer, field.name) for field in fields(answer)}


def test_what_was_withdrawn_here_stays_withdrawn() -> None:
    confirm_all()
    adopt(is_published=True)
    withdraw(article=Article.objects.get(key=KEY), reason="Niet waar hier.", by=make_editor(), at=TUESDAY)
    assert adopt(is_published=True)[KEY][0] == "left"
    assert Version.objects.get(article__key=KEY).state == "withdrawn"


def test_an_answer_of_another_origin_with_the_same_key_stays() -> None:
    make_answer(KEY, at=MONDAY)
    assert adopt()[KEY] == ("left", "there is another answer with this key here")


def test_answers_are_about_the_products_that_exist_here() -> None:
    adopt(products={"container": "", "kliko": "afvalcontainer", "anders": "paspoort"})
    assert Version.objects.get(article__key=KEY).product_keys == ["container", "kliko"]


def test_a_theme_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NoSuchTheme, match="afval"):
        adopt_starter(only_themes=["afvla"], products={}, by=SYSTEM, at=MONDAY)


def test_values_are_said_in_bulk_and_again_without_doubles() -> None:
    saying = Saying(key="pas_kosten", label="Kosten", kind="money", text="€ 86")
    assert say_values(sayings=[saying], by=SYSTEM, at=MONDAY) == {"pas_kosten": "created"}
    assert Entry.objects.filter(event__in=["value.made", "value.said"]).count() == 2
    assert say_values(sayings=[saying], by=SYSTEM, at=TUESDAY) == {"pas_kosten": "unchanged"}
    dearer = Saying(key="pas_kosten", label="Kosten", kind="money", text="€ 90")
    assert say_values(sayings=[dearer], by=SYSTEM, at=TUESDAY) == {"pas_kosten": "changed"}
    next_year = Saying(
        key="pas_kosten", label="Kosten", kind="money", text="€ 99", from_on=local_date(MONDAY).replace(year=2027)
    )
    assert say_values(sayings=[next_year], by=SYSTEM, at=TUESDAY) == {"pas_kosten": "changed"}
    assert say_values(sayings=[next_year], by=SYSTEM, at=TUESDAY) == {"pas_kosten": "unchanged"}
    renamed = Saying(key="pas_kosten", label="Prijs", kind="money", text="€ 90")
    assert say_values(sayings=[renamed], by=SYSTEM, at=TUESDAY) == {"pas_kosten": "changed"}
    assert list(ValueText.objects.order_by("from_on").values_list("text", flat=True)) == ["€ 86", "€ 90", "€ 99"]


def test_what_cannot_be_a_value_is_refused() -> None:
    with pytest.raises(NotAName):
        Saying(key="Pas", label="x", text="x")
    with pytest.raises(TextIsIncomplete):
        Saying(key="pas", label="x", text="  ")
    with pytest.raises(NotYourAnswer):
        say_values(sayings=[], by=make_employee("Piet", (Role.AGENT, None)), at=MONDAY)


def test_beginning_many_refuses_what_beginning_one_refuses(settings: SettingsWrapper) -> None:
    make_answer("staat-er", at=MONDAY)
    content = Content(question="Vraag?", answer="Kost {{ niets_bekend }}.")
    editor = make_editor()
    with pytest.raises(KeyIsTaken):
        begin_answers(contents={"staat-er": content}, by=SYSTEM, at=MONDAY)
    with pytest.raises(ValuesAreMissing):
        begin_answers(contents={"a": content}, published={"a"}, by=SYSTEM, at=MONDAY)
    with pytest.raises(VariableCannotBeRead):
        begin_answers(contents={"a": Content(question="V?", answer="{{ Nee }}")}, by=SYSTEM, at=MONDAY)
    settings.ANSWERS_NEED_SECOND_READER = True
    with pytest.raises(NeedsASecondReader):
        begin_answers(contents={"a": Content(question="V?", answer="A.")}, published={"a"}, by=editor, at=MONDAY)
    assert Article.objects.count() == 1
    begin_answers(contents={"a": content}, by=editor, at=MONDAY)
    assert Version.objects.get(article__key="a").written_by == editor


def test_many_begun_together_are_as_good_as_begun_one_by_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    contents = {f"antwoord-{number}": Content(question=f"Vraag {number}?", answer="Ja.") for number in range(20)}
    with django_assert_max_num_queries(12):
        begin_answers(contents=contents, published={"antwoord-7"}, by=SYSTEM, at=MONDAY)
    published = Version.objects.get(state="published")
    assert published.approved_at == MONDAY
    lines = Entry.objects.filter(subject_kind="article", subject_id=published.article_id)
    assert {line.event for line in lines} == {"article.begun", "article.published"}
