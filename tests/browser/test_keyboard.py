"""Everything by keyboard: a call registered, handed over and answered without touching the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.person import HeldBack

if TYPE_CHECKING:
    from tests.browser.person import People, Person
    from tests.browser.town import Town

COUNT_POINTERS = """() => {
    const seen = () => sessionStorage.setItem("pointers", "used");
    document.addEventListener("pointerdown", seen, true);
    document.addEventListener("mousedown", seen, true);
}"""


def without_mouse(person: Person) -> Person:
    """Take the mouse away: using it is noticed."""
    person.context.add_init_script(f"({COUNT_POINTERS})()")
    return person


def assert_no_mouse(person: Person) -> None:
    """Make sure that the mouse was not used."""
    assert person.page.evaluate("() => sessionStorage.getItem('pointers')") is None


def writes(person: Person, text: str) -> None:
    """Type letters where the cursor is."""
    person.page.keyboard.type(text)


def test_a_call_is_registered_handed_over_and_answered_by_keyboard(people: People, town: Town) -> None:
    anna, wim = without_mouse(people.staff(town.cast.anna)), without_mouse(people.staff(town.cast.wim))
    anna.opens("/desk/").types("n")
    expect(anna.page.locator("#text")).to_be_focused()
    writes(anna, "Mijn container is gisteren niet geleegd.")
    anna.types("Escape", "i")
    expect(anna.page.locator("#who")).to_be_focused()
    writes(anna, "0612345678")
    anna.sees("Nobody we know.").types("Escape", "y")
    writes(anna, "kliko")
    expect(anna.page.locator("#products").get_by_role("option")).to_have_count(1)
    anna.types("ArrowDown", "Enter").sees("Container niet geleegd")
    expect(anna.page.locator("[data-proposed]")).to_be_focused()
    anna.types("h")
    expect(anna.page.locator("[data-register]")).to_be_visible()
    anna.sees("Afval").types("Control+Enter").sees("Registered")
    reference = anna.page.locator(".aloud__big").first.inner_text()
    expect(anna.page.get_by_role("heading", name=anna.word("Registered"))).to_be_focused()
    anna.types("x")
    anna.page.wait_for_url("**/desk/")
    assert_no_mouse(anna)

    wim.opens("/desk/").types("e")
    wim.sees(reference, "06 12345678").types("p")
    wim.sees("With you").types("e")
    expect(wim.page.locator("#action textarea")).to_be_focused()
    writes(wim, "Wij legen hem morgen.")
    for _ in range(6):
        wim.types("Tab")
        if wim.page.evaluate("() => document.activeElement.matches('#action button.button--primary')"):
            break
    wim.types("Enter").sees("Settled", "Wij legen hem morgen.")
    assert_no_mouse(wim)


WATCH_CURSOR = """() => {
    new MutationObserver((_, watch) => {
        if (!document.querySelector(".product__name")) return;
        watch.disconnect();
        const at = document.activeElement;
        window.cursorWas = at.matches("[data-proposed]") ? "on the proposed choice" : at.tagName;
    }).observe(document.getElementById("conversation"), { childList: true, subtree: true });
}"""


def test_who_leaves_a_field_while_the_page_is_loading_is_not_put_back_in_it(people: People, town: Town) -> None:
    anna = without_mouse(people.staff(town.cast.anna)).opens("/desk/")
    script = HeldBack(anna.page, "**/autosave*.js")
    anna.types("n")
    expect(anna.page.locator("#text")).to_be_focused()
    anna.types("Escape")
    script.wait().let_go()
    anna.page.wait_for_load_state("domcontentloaded")
    anna.types("y")
    expect(anna.page.locator("#product_query")).to_be_focused()
    expect(anna.page.locator("#text")).to_have_value("")


def test_the_cursor_is_on_the_proposed_choice_as_soon_as_the_product_shows(people: People, town: Town) -> None:
    anna = without_mouse(people.staff(town.cast.anna))
    anna.opens("/desk/").types("n")
    expect(anna.page.locator("#text")).to_be_focused()
    writes(anna, "Mijn container is niet geleegd.")
    anna.types("Escape", "y")
    anna.page.evaluate(WATCH_CURSOR)
    writes(anna, "kliko")
    expect(anna.page.locator("#products").get_by_role("option")).to_have_count(1)
    anna.types("ArrowDown", "Enter")
    anna.page.wait_for_function("() => window.cursorWas")
    assert anna.page.evaluate("() => window.cursorWas") == "on the proposed choice"
    anna.types("Enter")  # it already does what it says, without another page
    expect(anna.page.locator("[data-register]")).to_be_focused()
    assert anna.page.evaluate("() => window.cursorWas") == "on the proposed choice"


def test_what_is_typed_while_the_page_loads_is_heard(people: People, town: Town) -> None:
    anna = without_mouse(people.staff(town.cast.anna)).opens("/desk/")
    held = HeldBack(anna.page, "**/autosave*.js")
    anna.types("n")
    expect(anna.page.locator("#text")).to_be_focused()
    anna.page.wait_for_function("() => window.htmx")
    anna.types("Escape", "y")
    writes(anna, "kliko")
    held.wait().let_go()
    expect(anna.page.locator("#products").get_by_role("option")).to_have_count(1)
    anna.sees("Kept at")


def test_a_key_pressed_while_the_page_loads_is_heard(people: People, town: Town) -> None:
    anna = without_mouse(people.staff(town.cast.anna)).opens("/desk/")
    held = HeldBack(anna.page, "**/htmx*.js")
    anna.types("n")
    expect(anna.page.locator("#text")).to_be_focused()
    writes(anna, "Wanneer komt de vuilniswagen?")
    anna.types("Escape", "e")  # what this does needs what is held back
    held.wait().let_go()
    expect(anna.page.locator("#answer")).to_be_focused()
    writes(anna, "Zaterdag 22 december.")
    held = HeldBack(anna.page, "**/print*.js")
    anna.types("Control+Enter")
    expect(anna.page.get_by_role("heading", name=anna.word("Registered"))).to_be_focused()
    held.wait()
    anna.types("Tab", "Tab", "Enter")  # this needs nothing that is held back
    expect(anna.page).to_have_url(f"{anna.url}/desk/")
    assert_no_mouse(anna)


def test_the_screen_shows_only_once_its_keys_are_heard(people: People, town: Town) -> None:
    anna = without_mouse(people.staff(town.cast.anna)).opens("/desk/wachtrij")
    held = HeldBack(anna.page, "**/keyboard*.js")
    anna.page.goto(f"{anna.url}/desk/", wait_until="commit")
    held.wait()
    assert anna.page.evaluate("() => document.body") is None
    held.let_go()
    expect(anna.page.locator("h1")).to_be_visible()
    anna.types("n")
    expect(anna.page.locator("#text")).to_be_focused()
    assert_no_mouse(anna)


def test_where_one_went_in_a_list_stays_when_the_list_comes_anew(people: People, town: Town) -> None:
    anna = without_mouse(people.staff(town.cast.anna))
    anna.opens("/desk/").types("n")
    expect(anna.page.locator("#text")).to_be_focused()
    anna.types("Escape", "y")
    writes(anna, "o")
    options = anna.page.locator("#products").get_by_role("option")
    expect(options.nth(1)).to_be_visible()
    anna.types("ArrowDown", "ArrowDown")
    chosen = options.nth(1).get_attribute("id")
    anna.page.evaluate("""() => {
        document.getElementById("products").dataset.old = "";
        htmx.trigger("#product_query", "input");
        const field = document.getElementById("product_query");
        htmx.ajax("POST", field.getAttribute("hx-post"), { source: field, target: "#products", swap: "outerHTML" });
    }""")
    expect(anna.page.locator("#products:not([data-old])")).to_be_visible()
    expect(anna.page.locator("#products [aria-selected=true]")).to_have_attribute("id", chosen or "")


def test_ctrl_enter_registers_from_any_field(people: People, town: Town) -> None:
    anna = without_mouse(people.staff(town.cast.anna))
    anna.opens("/desk/").types("n")
    expect(anna.page.locator("#text")).to_be_focused()
    writes(anna, "Wanneer komt de vuilniswagen?")
    anna.types("Escape", "e")
    expect(anna.page.locator("#answer")).to_be_focused()
    writes(anna, "Zaterdag 22 december.")
    anna.types("Control+Enter").sees("Registered", "Answered at once")
    assert_no_mouse(anna)


def test_the_list_is_walked_with_j_and_k(people: People, town: Town) -> None:
    anna = without_mouse(people.staff(town.cast.anna))
    for number in ("Eerste vraag", "Tweede vraag"):
        anna.opens("/desk/").types("n")
        expect(anna.page.locator("#text")).to_be_focused()
        writes(anna, number)
        anna.types("Escape", "q")
        expect(anna.page.locator("[data-register]")).to_be_visible()
        anna.types("Control+Enter").sees("Registered").types("x")
        anna.page.wait_for_url("**/desk/")
    anna.opens("/desk/wachtrij").types("j")
    expect(anna.page.locator("[data-row]").first).to_be_focused()
    anna.types("j", "k", "j", "Enter").sees("Tweede vraag", "What happened")
    assert_no_mouse(anna)


@pytest.mark.parametrize("page", ["/desk/", "/desk/wachtrij", "/desk/contact/nieuw"])
def test_question_mark_shows_all_keys_of_the_screen(people: People, town: Town, page: str) -> None:
    anna = without_mouse(people.staff(town.cast.anna))
    anna.opens(page)
    if anna.page.locator("[autofocus]").count():
        expect(anna.page.locator("[autofocus]")).to_be_focused()
    anna.types("Escape", "?")
    keys = anna.page.get_by_role("dialog")
    expect(keys).to_be_visible()
    offered = anna.page.locator("[data-key]").evaluate_all(
        "(all) => all.filter((each) => each.getClientRects().length).map((each) => each.dataset.key)"
    )
    listed = keys.locator("kbd").all_inner_texts()
    assert set(offered) <= set(listed)
    assert len(listed) == len(set(listed)), "One key is said to do two things."
    anna.types("Escape")
    expect(keys).to_be_hidden()
