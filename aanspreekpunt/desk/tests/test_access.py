"""Who gets in where: every staff address refuses who has no business there, and absent looks like not yours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from aanspreekpunt.desk.actions import ACTIONS
from aanspreekpunt.desk.tests.make import make_question
from aanspreekpunt.questions.operations import make_confidential

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db

PLAIN = ("home", "account", "queue", "queue-data", "queue-news", "next", "supervision", "supervision-news", "figures")
UUID = "01890a5d-ac96-774b-bcce-b302099a8057"


def addresses(reference: str) -> list[tuple[str, str]]:
    """List every address of the desk with the method to try it with."""
    return [
        *(("get", reverse(f"desk:{name}")) for name in PLAIN),
        ("get", reverse("desk:access-log")),
        ("post", reverse("desk:search")),
        ("post", reverse("desk:choose-language")),
        ("post", reverse("desk:choose-channels")),
        ("post", reverse("desk:say-available")),
        ("get", reverse("desk:found", args=["abc"])),
        *about(reference),
    ]


def about(reference: str) -> list[tuple[str, str]]:
    """List every address that shows or changes one question."""
    return [
        ("get", reverse("desk:question", args=[reference])),
        ("post", reverse("desk:question-news", args=[reference])),
        ("post", reverse("desk:colleagues", args=[reference])),
        ("get", reverse("desk:attachment", args=[reference, UUID])),
        *(("get", reverse("desk:act", args=[reference, verb])) for verb in ACTIONS),
        *(("post", reverse("desk:act", args=[reference, verb])) for verb in ACTIONS),
    ]


def test_nobody_gets_in_without_logging_in(client: Client, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    for method, address in addresses(question.reference):
        answer = getattr(client, method)(address)
        if method == "get":
            assert answer.status_code == 302, address
            assert answer["Location"].startswith(reverse("desk:login")), address
        else:  # asks to log in on the spot, so that what was typed is not lost
            assert answer.status_code == 401, address
            assert answer.templates[0].name == "desk/account/login.html"


def test_a_screen_that_asks_by_itself_is_told_plainly_that_one_is_logged_out(client: Client, cast: Cast) -> None:  # noqa: ARG001 - sets up
    assert client.get(reverse("desk:queue-news"), headers={"X-Poll": "1"}).status_code == 401


def test_who_has_no_business_with_questions_finds_none(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    olga = logged_in(cast.olga)
    for method, address in about(question.reference):
        assert getattr(olga, method)(address).status_code == 404, address
    for name in ("queue", "queue-data", "queue-news", "next", "supervision", "figures"):
        assert olga.get(reverse(f"desk:{name}")).status_code == 404, name
    assert olga.post(reverse("desk:search"), {"text": question.reference}).status_code == 404
    assert olga.post(reverse("desk:choose-channels"), {"channels": "phone"}).status_code == 404


def test_a_department_sees_only_its_own_questions(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    joke = logged_in(cast.joke)
    for method, address in about(question.reference):
        assert getattr(joke, method)(address).status_code == 404, address


def test_a_confidential_question_is_absent_for_everyone_outside_its_team(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.youth, by=cast.anna, is_confidential=True, subject="Zorgen om een kind")
    anna = logged_in(cast.anna)
    for method, address in about(question.reference):
        assert getattr(anna, method)(address).status_code == 404, address
    for address in (reverse("desk:queue"), reverse("desk:queue") + "?team=youth", reverse("desk:queue-data")):
        assert "Zorgen om een kind" not in anna.get(address).content.decode(), address
    joke = logged_in(cast.joke)
    assert joke.get(reverse("desk:question", args=[question.reference])).status_code == 200
    assert "Zorgen om een kind" in joke.get(reverse("desk:queue")).content.decode()


def without_tokens(answer: HttpResponse, reference: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return page.replace(reference, "")


def test_absent_and_not_yours_look_the_same(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.youth, by=cast.anna, is_confidential=True)
    anna = logged_in(cast.anna)
    hidden = anna.get(reverse("desk:question", args=[question.reference]))
    absent = anna.get(reverse("desk:question", args=["26999999999"]))
    assert hidden.status_code == absent.status_code == 404
    assert without_tokens(hidden, question.reference) == without_tokens(absent, "26999999999")


def test_made_confidential_it_disappears_from_the_desk_at_once(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    anna = logged_in(cast.anna)
    assert anna.get(reverse("desk:question", args=[question.reference])).status_code == 200
    make_confidential(question=question, by=cast.wim, at=question.registered_at)
    assert anna.get(reverse("desk:question", args=[question.reference])).status_code == 404


@pytest.mark.parametrize("name", ["supervision", "supervision-news", "figures", "access-log"])
def test_an_agent_has_no_supervision_figures_or_access_log(logged_in: LogIn, cast: Cast, name: str) -> None:
    assert logged_in(cast.anna).get(reverse(f"desk:{name}")).status_code == 404


def test_no_browser_keeps_a_page_of_the_desk(logged_in: LogIn, cast: Cast) -> None:
    answer = logged_in(cast.anna).get(reverse("desk:queue"))
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
