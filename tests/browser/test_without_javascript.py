"""Without JavaScript: everything on the portal, and what one cannot do without at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.work import acts, finds, follows, read_receipt, submits

if TYPE_CHECKING:
    from tests.browser.person import People, Person
    from tests.browser.post import Post
    from tests.browser.town import Town
    from tests.browser.work import Receipt

STORY = "Mijn container is gisteren niet geleegd."


def asks(karel: Person, town: Town, *, email: str = "") -> Receipt:
    """Ask about a container on the portal, from the front page to the receipt."""
    karel.opens("/").fills("What do you want to know or arrange?", "kliko").presses("Search")
    karel.follows(town.container.name).follows("Ask your question")
    karel.presses("Go on").sees("There is something wrong with what you filled in")
    karel.fills("What do you want to ask or tell us?", STORY).fills("Your name", "Karel van Deurne")
    karel.fills("Your e-mail address", email).presses("Go on").sees("Is this right?", STORY)
    karel.presses("Change something").sees("Step 1 of 2: fill in")
    expect(karel.field("What do you want to ask or tell us?")).to_have_value(STORY)
    karel.presses("Go on").presses("Send").sees("We received your question", STORY, "Afval")
    return read_receipt(karel)


def test_a_resident_asks_follows_replies_and_reopens(people: People, town: Town, post: Post) -> None:
    karel, wim = people.resident("Karel", java_script_enabled=False), people.staff(town.cast.wim)
    receipt = asks(karel, town, email="karel@example.org")
    letter = post.last_to("karel@example.org")
    assert receipt.reference in letter.text
    assert receipt.code in letter.text
    assert STORY in letter.text
    follows(karel, receipt).sees("Afval")
    karel.fills("What do you want to add?", "Het is de groene.").presses("Send").sees("Het is de groene.")

    finds(wim, receipt.reference).sees("Het is de groene.", "News from the resident")
    acts(wim, "Ask the resident").fills("What do you need to know?", "Op welk adres staat hij?")
    submits(wim).sees("Waiting for the resident")
    assert "Op welk adres staat hij?" in post.last_to("karel@example.org").text
    karel.page.reload()
    karel.sees("Op welk adres staat hij?")
    karel.fills("Your reply", "Hoofdstraat 12").presses("Send").sees("Hoofdstraat 12")

    finds(wim, receipt.reference).sees("Hoofdstraat 12")
    acts(wim, "Answer").fills("Your answer", "Wij komen morgen.")
    submits(wim).sees("Settled")
    follows(karel, receipt).sees("Wij komen morgen.", "Did this not answer your question?")
    karel.fills("What could have gone better?", "Sneller terugbellen.")
    karel.page.locator("form[action$='/beter/'] button").click()
    karel.sees("Sneller terugbellen.")
    karel.fills("Why was this no answer?", "Er kwam niemand.").presses("This was no answer")
    karel.sees("Er kwam niemand.")
    finds(wim, receipt.reference).sees("Er kwam niemand.", "Reopened")
    karel.presses("Close my question").sees("Show my question").does_not_see(STORY)


def test_a_page_sent_twice_is_one_question(people: People, town: Town) -> None:
    karel, wim = people.resident("Karel", java_script_enabled=False), people.staff(town.cast.wim)
    karel.opens(f"/vraag/over/{town.container.key}/").fills("What do you want to ask or tell us?", STORY)
    karel.presses("Go on").sees("Is this right?")
    karel.button("Send").dblclick()
    reference = read_receipt(karel.sees("We received your question")).reference
    wim.opens("/desk/").sees(reference)
    expect(wim.page.locator("#promised .ticket")).to_have_count(1)


def test_back_and_reload_never_ask_to_send_again(people: People, town: Town) -> None:
    karel, wim = people.resident("Karel", java_script_enabled=False), people.staff(town.cast.wim)
    receipt = asks(karel, town)
    karel.page.reload()
    assert read_receipt(karel.sees("We received your question", STORY)) == receipt
    for _ in range(4):  # past the page to check, the form to change, the page to check before that, and the refusal
        karel.page.go_back()
        assert read_receipt(karel.sees("We received your question")) == receipt
    karel.page.go_back()
    karel.sees("Step 1 of 2: fill in", "Container")
    wim.opens("/desk/")
    expect(wim.page.locator("#promised .ticket")).to_have_count(1)


def test_a_wrong_code_tells_nothing(people: People, town: Town) -> None:
    karel = people.resident("Karel", java_script_enabled=False)
    receipt = asks(karel, town)
    refusals = set()
    for reference in (receipt.reference, "260 9999 9997"):
        karel.opens("/volgen/").fills("Number of your question", reference)
        karel.fills("Your code", "AAAA-BBBB-CCCC").presses("Show my question")
        refusals.add(karel.page.locator("[role=alert]").inner_text())
    assert len(refusals) <= 2
    karel.does_not_see(STORY)


def test_an_agent_registers_and_a_department_answers(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna, remembered=False, java_script_enabled=False)
    anna.opens("/desk/").follows("New contact")
    anna.page.locator("#text").fill(STORY)
    anna.page.locator("#who").fill("0612345678")
    anna.page.locator("#product_query").fill("kliko")
    anna.page.locator("#product button[data-without-script]").click()
    anna.page.locator("#products button").click()
    anna.sees("Container niet geleegd").presses("Hand over")
    anna.presses("Register").sees("Registered", "Afval")
    reference = anna.page.locator(".aloud__big").first.inner_text()
    anna.presses("End the conversation")

    wim = people.staff(town.cast.wim, remembered=False, java_script_enabled=False)
    wim.opens("/desk/").follows("Mijn container is gisteren niet geleegd")
    acts(wim.sees(reference, "06 12345678"), "Take in hand").sees("With you")
    acts(wim, "Answer").fills("Your answer", "Wij legen hem morgen.")
    submits(wim).sees("Settled", "Wij legen hem morgen.")
