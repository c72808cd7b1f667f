"""A journey in English, on both sides of the desk, without a Dutch word of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.work import Call, acts, finds, follows, read_receipt, submits

if TYPE_CHECKING:
    from tests.browser.person import People, Person
    from tests.browser.post import Post
    from tests.browser.town import Town

DUTCH = re.compile(
    r"\b(de|het|een|van|voor|met|niet|geen|uw|wij|naar|aan|vraag|vragen|deze|dit|nog|ook|uur)\b", re.IGNORECASE
)
"""Small words that no Dutch screen goes without; what people wrote in these journeys has none of them."""

NAMES = ("Gemeente Voorbeeldstad", "Nederlands", "van Deurne", "Container niet geleegd")
"""Names are not translated; the last one is the subject as the register keeps it."""

STORY = "My bin was skipped yesterday."
ANSWER = "We will empty it tomorrow."


def assert_is_english(person: Person) -> None:
    """Make sure that the screen says it is English, and is."""
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    person.page.wait_for_load_state()
    text = f"{person.page.title()}\n{person.text}"
    for name in NAMES:
        text = text.replace(name, "")
    assert [line for line in text.splitlines() if DUTCH.search(line)] == []


def test_resident_and_department_meet_in_english(people: People, town: Town, post: Post) -> None:
    karel = people.resident("Karel").opens("/").turns_english()
    assert_is_english(karel)
    karel.fills("What do you want to know or arrange?", "bin").presses("Search").sees("“bin”")
    assert_is_english(karel)
    karel.opens(f"/vraag/over/{town.container.key}/")
    assert_is_english(karel)
    karel.presses("Go on").sees("There is something wrong")
    assert_is_english(karel)
    karel.fills("What do you want to ask or tell us?", STORY).fills("Your name", "Karel van Deurne")
    karel.fills("Your e-mail address", "karel@example.org").presses("Go on").sees("Is this right?")
    assert_is_english(karel)
    karel.presses("Send").sees("We received your question", "Waste")
    assert_is_english(karel)
    receipt = read_receipt(karel)

    wim = people.staff(town.cast.wim).turns_english()
    assert_is_english(wim.sees("Log out"))
    for page in ("/desk/wachtrij", "/desk/account"):
        assert_is_english(wim.opens(page))
    assert_is_english(finds(wim, receipt.reference))
    acts(wim, "Answer").fills("Your answer", ANSWER)
    assert_is_english(wim)
    submits(wim).sees("Settled", ANSWER)
    assert_is_english(wim)

    letter = post.last_to("karel@example.org")
    assert ANSWER in letter.text
    assert "This is our answer" in letter.text
    assert_is_english(follows(karel, receipt).sees(ANSWER))


def test_an_agent_registers_in_english(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna).turns_english()
    assert_is_english(anna)
    call = Call(anna).of(name="Karel van Deurne", phone="0612345678").asks(STORY, product="kliko")
    assert_is_english(anna)
    for choice in ("Answer now", "Hand over", "Call back", "Refer", "Case", "Keep here"):
        call.chooses(choice)
        expect(anna.button(choice)).to_have_attribute("aria-pressed", "true")
        assert_is_english(anna)
    call.chooses("Call back")
    receipt = call.registers()
    assert_is_english(anna)
    assert_is_english(finds(anna, receipt.reference))
