"""Finding: whoever asks in words of his own comes to the answer, at the front door and at the desk alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from aanspreekpunt.knowledge.models import Use
from aanspreekpunt.knowledge.tests.make import make_answer
from tests.browser.answer_screens import BIN, bin_answer, clear_shelves
from tests.browser.person import HeldBack
from tests.browser.test_english import assert_is_english
from tests.browser.test_keyboard import assert_no_mouse, without_mouse, writes
from tests.browser.work import Call, finds, searches_in_bar, soon_found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.person import People, Person
    from tests.browser.town import Town

ANSWER = "Mijn container is niet geleegd"
MISSPELLED = "kontainer"
SEARCH = "What do you want to know or arrange?"
THANKS = "Thank you. It helps us to write better answers."
NOTHING = "We found nothing for these words. Try other words, or ask us your question."
STORY = "De container van mijn moeder is vanmorgen niet geleegd."


@pytest.fixture(autouse=True)
def _shelves(town: Town) -> Iterator[None]:  # noqa: ARG001 - they stand in it
    clear_shelves()
    yield
    clear_shelves()


def searches(resident: Person, words: str) -> Person:
    """Search from the front door, by the button."""
    return resident.opens("/").fills(SEARCH, words).presses("Search")


def said() -> list[str]:
    """Return what was noted of the use of the answer about the bin."""
    return list(Use.objects.filter(article__key=BIN).order_by("pk").values_list("kind", flat=True))


def test_a_misspelled_everyday_word_leads_to_the_answer_by_keyboard(people: People) -> None:
    karel = without_mouse(people.resident("Karel")).opens("/")
    karel.page.locator("#search").focus()
    writes(karel, MISSPELLED)
    suggestions = karel.page.locator("[data-suggestions] a")
    expect(suggestions.first).to_be_visible()
    assert MISSPELLED not in karel.page.url
    karel.types("ArrowDown")
    expect(suggestions.first).to_be_focused()
    karel.types("ArrowUp")
    expect(karel.page.locator("#search")).to_be_focused()
    karel.types("Escape")
    expect(suggestions).to_have_count(0)
    karel.types("Backspace")
    writes(karel, "r")
    expect(suggestions.filter(has_text=ANSWER)).to_be_visible()
    place = suggestions.all_inner_texts().index(ANSWER)
    karel.types(*["ArrowDown"] * (place + 1), "Enter").sees("Wij komen binnen één dag.", "Did this help you?")
    while not karel.page.evaluate("() => document.activeElement.matches('.portal-helped button[value=yes]')"):
        karel.types("Tab")
    karel.types("Enter").sees(THANKS).does_not_see("Did this help you?")
    assert said() == ["helped"]
    assert_no_mouse(karel)


def test_where_one_went_stays_when_the_finds_come_anew_on_a_slow_line(people: People) -> None:
    karel = people.resident("Karel").opens("/")
    script = HeldBack(karel.page, "**/suggest*.js")
    karel.page.reload(wait_until="commit")
    karel.page.locator("#search").press_sequentially("containe")
    script.wait().let_go()
    first = karel.page.locator("[data-suggestions] a").first
    expect(first).to_be_visible()  # also what was typed before anything listened
    first.evaluate("(old) => { old.dataset.old = ''; }")
    newer = HeldBack(karel.page, "**/terwijl-u-typt/")
    karel.page.locator("#search").press("r")
    karel.types("ArrowDown")
    expect(first).to_be_focused()
    newer.wait().let_go()
    expect(karel.page.locator("[data-suggestions] a[data-old]")).to_have_count(0)
    expect(first).to_be_focused()


def test_the_button_leads_to_the_same_without_javascript(people: People) -> None:
    karel = people.resident("Karel", java_script_enabled=False)
    searches(karel, MISSPELLED).sees("“container”").follows(ANSWER).sees("Wij komen binnen één dag.")
    karel.presses("No").sees(THANKS).does_not_see("Did this help you?")
    assert said() == ["did_not_help"]


def test_when_nothing_fits_it_says_so_and_offers_people(people: People) -> None:
    karel = searches(people.resident("Karel"), "xyzzy brulboei").sees(NOTHING)
    expect(karel.page.locator("main .portal-list--found")).to_have_count(0)
    expect(karel.page.locator("main a[href^='tel:']").first).to_be_visible()
    karel.follows("Ask your question").sees("What do you want to ask or tell us?")


def test_an_agent_finds_the_answer_in_the_story_and_settles_at_once(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    call = Call(anna).of(name="Karel van Deurne", phone="0612345678").asks(STORY)
    anna.page.locator("#answers .option", has_text=ANSWER).click()
    anna.sees("Ask first:", "Welke kleur heeft het deksel?", "Kijk eerst of de straat is afgesloten.")
    anna.presses("Use as answer")
    expect(anna.page.locator("#answer")).to_have_value("Laat de container staan. Wij komen binnen één dag.")
    receipt = call.registers()
    anna.sees("Answered at once")
    assert said() == ["given"]
    finds(anna, receipt.reference).sees("Settled", "Wij komen binnen één dag.")

    # The same words in the bar find all that has to do with it.
    anna.page.locator("#bar-search").press_sequentially("container")
    suggested = anna.page.locator(".bar__found")
    for kind in (ANSWER, "Afval", "Wim"):
        expect(suggested).to_contain_text(kind)
    anna.types("Enter").sees("Earlier questions", receipt.reference, ANSWER)
    texts = anna.page.get_by_role("region", name=anna.word("Answers, products, teams and colleagues"))
    for name, mark in (("Container niet geleegd", "Product"), ("Afval", "Team"), ("Wim", "Colleague")):
        line = texts.get_by_role("listitem").filter(has_text=name).filter(has_text=anna.word(mark))
        expect(line.first).to_be_visible()
    wim = texts.get_by_role("listitem").filter(has_text="Opzichter · Afval")
    expect(wim.locator("a[href='tel:+31612345678']")).to_be_visible()
    expect(wim.locator("a[href='mailto:wim@voorbeeldstad.example']")).to_be_visible()


def test_both_find_in_english(people: People, town: Town) -> None:
    karel = people.resident("Karel").opens("/").turns_english()
    searches(karel, "bin").sees("My bin was not emptied")
    assert_is_english(karel)
    assert_is_english(karel.follows("My bin was not emptied").sees("Leave the bin where it is.", "Did this help you?"))

    anna = people.staff(town.cast.anna).turns_english()
    searches_in_bar(anna, "bin").sees("My bin was not emptied")
    assert_is_english(anna)


def test_what_an_editor_publishes_is_found_within_seconds(people: People, town: Town) -> None:
    karel, anna, carla = people.resident("Karel"), people.staff(town.cast.anna), people.staff(town.carla)
    winter = "Wanneer strooien jullie?"
    make_answer("winter", question=winter, answer="Als het glad wordt.")
    searches(karel, "sneeuwruimer").sees(NOTHING)
    carla.opens("/desk/antwoorden/winter/schrijven")
    carla.page.locator("#id_answer").fill("Als het glad wordt. Eerst komt de sneeuwruimer.")
    carla.presses("Save and publish").sees("Saved and published. Everybody reads this version now.")
    soon_found(winter, lambda: searches(karel, "sneeuwruimer"))
    soon_found(winter, lambda: searches_in_bar(anna, "sneeuwruimer"))
    karel.follows(winter).sees("Eerst komt de sneeuwruimer.")


def test_drafts_and_notes_for_the_desk_never_show_on_the_portal(people: People, town: Town) -> None:
    karel, anna, carla = people.resident("Karel"), people.staff(town.cast.anna), people.staff(town.carla)
    carla.opens(f"/desk/antwoorden/{BIN}/schrijven")
    carla.page.locator("#id_answer").fill("Laat de container staan. Eerst komt de vuurspuwer.")
    carla.presses("Save as a draft").sees("Saved as a draft. Readers still see the version that is published.")
    assert bin_answer().versions.filter(answer__contains="vuurspuwer").exists()
    make_answer("windmolen", question="Waar staat de windmolen?")  # by the time this is found, a draft would be as well
    soon_found("Waar staat de windmolen?", lambda: searches(karel, "windmolen"))
    for words in ("vuurspuwer", "straat afgesloten"):
        searches(karel, words).sees(NOTHING).does_not_see(ANSWER)
    searches_in_bar(anna, "straat afgesloten").sees(ANSWER)
    searches_in_bar(anna, "vuurspuwer").does_not_see(ANSWER)
    karel.opens(f"/antwoord/{BIN}/").sees("Wij komen binnen één dag.")
    karel.does_not_see("vuurspuwer", "afgesloten", "Welke kleur heeft het deksel?")
