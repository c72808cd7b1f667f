"""Bad days: a browser crashes, fingers are impatient, two people meet, a session ends, a server restarts."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from aanspreekpunt.questions.models import Contact
from tests.browser.person import HeldBack
from tests.browser.work import Call, acts, finds, submits

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Response

    from tests.browser.person import People
    from tests.browser.server import Server
    from tests.browser.town import Town
    from tests.browser.work import Receipt

STORY = "Mijn container is gisteren niet geleegd en nu zit hij vol."
LONG_ANSWER = "Wij komen morgen langs. Zet hem voor half acht aan de weg."
NOT_KEPT = "Not kept: you are no longer connected or logged in. Leave this page open and try again."
KEEPING = "**/concept"
OFFLINE = r"ERR_CONNECTION|ERR_EMPTY|Failed to fetch|htmx:|status of 5"


def keeps(what: str) -> Callable[[Response], bool]:
    """Tell the answer to a screen that had this kept, by itself."""
    return lambda answer: fnmatch(answer.url, KEEPING) and what in (answer.request.post_data or "")


def handed_to_waste(people: People, town: Town) -> Receipt:
    """Let Bram hand a question to the waste department."""
    call = Call(people.staff(town.cast.bram)).of(name="Karel van Deurne", phone="0612345678")
    return call.asks(STORY, product="kliko").chooses("Hand over").registers()


def test_a_draft_survives_the_crash_of_a_browser(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    call = Call(anna).of(name="Karel van Deurne", phone="0612345678").asks(STORY, product="kliko")
    with anna.page.expect_response(keeps("choice=hand_over")):
        call.chooses("Hand over")
    anna.sees("Kept at")
    anna.context.close()
    anna = people.staff(town.cast.anna, remembered=False)
    anna.opens("/desk/").follows("Karel van Deurne").sees("Container niet geleegd", "Afval")
    expect(anna.page.locator("#text")).to_have_value(STORY)
    anna.presses("Register").sees("Registered")


def test_a_choice_outlives_what_was_typed_before_it_and_is_kept_later(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    Call(anna).asks(STORY, product="kliko")
    chosen, typed = HeldBack(anna.page, "**/deel/outcome"), HeldBack(anna.page, KEEPING)
    anna.page.locator("#subject").fill("Container vol")
    anna.presses("Hand over")
    typed.wait()
    chosen.wait().let_go()
    expect(anna.button("Hand over")).to_have_attribute("aria-pressed", "true")
    with anna.page.expect_response(keeps("choice=hand_over")):
        typed.let_go()
    anna.opens(anna.page.url)
    expect(anna.button("Hand over")).to_have_attribute("aria-pressed", "true")
    expect(anna.page.locator("#subject")).to_have_value("Container vol")


def test_impatient_fingers_register_once(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    Call(anna).of(phone="0612345678").asks(STORY, product="kliko").chooses("Hand over")
    anna.button("Register").focus()
    anna.types("Enter", "Enter", "Control+Enter").sees("Registered")
    anna.page.locator("#bar-search").fill("0612345678")
    anna.types("Enter")
    expect(anna.page.locator("main a[href*='/desk/vraag/']")).to_have_count(1)


def test_one_enter_too_many_does_not_end_the_conversation(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    Call(anna).of(phone="0612345678").asks(STORY, product="kliko").chooses("Hand over").registers()
    expect(anna.page.locator("#receipt-title")).to_be_focused()
    anna.types("Enter").sees("Registered", "Code to follow the question")


def test_an_article_that_is_chosen_waits_for_the_product_chosen_before(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    Call(anna).asks(STORY)
    option = anna.page.locator("#answers .option", has_text="niet geleegd")
    expect(option).to_be_visible()
    anna.page.locator("#product_query").fill("kliko")
    product = HeldBack(anna.page, "**/deel/product")
    anna.page.locator("#products").get_by_role("option").first.click()
    product.wait()
    option.click()
    with anna.page.expect_request(lambda asked: "open_article" in (asked.post_data or "")) as chosen:
        product.let_go()
    assert f"product={town.container.key}" in (chosen.value.post_data or "")
    anna.sees("Use as answer")
    expect(anna.page.locator("#product .product__name")).to_be_visible()


def test_an_article_comes_though_what_was_typed_before_is_answered_meanwhile(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    call = Call(anna).asks(STORY)
    option = anna.page.locator("#answers .option", has_text="niet geleegd")
    expect(option).to_be_visible()
    typed, chosen = (HeldBack(anna.page, f"**/deel/{part}") for part in ("answers", "article"))
    call.asks(f"{STORY} Mag dat?", subject="Container vol")
    typed.wait()
    option.click()
    chosen.wait()
    with anna.page.expect_response("**/deel/answers"):
        typed.let_go()
    expect(anna.page.locator("#mentioned")).to_contain_text("Container")  # what else it brings is shown
    with anna.page.expect_response("**/deel/article"):
        chosen.let_go()
    anna.sees("Use as answer")


def test_an_answer_is_taken_over_though_what_was_typed_before_is_answered_meanwhile(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    call = Call(anna).asks(STORY)
    anna.page.locator("#answers .option", has_text="niet geleegd").click()
    anna.sees("Use as answer")
    typed, used = (HeldBack(anna.page, f"**/deel/{part}") for part in ("answers", "used"))
    call.asks(f"{STORY} Mag dat?")
    typed.wait()
    anna.presses("Use as answer")
    used.wait()
    with anna.page.expect_response("**/deel/answers"):
        typed.let_go()
    used.let_go()
    expect(anna.page.locator("#answer")).to_have_value(re.compile("container staan"))
    anna.does_not_see("Use as answer")


def test_who_registers_while_the_answer_is_still_being_taken_over_registers_it(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    Call(anna).of(name="Karel").asks(STORY, product="kliko").chooses("Hand over")
    anna.page.locator("#answers .option", has_text="niet geleegd").click()
    anna.sees("Use as answer")
    used = HeldBack(anna.page, "**/deel/used")
    anna.presses("Use as answer")
    used.wait()
    anna.types("Control+Enter")
    used.let_go()
    anna.sees("Registered")
    assert "container staan" in Contact.objects.get().reply


def test_who_types_on_while_an_article_comes_stays_in_his_text(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    Call(anna).asks(STORY)
    option, text = anna.page.locator("#answers .option", has_text="niet geleegd"), anna.page.locator("#text")
    expect(option).to_be_visible()
    chosen = HeldBack(anna.page, "**/deel/article")
    option.click()
    chosen.wait()
    anna.presses("Hand over")
    text.press("End")
    text.press_sequentially(" Wat")
    chosen.let_go()
    expect(anna.button("Hand over")).to_have_attribute("aria-pressed", "true")
    anna.sees("Use as answer")
    anna.page.keyboard.type(" nu, vanavond?")
    expect(text).to_have_value(f"{STORY} Wat nu, vanavond?")
    expect(anna.page.locator("[name=confidential]")).not_to_be_checked()


def test_what_is_typed_in_a_part_that_is_being_drawn_anew_is_there_afterwards(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    Call(anna).asks(STORY).chooses("Answer now")
    anna.page.locator("#product_query").fill("kliko")
    product, answer = HeldBack(anna.page, "**/deel/product"), anna.page.locator("#answer")
    anna.page.locator("#products").get_by_role("option").first.click()
    product.wait()
    answer.click()
    anna.page.keyboard.type("Morgen")
    product.let_go()
    expect(anna.page.locator("#product .product__name")).to_be_visible()
    anna.page.keyboard.type(" komt hij.")
    expect(answer).to_have_value("Morgen komt hij.")
    used = HeldBack(anna.page, "**/deel/used")
    anna.page.locator("#answers .option", has_text="niet geleegd").click()
    anna.presses("Use as answer")
    used.wait()
    answer.press("Control+End")
    anna.page.keyboard.type(" Goed?")
    used.let_go()
    expect(answer).to_have_value(re.compile(r"^Morgen komt hij\.\s+Laat de container staan.* Goed\?$", re.DOTALL))


def test_a_button_drawn_anew_while_the_mouse_is_down_is_pressed_all_the_same(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    call = Call(anna).asks(STORY, product="kliko")
    option = anna.page.locator("#answers .option", has_text="niet geleegd")
    expect(option).to_be_visible()
    typed = HeldBack(anna.page, "**/deel/answers")
    call.asks(f"{STORY} Wat nu?")
    typed.wait()
    option.hover()
    anna.page.mouse.down()
    before = option.element_handle()
    typed.let_go()
    anna.page.wait_for_function("button => !button.isConnected", arg=before)
    option.hover()
    anna.page.mouse.up()
    anna.sees("Use as answer")


def test_an_article_that_is_still_coming_is_not_closed_by_what_is_typed_meanwhile(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    call = Call(anna).asks(STORY)
    option = anna.page.locator("#answers .option", has_text="niet geleegd")
    expect(option).to_be_visible()
    chosen = HeldBack(anna.page, "**/deel/article")
    option.click()
    chosen.wait()
    call.asks(f"{STORY} Wat nu?")
    anna.presses("Hand over")
    with anna.page.expect_response(lambda answer: "Wat+nu" in (answer.request.post_data or "")):
        chosen.let_go()
    expect(anna.button("Hand over")).to_have_attribute("aria-pressed", "true")
    anna.sees("Use as answer").presses("Close").does_not_see("Use as answer")
    with anna.page.expect_response(lambda answer: "En+nu" in (answer.request.post_data or "")):
        call.asks(f"{STORY} En nu?")
    anna.does_not_see("Use as answer")


def test_who_mends_a_field_before_the_refusal_has_loaded_stays_in_it(people: People, town: Town) -> None:
    karel = people.resident("Karel").opens(f"/vraag/over/{town.container.key}/")
    anna = people.staff(town.cast.anna).expects("422")
    Call(anna).of(email="geen-adres").asks(STORY, product="kliko").chooses("Hand over")
    for person, script, button, field in (
        (karel, "**/errors*.js", "Go on", karel.field("What do you want to ask or tell us?")),
        (anna, "**/focus-on-request*.js", "Register", anna.page.locator("#email")),
    ):
        held = HeldBack(person.page, script)
        person.presses(button)
        held.wait()
        field.focus()
        held.let_go()
        person.page.wait_for_load_state()
        expect(field).to_be_focused()


def test_two_people_at_one_question_see_each_other(people: People, town: Town) -> None:
    receipt = handed_to_waste(people, town)
    wim, wilma = people.staff(town.cast.wim), people.staff(town.cast.wilma)
    finds(wim, receipt.reference)
    finds(wilma, receipt.reference).sees("Wim")
    wim.sees_soon("Wilma")
    acts(wilma, "Answer").fills("Your answer", "Wij")
    wim.sees_soon(wim.word("%(name)s is typing here now", name="Wilma"))


def test_what_one_types_stays_when_a_colleague_takes_the_question(people: People, town: Town) -> None:
    receipt = handed_to_waste(people, town)
    wim, wilma = people.staff(town.cast.wim), people.staff(town.cast.wilma)
    finds(wilma, receipt.reference)
    acts(wilma, "Answer").fills("Your answer", LONG_ANSWER)
    finds(wim, receipt.reference)
    acts(wim, "Take in hand").sees("With you")
    wilma.sees_soon(wilma.word("There is news on this question."))
    expect(wilma.field("Your answer")).to_have_value(LONG_ANSWER)
    wilma.button("Show the news").click()
    wilma.sees(wilma.word("With %(name)s", name="Wim"), "What happened")
    expect(wilma.field("Your answer")).to_have_value(LONG_ANSWER)
    submits(wilma.expects("422")).sees("Wim")  # refused, and says who has it
    expect(wilma.field("Your answer")).to_have_value(LONG_ANSWER)


def test_an_answer_survives_the_end_of_the_session(people: People, town: Town) -> None:
    receipt = handed_to_waste(people, town)
    wim = people.staff(town.cast.wim, remembered=False).expects("401|htmx:")
    finds(wim, receipt.reference)
    acts(wim, "Answer").fills("Your answer", LONG_ANSWER)
    Session.objects.all().delete()
    people.logins.clear()
    submits(wim).sees("You were logged out. What you typed is kept: log in and go on.")
    people.log_in(wim, town.cast.wim)
    wim.presses("Hand it in").sees("Settled", LONG_ANSWER)


def test_a_conversation_survives_the_end_of_the_session(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna, remembered=False).expects("401|htmx:")
    call = Call(anna).of(name="Karel van Deurne", phone="0612345678").asks(STORY, product="kliko").chooses("Hand over")
    Session.objects.all().delete()
    people.logins.clear()
    anna.fills("Name", "Karel van Deurne junior").sees(NOT_KEPT)
    anna.presses("Register").sees("You were logged out. What you typed is kept: log in and go on.")
    people.log_in(anna, town.cast.anna)
    anna.presses("Hand it in").sees("Registered")
    reference = anna.page.locator(".aloud__big").first.inner_text()
    call.ends()
    finds(anna, reference).sees("Karel van Deurne junior", STORY)


def test_a_conversation_survives_a_restart_of_the_server(people: People, town: Town, server: Server) -> None:
    anna = people.staff(town.cast.anna).expects(OFFLINE)
    Call(anna).of(name="Karel van Deurne", phone="0612345678").asks(STORY, product="kliko").chooses("Hand over")
    with server.away():
        anna.page.locator("#text").fill(f"{STORY} Dat is de tweede keer.")
        anna.sees(NOT_KEPT)
    anna.page.locator("#subject").fill("Container vol")
    anna.sees("Kept at").presses("Register").sees("Registered", "Container vol")
    reference = anna.page.locator(".aloud__big").first.inner_text()
    finds(anna, reference).sees(f"{STORY} Dat is de tweede keer.")
