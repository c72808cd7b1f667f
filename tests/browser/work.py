"""What people do here all day, on their screens: take a call, work on a question, follow one's own question."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person

PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Receipt:
    """What a resident takes home: the number of the question, and the code to follow it with."""

    reference: str
    code: str


class Call:
    """A conversation at the desk, from picking up to the receipt."""

    def __init__(self, agent: Person, *, channel: str = "phone") -> None:
        self.agent = agent
        agent.opens(f"/desk/contact/nieuw?channel={channel}")
        expect(agent.page.locator("#text")).to_be_visible()

    def of(self, *, name: str = "", phone: str = "", email: str = "", remember: bool = False) -> Call:
        """Type who is on the line, as far as he says it."""
        self.open_details()
        for field, value in (("#name", name), ("#phone", phone), ("#email", email)):
            if value:
                self.agent.page.locator(field).fill(value)
        if remember:
            self.agent.page.locator("input[name=remember]").check()
        return self

    def of_known(self, search: str, *, name: str) -> Call:
        """Find somebody we know by `search` and choose him."""
        self.agent.page.locator("#who").fill(search)
        self.agent.page.get_by_role("option", name=name).click()
        expect(self.agent.page.locator(".known")).to_contain_text(name)
        return self

    def open_details(self) -> None:
        """Unfold the fields for name and addresses, if they are folded."""
        details = self.agent.page.locator("#person details")
        if details.get_attribute("open") is None:
            details.locator("summary").click()

    def asks(self, text: str, *, subject: str = "", product: str = "") -> Call:
        """Type what is asked, and find the product by an everyday word."""
        self.agent.page.locator("#text").fill(text)
        if subject:
            self.agent.page.locator("#subject").fill(subject)
        if product:
            self.agent.page.locator("#product_query").fill(product)
            option = self.agent.page.locator("#products").get_by_role("option").first
            option.click()
            expect(self.agent.page.locator("#product .product__name")).to_be_visible()
        return self

    def chooses(self, choice: str, *, team: str = "") -> Call:
        """Choose what happens now, and which team does it when it is not the one proposed."""
        self.agent.presses(choice)
        expect(self.agent.button(choice)).to_have_attribute("aria-pressed", "true")
        if team:
            self.agent.selects("Team", team)
        return self

    def registers(self) -> Receipt:
        """Register it and read number and code from the screen."""
        self.agent.presses("Register").sees("Registered")
        said = self.agent.page.locator(".aloud__big")
        expect(said).to_have_count(2)
        reference, code = said.all_inner_texts()
        assert re.fullmatch(r"\d{3} \d{4} \d{4}", reference), reference
        assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code), code
        return Receipt(reference, code)

    def ends(self) -> None:
        """Say goodbye."""
        self.agent.presses("End the conversation")


def searches_in_bar(employee: Person, words: str) -> Person:
    """Search in the bar above each screen of the desk."""
    employee.page.locator("#bar-search").fill(words)
    return employee.types("Enter").sees(f"“{words}”")


def soon_found(text: str, look: Callable[[], Person]) -> None:
    """Look again and again until `text` is there, which takes a few seconds."""
    began = time.monotonic()
    while text not in look().page.locator("main").inner_text():
        assert time.monotonic() - began < PATIENCE_SECONDS, f"{text!r} is not found."


def finds(employee: Person, reference: str) -> Person:
    """Look a question up by its number."""
    employee.page.locator("#bar-search").fill(reference)
    employee.page.keyboard.press("Enter")
    expect(employee.page.locator(".question .number")).to_have_text(reference)
    return employee


def acts(employee: Person, action: str) -> Person:
    """Choose one of the things that can be done with the question on the screen."""
    place = employee.page.get_by_role("navigation", name=employee.word("What you can do"))
    name = re.compile(rf"^{re.escape(employee.word(action))}$")
    place.get_by_role("link", name=name).or_(place.get_by_role("button", name=name)).click()
    return employee


def is_offered(employee: Person, action: str) -> bool:
    """Say whether the screen offers this action."""
    employee.page.wait_for_load_state("domcontentloaded")
    place = employee.page.get_by_role("navigation", name=employee.word("What you can do"))
    name = re.compile(rf"^{re.escape(employee.word(action))}$")
    return place.get_by_role("link", name=name).or_(place.get_by_role("button", name=name)).count() > 0


def submits(employee: Person) -> Person:
    """Press the button of the form that is open."""
    employee.page.locator("#action button.button--primary").click()
    return employee


def follows(resident: Person, receipt: Receipt) -> Person:
    """Look how one's question stands, with number and code."""
    resident.opens("/volgen/")
    resident.fills("Number of your question", receipt.reference).fills("Your code", receipt.code)
    return resident.presses("Show my question").sees(receipt.reference)


def read_receipt(resident: Person) -> Receipt:
    """Read number and code from the receipt on the screen."""
    kept = resident.page.locator(".portal-facts--large dd")
    expect(kept).to_have_count(2)
    reference, code = kept.all_inner_texts()
    return Receipt(reference, code)
