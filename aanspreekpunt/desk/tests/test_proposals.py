"""Proposing a better answer with one key, without anything about a person, and hearing what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.desk.editing.personal import what_looks_personal, without_personal_data
from aanspreekpunt.desk.tests.make import make_question
from aanspreekpunt.knowledge.models import Proposal
from aanspreekpunt.knowledge.operations.proposals import propose_answer
from aanspreekpunt.knowledge.operations.writing import give_owner
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor
from aanspreekpunt.questions.intake import Customer
from aanspreekpunt.questions.operations import save_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
PROPOSE, LIST, HOME = "desk:propose", "desk:proposals", "desk:home"
KAREL = Customer(first_name="Karel", infix="van", last_name="Deurne", phone="+31612345678", city="Voorbeeldstad")
STORY = "Karel van Deurne belt: container niet geleegd. Bel 06-12345678 of karel@post.example, BSN 123456782."


@pytest.fixture
def carla(cast: Cast) -> Employee:  # noqa: ARG001 - the municipality she works for
    return make_editor()


def one(proposal: Proposal) -> str:
    return reverse("desk:proposal", args=[proposal.pk])


def judge(browser: Client, proposal: Proposal, do: str, reply: str = "") -> object:
    return browser.post(reverse("desk:judge-proposal", args=[proposal.pk]), {"do": do, "reply": reply})


def make_proposal(by: Employee, text: str = "Noem de prijs", **more: object) -> Proposal:
    return propose_answer(question="Wat kost het?", text=text, by=by, at=timezone.now(), **more)


def test_from_a_question_one_key_opens_a_proposal_without_anything_about_a_person(
    logged_in: LogIn, cast: Cast, carla: Employee
) -> None:
    product = make_product("container", team=cast.waste)
    article = make_answer("container", question="Niet geleegd?", answer="Laat hem staan.", product_keys=("container",))
    question = make_question(
        to=cast.waste, by=cast.anna, subject="Container van Karel", text=STORY, customer=KAREL, product=product
    )
    wim = logged_in(cast.wim)
    page = wim.get(reverse("desk:question", args=[question.reference])).content.decode()
    assert f'{reverse(PROPOSE)}?vraag={question.reference}" data-key="f"' in page
    address = f"{reverse(PROPOSE)}?vraag={question.reference}&antwoord=container"
    page = wim.get(address).content.decode()
    assert "container niet geleegd" in page
    assert "Laat hem staan." in page
    for personal in ("Karel", "Deurne", "12345678", "karel@post", "123456782"):
        assert personal not in page.split("</header>", 1)[1], personal
    answer = wim.post(address, {"question": "Niet geleegd?", "text": "Laat hem staan tot vrijdag."})
    assert answer["Location"] == reverse("desk:question", args=[question.reference])
    proposal = Proposal.objects.get()
    assert (proposal.article, proposal.question_id, proposal.product_key) == (article, question.pk, "container")
    assert (proposal.owner, proposal.proposed_by) == (carla, cast.wim)


def test_what_looks_personal_asks_for_a_check(logged_in: LogIn, cast: Cast, carla: Employee) -> None:
    anna = logged_in(cast.anna)
    typed = {"question": "Wie bel ik?", "text": "Bel mevrouw De Vries op 06 1234 5678."}
    refused = anna.post(reverse(PROPOSE), typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "06 1234 5678" in page
    assert "Bel mevrouw De Vries op" in page
    anna.post(reverse(PROPOSE), {**typed, "is_checked": "on"})
    assert Proposal.objects.get().owner == carla


@pytest.mark.usefixtures("carla")
def test_from_a_confidential_question_nothing_is_copied_and_a_check_is_needed(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(
        to=cast.youth, by=cast.anna, is_confidential=True, subject="Zorgen om Tim", text="Over Tim.", customer=KAREL
    )
    joke = logged_in(cast.joke)
    address = f"{reverse(PROPOSE)}?vraag={question.reference}"
    page = joke.get(address).content.decode()
    assert "Tim" not in page
    assert "vertrouwelijke vraag" in page
    typed = {"question": "Wie helpt mijn kind?", "text": "Het wijkteam."}
    assert joke.post(address, typed).status_code == 422
    joke.post(address, {**typed, "is_checked": "on"})
    proposal = Proposal.objects.get()
    assert (proposal.question_id, proposal.product_key) == (None, "")
    assert logged_in(cast.anna).get(address).status_code == 404


@pytest.mark.usefixtures("carla")
def test_from_a_running_conversation_the_way_back_leads_there(logged_in: LogIn, cast: Cast) -> None:
    make_answer("container", question="Niet geleegd?", answer="Laat hem staan.")
    anna, conversation = logged_in(cast.anna), new_uuid()
    typed = {"number": "1", "text": STORY, "name": "Karel van Deurne", "article": "container", "do": "propose"}
    answer = anna.post(reverse("desk:conversation", args=[conversation]), typed)
    assert answer["Location"] == f"{reverse(PROPOSE)}?gesprek={conversation}&antwoord=container"
    page = anna.get(answer["Location"]).content.decode()
    assert "container niet geleegd" in page
    assert "Deurne" not in page
    back = anna.post(answer["Location"], {"question": "Niet geleegd?", "text": "Wacht tot vrijdag."})
    assert back["Location"] == reverse("desk:conversation", args=[conversation])
    assert STORY in anna.get(back["Location"]).content.decode()
    assert logged_in(cast.bram).get(answer["Location"]).status_code == 404
    for nonsense in ("x", str(uuid4()), "\x00"):
        assert anna.get(reverse(PROPOSE), {"gesprek": nonsense}).status_code == 404
        assert anna.get(reverse(PROPOSE), {"vraag": nonsense}).status_code == 404
    assert anna.get(reverse(PROPOSE), {"gesprek": f"urn:uuid:{conversation}"}).status_code == 200
    save_draft(conversation=conversation, fields={"text": STORY, "confidential": True}, by=cast.anna, at=timezone.now())
    assert "geleegd" not in anna.get(f"{reverse(PROPOSE)}?gesprek={conversation}").content.decode()


@pytest.mark.usefixtures("carla")
def test_nobody_proposes_about_what_readers_do_not_see(logged_in: LogIn, cast: Cast) -> None:
    make_answer("concept", is_published=False)
    for key in ("concept", "weg", "\x00"):
        assert logged_in(cast.anna).get(reverse(PROPOSE), {"antwoord": key}).status_code == 404


def test_where_nobody_judges_a_proposal_keeps_what_was_typed(logged_in: LogIn, cast: Cast) -> None:
    answer = logged_in(cast.anna).post(reverse(PROPOSE), {"question": "Wat?", "text": "Zo is het beter."})
    assert answer.status_code == 422
    assert "Zo is het beter." in answer.content.decode()


def test_its_owner_judges_it_and_the_proposer_hears_of_it_once(logged_in: LogIn, cast: Cast, carla: Employee) -> None:
    article = make_answer("vraag", question="Wat kost het?")
    article = give_owner(article=article, owner=cast.wim, by=carla, at=timezone.now())
    proposal = make_proposal(cast.anna, article=article)
    wim, anna = logged_in(cast.wim), logged_in(cast.anna)
    assert "Wat kost het?" in wim.get(reverse(HOME)).content.decode()
    assert "Noem de prijs" in wim.get(reverse(LIST)).content.decode()
    assert logged_in(cast.bram).get(one(proposal)).status_code == 404
    assert judge(anna, proposal, "accept").status_code == 404
    refused = judge(wim, proposal, "decline")
    assert refused.status_code == 422
    judge(wim, proposal, "decline", "De prijs verschilt per leeftijd")
    page = anna.get(reverse(HOME)).content.decode()
    assert "De prijs verschilt per leeftijd" in page
    assert "Niet overgenomen" in page
    assert "De prijs verschilt" in anna.get(reverse(HOME)).content.decode()
    anna.post(reverse("desk:hear-of-proposals"))
    assert "De prijs verschilt" not in anna.get(reverse(HOME)).content.decode()
    assert "De prijs verschilt" in anna.get(reverse(LIST)).content.decode()
    again = judge(wim, proposal, "accept")
    assert again.status_code == 422


def test_taking_over_opens_the_editor_with_the_proposal_beside_it(
    logged_in: LogIn, cast: Cast, carla: Employee
) -> None:
    article = make_answer("vraag", answer="Zo was het.")
    browser = logged_in(carla)
    better, new = make_proposal(cast.anna, article=article), make_proposal(cast.anna, "Drie euro.", product_key="kliko")
    answer = judge(browser, better, "accept", "Goed gezien")
    page = browser.get(answer["Location"]).content.decode()  # type: ignore[index]
    assert answer["Location"].startswith(reverse("desk:edit-answer", args=["vraag"]))  # type: ignore[index]
    assert "Noem de prijs" in page
    assert "Zo was het." in page
    answer = judge(browser, new, "accept")
    form = browser.get(answer["Location"]).context["form"]  # type: ignore[index]
    assert (form["question"].value(), form["answer"].value()) == ("Wat kost het?", "Drie euro.")
    assert form["product_keys"].value() == ["kliko"]


def test_the_first_due_stands_first_page_by_page(
    logged_in: LogIn,
    cast: Cast,
    carla: Employee,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("aanspreekpunt.desk.views.proposals.PAGE", 2)
    for number in range(5):
        at = timezone.now() - timedelta(days=20 - number // 2)
        propose_answer(question=f"Vraag {number}", text="Zo", by=cast.anna, at=at)
    browser, address, seen = logged_in(carla), reverse(LIST), []
    browser.get(address)
    while address:
        with django_assert_num_queries(4):  # session, employee, to judge, own
            answer = browser.get(address)
        seen += [proposal.question for proposal in answer.context["proposals"]]
        address = reverse(LIST) + answer.context["next_page"] if answer.context["next_page"] else ""
    assert seen == [f"Vraag {number}" for number in range(5)]
    assert "Te laat" in browser.get(reverse(LIST)).content.decode()
    for nonsense in ("x", "2026-01-01_x", "_1"):
        assert browser.get(reverse(LIST), {"after": nonsense, "onder": nonsense}).status_code == 200


@pytest.mark.parametrize(
    "personal",
    [
        "karel@post.example",
        "06-12345678",
        "+31 6 1234 5678",
        "123456782",
        "NL91ABNA0417164300",
        "1234 AB 12",
        "12-03-1980",
        "GH-123-K",
        "Dorpsstraat 12a",
        "mevrouw De Vries",
        "Mijn naam is Karel van Deurne",
    ],
)
def test_what_is_about_a_person_is_left_out(personal: str) -> None:
    left = without_personal_data(f"Er belt iemand: {personal}. Graag hulp.", names=())
    assert personal not in left
    assert left.startswith("Er belt iemand")
    assert left.endswith("Graag hulp.")
    assert what_looks_personal(f"Er belt iemand: {personal}. Graag hulp.")


def test_what_is_about_nobody_stays() -> None:
    text = "Het paspoort kost € 86,85 in 2026. Bel 14 0999. Open van 9.00 tot 17.00 uur, binnen 10 werkdagen."
    assert without_personal_data(text, names=("van", "de")) == text
    assert what_looks_personal(text) == []
