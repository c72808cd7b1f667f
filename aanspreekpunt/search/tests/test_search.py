"""The one search: what each finds, in which words, and how soon after a change."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.operations.writing import Base, begin_answer, publish, withdraw
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.search import shelf
from aanspreekpunt.search.queries import answers_for_story, finds_for_story, search_for_staff, search_public

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - opens the database
    cast = make_cast()
    make_product("container", team=cast.waste, name="Afvalcontainer", name_en="Waste bin", everyday_names=["kliko"])
    make_value("kosten_pas", "€ 86")
    make_answer(
        "paspoort-kosten",
        "Wat kost een nieuw paspoort?",
        "Een paspoort kost {{ kosten_pas }}. U betaalt aan de balie.",
        question_en="What does a new passport cost?",
        answer_en="A passport costs {{ kosten_pas }}.",
        search_words=("reisdocument",),
        product_keys=("paspoort",),
        desk_note="Vraag naar de zwijgplicht.",
    )
    make_answer("container-gemist", "Mijn container is niet geleegd", "Laat hem staan.", product_keys=("container",))
    make_answer("container-stuk", "Mijn container is kapot", "Wij brengen een nieuwe.", product_keys=("container",))
    make_answer("geheim", "Wat is het geheime concept?", "Kladversie van volgend jaar.", is_published=False)
    return cast


def found(text: str) -> list[str]:
    return [each.key for each in search_public(text).results]


@pytest.mark.usefixtures("cast")
def test_a_resident_finds_published_answers_and_products_in_everyday_words() -> None:
    assert found("wat kost een paspoort")[0] == "paspoort-kosten"
    assert found("paspoor kossten")[0] == "paspoort-kosten"
    assert "container" in found("kliko")


@pytest.mark.usefixtures("cast")
def test_local_values_are_filled_in_and_matches_are_marked_safely() -> None:
    first = search_public("kosten paspoort").results[0]
    assert "€ 86" in first.passage
    assert "<mark>paspoort</mark>" in first.title_marked
    make_answer("gevaar", "Mag <script>alert(1)</script> paspoort?", "Nee, paspoort <b>nooit</b>.")
    shelf.forget_shelf()
    dangerous = next(each for each in search_public("script paspoort").results if each.key == "gevaar")
    assert "<script" not in dangerous.title_marked
    assert "<b>" not in dangerous.passage


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("text", ["zwijgplicht", "kladversie", "geheime concept", "Anna", "Wilma", "Youth"])
def test_drafts_notes_and_colleagues_never_reach_the_portal(text: str) -> None:
    results = search_public(text)
    assert not {"geheim"} & {each.key for each in results.results}
    assert all(each.kind in {"answer", "product", "form"} for each in results.results)
    assert "zwijgplicht" not in " ".join(f"{each.passage} {each.why}" for each in results.results)
    assert not any(taken in {"zwijgplicht", "wilma"} for _, taken in search_public(f"{text}x").read_as)


def test_somebody_at_work_finds_notes_teams_and_colleagues_too(cast: Cast) -> None:
    assert search_for_staff("zwijgplicht").results[0].key == "paspoort-kosten"
    assert [each.kind for each in search_for_staff("wilma").results][:1] == ["person"]
    assert str(cast.wim.uuid) in {each.key for each in search_for_staff("kliko", kinds=["person"]).results}
    assert [each.key for each in search_for_staff("waste", kinds=["team"]).results] == ["waste"]
    assert search_for_staff("geheime concept").of_kind("answer") == []


@pytest.mark.usefixtures("cast")
def test_everything_is_shown_in_the_language_of_the_screen_whatever_was_typed() -> None:
    with override("en"):
        assert search_public("paspoort kosten").results[0].title == "What does a new passport cost?"
    assert search_public("passport cost").results[0].title == "Wat kost een nieuw paspoort?"
    assert found("passport").count("paspoort-kosten") == 1


@pytest.mark.usefixtures("cast")
def test_a_story_finds_answers_about_its_product_first() -> None:
    about = [each.key for each in answers_for_story("", product_key="container").results]
    assert about == ["container-gemist", "container-stuk"] or set(about) == {"container-gemist", "container-stuk"}
    first = answers_for_story("mijn paspoort ligt in de container", product_key="container").results[0]
    assert "container" in first.products
    assert answers_for_story("").results == ()


@pytest.mark.usefixtures("cast")
def test_a_story_leads_first_to_the_product_it_is_about() -> None:
    make_product("hulplijn", team=Team.objects.get(key="desk"), everyday_names=["ik wil niet meer", "hij zit vast"])
    shelf.forget_shelf()
    assert (
        finds_for_story("Goedemorgen, mijn kliko is gisteren weer niet geleegd en hij zit vol").products[0]
        == "container"
    )
    assert finds_for_story("mijn container is niet geleegd en hij zit vol").products[0] == "container"
    assert finds_for_story("ik heb een vraag").products == ()


@pytest.mark.usefixtures("cast")
def test_what_nobody_wrote_about_is_not_found() -> None:
    assert search_public("xyzzy plugh").certainty == "nothing"
    assert search_public("").results == ()


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "paspoort " * 100_000, "\x00\x01\u202e", "💥" * 50, "'; DROP TABLE x; --", "(((*"]
)
def test_hostile_words_do_no_harm(text: str) -> None:
    began = time.perf_counter()
    search_public(text)
    search_for_staff(text, typing=True)
    assert time.perf_counter() - began < 60


@pytest.mark.usefixtures("cast")
def test_a_search_asks_the_database_nothing_while_the_shelf_is_fresh(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    search_public("paspoort")
    with django_assert_num_queries(0):
        search_public("container kapot")
        search_for_staff("anna")


@pytest.mark.usefixtures("cast")
def test_collecting_takes_a_fixed_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(9):
        shelf.build_shelf()


@pytest.mark.django_db(transaction=True)
def test_a_published_change_is_found_within_two_seconds() -> None:
    make_cast()
    editor = make_editor()
    make_answer("x", "Wat kost een paspoort?", "Niets.")
    assert found("paspoort") == ["x"]
    version = begin_answer(
        content=Content(question="Hoe laat opent het zwembad?", answer="Om zeven uur."),
        key="bad",
        by=editor,
        at=timezone.now(),
    )
    assert found("zwembad") == []
    publish(version=version, base=Base.of(version), by=editor, at=timezone.now())
    _wait_until(lambda: found("zwembad") == ["bad"])
    withdraw(article=Article.objects.get(key="bad"), reason="Dicht.", by=editor, at=timezone.now())
    _wait_until(lambda: found("zwembad") == [])


@pytest.mark.django_db(transaction=True)
def test_each_change_of_what_is_found_makes_an_edition_and_others_do_not() -> None:
    cast = make_cast()
    article = make_answer("x")
    before = shelf.newest_edition()
    begin_answer(content=Content(question="Hoe?", answer="Zo."), by=make_editor(), at=timezone.now())
    edition = shelf.newest_edition()
    assert edition != before  # a new editor is somebody who can be found
    Version.objects.filter(state="draft").update(answer="Anders.")
    cast.anna.last_login = timezone.now()
    cast.anna.save(update_fields=["last_login"])
    assert shelf.newest_edition() == edition
    for change in (
        lambda: Version.objects.filter(article=article).update(answer="Zo!"),
        lambda: make_value("kosten", "€ 1"),
        lambda: make_product("boom", team=cast.waste),
        lambda: type(cast.waste).objects.filter(pk=cast.waste.pk).update(name="Reiniging"),
    ):
        change()
        assert shelf.newest_edition() != edition
        edition = shelf.newest_edition()


def _wait_until(happened: object) -> None:
    deadline = time.monotonic() + 2
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    connection.ensure_connection()
