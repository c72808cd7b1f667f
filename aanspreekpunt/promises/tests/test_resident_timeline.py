"""The timeline as the resident reads it: everything he was told, and nothing that was meant for colleagues."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.rules.deadlines import callback_windows
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.promises.timeline.resident import lines_for_resident, outcome_in_words
from aanspreekpunt.questions.choices import Outcome
from aanspreekpunt.questions.operations import write_note

if TYPE_CHECKING:
    from aanspreekpunt.questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def told(question: Question) -> list[tuple[str, str]]:
    return [(line.title, line.words) for line in lines_for_resident(question)]


def test_a_question_from_call_to_answer(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.take_up(question=question, by=cast.wim, at=MONDAY)
    write_note(question=question, text="Lastige man", by=cast.wim, at=MONDAY)
    operations.ask_resident(question=question, text="Welke kleur?", channel="email", by=cast.wim, at=MONDAY)
    operations.receive_addition(question=question, text="Groen.", channel="web_form", by=RESIDENT, at=MONDAY)
    operations.answer(question=question, text="Wij komen morgen.", channel="email", by=cast.wim, at=MONDAY)
    question.refresh_from_db()
    operations.reopen(question=question, reason="Niemand gezien", by=RESIDENT, at=MONDAY + timedelta(days=2))
    assert told(question) == [
        ("U hebt ons gebeld.", "Mijn container is gisteren niet geleegd."),
        ("Wij hebben uw vraag doorgegeven aan Waste.", ""),
        ("Waste heeft antwoord beloofd, uiterlijk woensdag 4 maart, 17.00 uur.", ""),
        ("Iemand van Waste is met uw vraag begonnen.", ""),
        ("Wij hebben u iets gevraagd.", "Welke kleur?"),
        ("U hebt gereageerd op onze vraag.", "Groen."),
        ("Waste heeft antwoord beloofd, uiterlijk woensdag 4 maart, 17.00 uur.", ""),
        ("Wij hebben u geantwoord.", "Wij komen morgen."),
        ("Uw vraag is afgehandeld.", ""),
        ("U kwam hierop terug. Wij gaan verder.", "Niemand gezien"),
        ("Waste heeft antwoord beloofd, uiterlijk vrijdag 6 maart, 17.00 uur.", ""),
    ]


def test_a_callback_that_did_not_reach(cast: Cast) -> None:
    (window,) = callback_windows(start=MONDAY, calendar=calendar_of(cast.waste), count=1)
    question = operations.register_and_promise_callback(
        asked=make_asked(channel="counter"),
        to=cast.waste,
        window=window,
        phone="+31612345678",
        asks="Bel",
        by=cast.anna,
        at=MONDAY,
    ).question
    operations.miss_callback(question=question, by=cast.wim, at=window.starts_at)
    titles = [title for title, _ in told(question)]
    assert titles[0] == "U bent bij ons langs geweest."
    assert "Waste heeft beloofd u te bellen op maandag 2 maart tussen 10.30 en 12.30 uur." in titles
    assert "Wij hebben u gebeld, maar niet bereikt." in titles


def test_an_answer_at_once_shows_what_was_said(cast: Cast) -> None:
    question = operations.answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY).question
    assert told(question)[-1] == ("Wij hebben u meteen geantwoord.", "Zaterdag.")


def test_a_referral_says_where_to(cast: Cast) -> None:
    question = operations.refer_elsewhere(
        asked=make_asked(), to_body="de provincie", answer="Bel 0800.", by=cast.anna, at=MONDAY
    ).question
    assert told(question)[-1][1] == "Bel 0800."


def test_what_an_employee_writes_on_reopening_is_not_shown(cast: Cast) -> None:
    question = operations.answer_at_once(asked=make_asked(), answer="Ja.", by=cast.anna, at=MONDAY).question
    operations.reopen_by_employee(question=question, reason="Collega vergiste zich", by=cast.bram, at=MONDAY)
    assert ("Wij hebben uw vraag weer opgepakt.", "") in told(question)


def test_without_a_reply_the_resident_reads_that_we_went_on(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=question, text="Welke?", channel="email", by=cast.wim, at=MONDAY)
    operations.continue_without_reply(at=MONDAY + timedelta(days=30))
    titles = [title for title, _ in told(question)]
    assert "Wij hebben niets van u gehoord en zijn verdergegaan met wat wij weten." in titles


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_outcome_has_words(outcome: str) -> None:
    assert outcome_in_words(outcome)
    assert outcome_in_words(outcome, note="een reden")


def test_a_long_timeline_costs_as_many_queries_as_a_short_one(cast: Cast, django_assert_num_queries: object) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    for _ in range(5):
        operations.note_addition(question=question, text="Nog iets", channel="phone", by=cast.anna, at=MONDAY)
    with django_assert_num_queries(4):
        lines_for_resident(question)
