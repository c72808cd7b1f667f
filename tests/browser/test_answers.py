"""Answers kept true by people: a new fee, a better text, a proposal of an agent, and two editors at one answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from aanspreekpunt.catalogue.operations.upl import fill_upl
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.operations.values import put_value
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.tests.make import make_answer, make_value
from tests.browser.answer_screens import clear_shelves
from tests.browser.exchange_screens import PASSPORT, as_file, work
from tests.browser.work import Call, searches_in_bar, soon_found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.person import People
    from tests.browser.town import Town

KEY = "extra-container"
ADDRESS = f"/desk/antwoorden/{KEY}"


@pytest.fixture(autouse=True)
def _shelves(town: Town) -> Iterator[None]:  # noqa: ARG001 - they stand in it
    clear_shelves()
    make_value("container_kosten", "€ 25")
    make_answer(
        KEY,
        question="Wat kost een extra container?",
        answer="Een extra container kost {{ container_kosten }}.",
        product_keys=("container",),
    )
    yield
    clear_shelves()


def test_a_new_fee_for_next_year_is_one_edit(people: People, town: Town) -> None:
    carla, today = people.staff(town.carla), timezone.localdate()
    new_year = today.replace(year=today.year + 1, month=1, day=1)
    carla.opens("/desk/").follows("Local values").follows("container kosten").fills("What it says", "€ 27")
    carla.page.locator("#id_from_on").fill(new_year.isoformat())
    carla.presses("Keep").sees("Kept. Each answer with this value follows by itself.", "€ 27")
    assert values_on(today).dutch["container_kosten"] == "€ 25"
    assert values_on(new_year).dutch["container_kosten"] == "€ 27"
    carla.follows("Wat kost een extra container?").sees("Een extra container kost € 25.")


def test_who_writes_finds_a_value_by_a_word_of_it_or_of_its_theme(people: People, town: Town) -> None:
    put_value(key="bad_kosten", label="Kosten van het bad", theme="Zwembad", by=SYSTEM, at=timezone.now())
    carla = people.staff(town.carla)
    carla.opens(f"{ADDRESS}/schrijven").page.locator(".insertable summary").click()
    words, buttons = carla.page.locator("#filter-values"), carla.page.locator("#values-to-insert button:visible")
    for typed, found in (("ZWEM kosten", 1), ("container_", 1), ("kosten", 2), ("zwem container", 0)):
        words.fill(typed)
        expect(buttons).to_have_count(found)
    carla.sees("No local value has these words.")
    expect(carla.page.locator("#values-to-insert h3:visible")).to_have_count(0)


def test_an_agent_proposes_an_editor_takes_it_over_and_a_second_editor_collides(people: People, town: Town) -> None:
    carla, dirk, anna = (people.staff(each) for each in (town.carla, town.dirk, town.cast.anna))

    # The agent has somebody on the line, and proposes with one key what is missing.
    soon_found("Wat kost een extra container?", lambda: searches_in_bar(anna, "extra container"))
    Call(anna).of(name="Karel van Deurne").asks("Wat kost een extra container voor Karel?", product="kliko")
    anna.page.locator("#answers .option", has_text="extra container").click()
    anna.sees("Use as answer").page.locator("h1").click()
    anna.types("f").sees("Propose a better answer", "The answer as it is now")
    assert "Deurne" not in anna.text
    anna.page.locator("#id_text").fill("Zeg ook dat wij hem thuis brengen.")
    anna.presses("Propose").sees("Carla")
    expect(anna.page.locator("#text")).to_have_value("Wat kost een extra container voor Karel?")

    # The editor takes it over and writes beside it, while the preview follows.
    carla.opens("/desk/").follows("Wat kost een extra container?").presses("Take over and write it")
    carla.sees("Zeg ook dat wij hem thuis brengen.")
    field = carla.page.locator("#id_answer")
    field.fill("U dient te betalen. Een extra container kost ")
    carla.page.locator(".insertable summary").click()
    carla.page.locator("#values-to-insert button").first.click()
    expect(field).to_be_focused()
    field.press_sequentially(". Wij brengen hem.")
    preview = carla.page.locator("#preview")
    expect(preview).to_contain_text("Een extra container kost € 25. Wij brengen hem.")
    mark = preview.locator("a.finding", has_text="dient")
    expect(mark).to_be_visible()
    mark.focus()
    carla.types("Enter")
    expect(preview.locator(":target")).to_contain_text("dient")
    field.fill(field.input_value().replace("U dient te betalen. ", ""))
    expect(mark).to_have_count(0)

    # The other editor opened the same text before it was saved; nobody loses anything.
    dirk.opens(f"{ADDRESS}/schrijven").expects("409")
    carla.presses("Save and publish").sees("Saved and published. Everybody reads this version now.")
    dirk.page.locator("#id_answer").fill("Een extra container kost {{ container_kosten }} per jaar.")
    dirk.presses("Save as a draft").sees("Carla", "Not saved yet. Everything you typed is still here.")
    expect(dirk.page.locator(".changed del").first).to_contain_text("Wij brengen hem")
    expect(dirk.page.locator("#id_answer")).to_have_value("Een extra container kost {{ container_kosten }} per jaar.")
    dirk.page.locator("#id_answer").fill("Een extra container kost {{ container_kosten }} per jaar. Wij brengen hem.")
    dirk.presses("Save as a draft").sees("Saved as a draft. Readers still see the version that is published.")
    assert Version.objects.get(article__key=KEY, state="published").answer.endswith("Wij brengen hem.")

    # The agent hears what became of it, once.
    anna.opens("/desk/").sees("What became of your proposals").presses("Seen")
    anna.does_not_see("What became of your proposals")


def test_what_an_editor_types_survives_the_crash_of_a_browser(people: People, town: Town) -> None:
    carla = people.staff(town.carla).opens(f"{ADDRESS}/schrijven")
    carla.page.locator("#id_answer").fill("Half geschreven")
    carla.sees("Kept at")
    carla.context.close()
    carla = people.staff(town.carla, remembered=False).opens(f"{ADDRESS}/schrijven")
    expect(carla.page.locator("#id_answer")).to_have_value("Half geschreven")
    carla.presses("Throw it away").does_not_see("Throw it away").opens(f"{ADDRESS}/schrijven")
    expect(carla.page.locator("#id_answer")).to_have_value("Een extra container kost {{ container_kosten }}.")


def test_an_editor_writes_without_javascript(people: People, town: Town) -> None:
    carla = people.staff(town.carla, java_script_enabled=False).opens("/desk/antwoord/nieuw")
    carla.page.locator("#id_question").fill("Mag ik een hond houden?")
    carla.page.locator("#id_answer").fill("Ja, **altijd**. U dient hem aan te melden.")
    carla.page.locator(".save button[value=preview]").click()
    expect(carla.page.locator("#preview strong").first).to_have_text("altijd")
    expect(carla.page.locator("#preview a.finding").first).to_have_text("dient")
    carla.presses("Save and publish").sees("Saved and published. Everybody reads this version now.")
    anna = people.staff(town.cast.anna, java_script_enabled=False).opens("/desk/antwoorden")
    anna.follows("Mag ik een hond houden?").sees("U dient hem aan te melden.")


def test_an_editor_brings_in_a_file_that_was_tried_first(people: People, town: Town) -> None:
    carla = people.staff(town.carla).opens("/desk/antwoorden").follows("Import")
    file = {"name": "antwoorden.jsonl", "mimeType": "", "buffer": as_file(PASSPORT, "{geen json")}
    carla.page.set_input_files("#id_file", [file])
    carla.presses("See what it would bring").sees("Import under way")
    work()
    carla.sees("What the file would bring", "This is not valid JSON.", "{geen json")
    assert not Article.objects.filter(key=PASSPORT["key"]).exists()
    carla.presses("Bring these answers in as drafts").sees("Answers are being brought in.")
    work()
    carla.sees("What the file brought").follows(str(PASSPORT["key"])).sees("Ik ben mijn paspoort kwijt")


def test_an_editor_brings_in_a_file_and_takes_one_out_without_javascript(people: People, town: Town) -> None:
    carla = people.staff(town.carla, java_script_enabled=False).opens("/desk/antwoorden/inlezen")
    carla.page.set_input_files("#id_file", [{"name": "a.jsonl", "mimeType": "", "buffer": as_file(PASSPORT)}])
    carla.presses("See what it would bring").sees("The file is being tried.")
    work()
    carla.follows("Look again").presses("Bring these answers in as drafts").sees("Answers are being brought in.")
    work()
    carla.follows("Look again").sees("What the file brought")
    carla.opens("/desk/antwoorden/uitvoeren").chooses("Also what is only for us").presses("See what it will hold")
    with carla.page.expect_download() as download:
        carla.presses("Download the file")
    assert str(PASSPORT["question"]) in download.value.path().read_text(encoding="utf-8")


def test_a_name_of_the_upl_is_chosen_by_keyboard(people: People, town: Town) -> None:
    fill_upl()
    carla = people.staff(town.carla).opens("/desk/antwoord/nieuw")
    field, names = carla.page.locator("#upl_query"), carla.page.locator("#id_upl_names")
    names.fill("rijbewijs")
    field.fill("paspoort")  # at once: on a slow day each letter would bring a list of its own
    expect(carla.page.locator("#upl-options [role=option]").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    carla.types("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", re.compile("upl-option-"))
    carla.types("Enter")
    expect(names).to_have_value("rijbewijs\npaspoort")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(carla.page.locator("#upl-options [role=option]")).to_have_count(0)
