"""The queue: most urgent first, filtered, page by page, in a fixed number of queries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.desk.tests.make import make_desk_question, make_question
from aanspreekpunt.promises import operations
from aanspreekpunt.queues import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db


def subjects(answer: object) -> list[str]:
    return [row.question.subject for row in answer.context["rows"]]


def test_the_most_urgent_question_stands_first(logged_in: LogIn, cast: Cast) -> None:
    make_desk_question(by=cast.anna, subject="Nieuw")
    make_desk_question(by=cast.anna, subject="Oud", days_ago=20)
    answer = logged_in(cast.anna).get(reverse("desk:queue"))
    assert subjects(answer) == ["Oud", "Nieuw"]
    page = answer.content.decode()
    assert "dagen te laat" in page
    assert "Te laat" in page


def test_one_sees_the_queue_of_ones_own_teams(logged_in: LogIn, cast: Cast) -> None:
    make_question(to=cast.waste, by=cast.anna, subject="Afval")
    make_desk_question(by=cast.anna, subject="Balie")
    assert subjects(logged_in(cast.wim).get(reverse("desk:queue"))) == ["Afval"]
    assert subjects(logged_in(cast.anna).get(reverse("desk:queue"))) == ["Balie"]
    assert subjects(logged_in(cast.anna).get(reverse("desk:queue") + "?team=waste")) == ["Afval"]
    assert subjects(logged_in(cast.wim).get(reverse("desk:queue") + "?team=desk")) == ["Afval"]


def test_filters_narrow_the_queue(logged_in: LogIn, cast: Cast) -> None:
    product = make_product("container", team=cast.waste)
    make_question(to=cast.waste, by=cast.anna, subject="Balievraag", channel="counter")
    taken = make_question(to=cast.waste, by=cast.anna, subject="Containervraag", product=product)
    operations.take_up(question=taken, by=cast.wim, at=taken.registered_at)
    wim = logged_in(cast.wim)
    for query, expected in (
        ("channel=counter", "Balievraag"),
        ("product=container", "Containervraag"),
        ("state=in_hand", "Containervraag"),
        ("who=mine", "Containervraag"),
        ("who=unheld", "Balievraag"),
    ):
        assert subjects(wim.get(reverse("desk:queue") + "?" + query)) == [expected], query


def choose_channels(browser: Client, *channels: str) -> None:
    answer = browser.post(reverse("desk:choose-channels"), {"channels": channels})
    assert answer["Location"] == reverse("desk:account")


def test_the_queue_opens_with_my_channels_and_one_click_shows_the_rest(logged_in: LogIn, cast: Cast) -> None:
    for channel in ("phone", "counter", "letter"):
        make_question(to=cast.waste, by=cast.anna, subject=channel, channel=channel)
    wim = logged_in(cast.wim)
    queue = reverse("desk:queue")
    assert "Alleen uw kanalen" not in wim.get(queue).content.decode(), "nobody has channels until he chooses"
    choose_channels(wim, "letter", "counter")
    opened = wim.get(queue)
    assert sorted(subjects(opened)) == ["counter", "letter"]
    assert "Alleen uw kanalen: Balie, Brief." in opened.content.decode()
    everything = wim.get(queue + opened.context["choice"].address_with_all_channels)
    assert sorted(subjects(everything)) == ["counter", "letter", "phone"]
    page = everything.content.decode()
    assert "Alleen uw kanalen" not in page
    assert "Alleen mijn kanalen" in page, "and back with one click"
    assert subjects(wim.get(queue + "?channel=phone")) == ["phone"], "a channel chosen now goes before"
    assert sorted(subjects(logged_in(cast.wilma).get(queue))) == ["counter", "letter", "phone"], "his own choice only"
    choose_channels(wim)
    assert len(subjects(wim.get(queue))) == 3, "none ticked means all"


def test_my_channels_go_together_with_other_filters_and_pages(
    logged_in: LogIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aanspreekpunt.desk.views.queues.PAGE", 1)
    for number, channel in enumerate(("phone", "counter", "counter")):
        make_desk_question(by=cast.anna, subject=f"Vraag {number}", channel=channel, days_ago=7 * number)
    anna = logged_in(cast.anna)
    choose_channels(anna, "counter")
    first = anna.get(reverse("desk:queue") + "?who=unheld")
    second = anna.get(reverse("desk:queue") + first.context["next_page"])
    assert subjects(first) + subjects(second) == ["Vraag 2", "Vraag 1"]
    assert second.context["next_page"] == ""
    empty = anna.get(reverse("desk:queue") + "?who=mine")
    assert empty.context["choice"].address_with_all_channels == "?channel=all&who=mine"
    assert "Geen vraag past bij wat u koos" in empty.content.decode()


def test_start_screen_and_next_question_follow_my_channels(logged_in: LogIn, cast: Cast) -> None:
    make_desk_question(by=cast.anna, days_ago=9, channel="phone")
    mine = make_desk_question(by=cast.anna, channel="counter")
    anna = logged_in(cast.anna)
    choose_channels(anna, "counter")
    home = anna.get(reverse("desk:home"))
    assert [row.question.id for row in home.context["rows"]] == [mine.pk]
    assert "Alleen uw kanalen: Balie." in home.content.decode()
    assert anna.get(reverse("desk:next"))["Location"] == reverse("desk:question", args=[mine.reference])


def test_only_open_channels_can_be_chosen(logged_in: LogIn, cast: Cast) -> None:
    choose_channels(logged_in(cast.anna), "sms", "phone", "nonsense", "phone")
    cast.anna.refresh_from_db()
    assert cast.anna.channels == ["phone"]


def test_pages_follow_each_other_without_gap_or_overlap(
    logged_in: LogIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aanspreekpunt.desk.views.queues.PAGE", 2)
    for number in range(5):
        make_desk_question(by=cast.anna, subject=f"Vraag {number}", days_ago=number * 7)
    browser, address, seen = logged_in(cast.anna), reverse("desk:queue"), []
    while address:
        answer = browser.get(address)
        seen += subjects(answer)
        address = reverse("desk:queue") + answer.context["next_page"] if answer.context["next_page"] else ""
    assert seen == ["Vraag 4", "Vraag 3", "Vraag 2", "Vraag 1", "Vraag 0"]


def test_a_place_that_makes_no_sense_is_the_first_page(logged_in: LogIn, cast: Cast) -> None:
    make_desk_question(by=cast.anna, subject="Vraag")
    for nonsense in ("x", "x_1", "2026-01-01T00:00:00+00:00_x", "_"):
        assert subjects(logged_in(cast.anna).get(reverse("desk:queue"), {"after": nonsense})) == ["Vraag"]


def test_a_queue_costs_the_same_number_of_queries_however_long_it_is(
    logged_in: LogIn, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        make_desk_question(by=cast.anna, subject=f"Vraag {number}")
    browser = logged_in(cast.anna)
    browser.get(reverse("desk:queue"))
    with django_assert_num_queries(7):  # session, employee, teams and products, version, questions, held, counts
        browser.get(reverse("desk:queue"))


def test_the_queue_as_data_costs_three_queries(
    logged_in: LogIn, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    question = make_desk_question(by=cast.anna, subject="Vraag")
    browser = logged_in(cast.anna)
    browser.get(reverse("desk:queue-data"))
    with django_assert_num_queries(3):  # session, employee with roles, queue
        answer = browser.get(reverse("desk:queue-data"))
    (row,) = json.loads(answer.content)["questions"]
    assert (row["reference"], row["subject"]) == (question.reference, "Vraag")


def test_a_screen_hears_that_something_changed_only_when_it_did(
    logged_in: LogIn, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = logged_in(cast.anna)
    version = browser.get(reverse("desk:queue")).context["version"]
    with django_assert_num_queries(3):
        same = browser.get(reverse("desk:queue-news"), {"v": version}, headers={"X-Poll": "1"})
    assert same.status_code == 204
    make_desk_question(by=cast.bram)
    changed = browser.get(reverse("desk:queue-news"), {"v": version}, headers={"X-Poll": "1"})
    assert (changed.status_code, changed["X-Version"] != version) == (200, True)


def test_counts_stop_at_a_limit(logged_in: LogIn, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "COUNT_LIMIT", 1)
    monkeypatch.setattr("aanspreekpunt.desk.rows.COUNT_LIMIT", 1)
    for _ in range(3):
        make_desk_question(by=cast.anna)
    assert "1+" in logged_in(cast.anna).get(reverse("desk:queue")).content.decode()


def test_the_next_question_is_the_most_urgent_nobody_has(logged_in: LogIn, cast: Cast) -> None:
    first = make_desk_question(by=cast.anna, days_ago=3)
    second = make_desk_question(by=cast.anna)
    operations.take_up(question=first, by=cast.bram, at=second.registered_at)
    answer = logged_in(cast.anna).get(reverse("desk:next"))
    assert answer["Location"] == reverse("desk:question", args=[second.reference])


def test_an_empty_queue_says_so(logged_in: LogIn, cast: Cast) -> None:
    assert "Er wacht niets" in logged_in(cast.anna).get(reverse("desk:queue")).content.decode()
    assert subjects(logged_in(cast.sander).get(reverse("desk:queue"))) == []


def test_the_filters_say_what_teams_and_products_are_called_now(logged_in: LogIn, cast: Cast) -> None:
    product, address = make_product("container", team=cast.waste), reverse("desk:queue")
    anna = logged_in(cast.anna)
    assert ">Afval</option>" not in anna.get(address).content.decode()
    product.name, product.name_en, cast.waste.name = "Grijze bak", "Grey bin", "Afval"
    product.save()
    cast.waste.save()
    page = anna.get(address + "?team=waste&product=container").content.decode()
    assert '<option value="container" selected>Grijze bak</option>' in page
    assert '<option value="waste" selected>Afval</option>' in page
    cast.anna.language = "en"
    cast.anna.save()
    assert '<option value="container">Grey bin</option>' in anna.get(address).content.decode()
    product.is_active = False
    product.save()
    assert "Grey bin" not in anna.get(address).content.decode()


def test_the_filters_name_no_teams_one_may_not_look_into(logged_in: LogIn, cast: Cast) -> None:
    assert 'value="youth"' in logged_in(cast.anna).get(reverse("desk:queue")).content.decode()
    assert 'value="youth"' not in logged_in(cast.wim).get(reverse("desk:queue")).content.decode()


@pytest.mark.parametrize("address", ["desk:home", "desk:queue", "desk:supervision"])
def test_what_happens_while_a_list_is_read_makes_its_screen_ask_again(
    logged_in: LogIn, cast: Cast, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sofie, read = logged_in(cast.sofie), queries.questions_waiting_for

    def read_and_be_late(*args: Any, **options: Any) -> list[queries.QueueRow]:
        rows = read(*args, **options)
        make_desk_question(by=cast.bram)
        return rows

    for view in ("home", "queues", "supervision"):
        monkeypatch.setattr(f"aanspreekpunt.desk.views.{view}.questions_waiting_for", read_and_be_late)
    version = sofie.get(reverse(address)).context["version"]
    assert sofie.get(reverse("desk:queue-news"), {"v": version}).status_code == 200
