"""A person behind a screen: a browser window of his own, watched for anything that goes wrong in it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.utils import translation
from playwright.sync_api import Error, expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Locator,
        LocatorAssertions,
        Page,
        Request,
        Response,
        Route,
        StorageState,
    )

    from aanspreekpunt.organisation.models import Employee

PATIENCE_MS = 30_000
LOOK_EVERY_MS = 20
SERVER_ERROR = 500
DESK = "/desk/"


class HeldBack:
    """What a page asks of an address, held back until it is let go: a slow line, and no clock."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self._routes: list[Route] = []
        self._is_let_go = False
        page.route(address, self._hold)

    def wait(self) -> HeldBack:
        """Wait until something is held."""
        for _ in range(PATIENCE_MS // LOOK_EVERY_MS):
            if self._routes:
                return self
            self.page.wait_for_timeout(LOOK_EVERY_MS)
        raise AssertionError(f"Nothing was asked of {self.address}.")

    def let_go(self) -> None:
        """Let it come after all, and all that follows."""
        self._is_let_go = True
        for route in self._routes:
            route.continue_()

    def _hold(self, route: Route) -> None:
        if self._is_let_go:
            route.continue_()
        else:
            self._routes.append(route)


class Person:
    """Somebody with a browser. `page` is his window; what goes wrong in it is collected in `wrongs`."""

    def __init__(self, name: str, context: BrowserContext, *, url: str, language: str = "nl") -> None:
        self.name = name
        self.language = language
        self.context = context
        self.url = url
        self.wrongs: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self._note(f"script error: {error.error}"))
        context.on("request", self._look_where_to)
        context.on("response", self._look_at_answer)
        self.page: Page = context.new_page()

    def word(self, text: str, **values: str) -> str:
        """Return words of ours, given in English as in the code, in the language of this person's screen."""
        with translation.override(self.language):
            found = translation.gettext(text)
        return found % values if values else found

    # What he does.

    def opens(self, path: str) -> Person:
        """Go to an address of ours."""
        self.page.goto(path if path.startswith("http") else f"{self.url}{path}")
        return self

    def fills(self, label: str, text: str) -> Person:
        """Type `text` in the field with this label."""
        self.field(label).fill(text)
        return self

    def chooses(self, label: str) -> Person:
        """Check the choice with this label."""
        self.field(label).check()
        return self

    def selects(self, label: str, option: str) -> Person:
        """Choose the option that begins with `option` in the list with this label."""
        field = self.field(label)
        wanted = re.compile(rf"^\s*{re.escape(self.word(option))}")
        expect(field.locator("option", has_text=wanted)).not_to_have_count(0)
        options = field.locator("option").all_inner_texts()
        field.select_option(index=next(n for n, text in enumerate(options) if wanted.match(text)))
        return self

    def presses(self, name: str) -> Person:
        """Press the button with this name."""
        self.button(name).click()
        return self

    def turns_english(self) -> Person:
        """Choose English, and wait until the screen is: who goes on at once may go on in Dutch."""
        self.page.get_by_role("button", name="English").click()
        expect(self.page.locator("html")).to_have_attribute("lang", "en")
        self.language = "en"
        return self

    def follows(self, name: str) -> Person:
        """Follow the link with this name."""
        self.link(name).click()
        return self

    def types(self, *keys: str) -> Person:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def field(self, label: str) -> Locator:
        """Find a field by the beginning of its label; what is said behind it, such as "not required", may follow."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(self.word(label))}")).first

    def button(self, name: str) -> Locator:
        """Find a button by its name."""
        return self.page.get_by_role("button", name=self.word(name), exact=True).first

    def link(self, name: str) -> Locator:
        """Find a link that has this in its name."""
        return self.page.get_by_role("link", name=self.word(name)).first

    # What he sees.

    def sees(self, *texts: str) -> Person:
        """Wait until each of `texts` stands on the screen."""
        for text in texts:
            self._body(text).to_contain_text(self.word(text), use_inner_text=True, ignore_case=True)
        return self

    def does_not_see(self, *texts: str) -> Person:
        """Make sure none of `texts` stands on the screen."""
        for text in texts:
            self._body(f"not {text}").not_to_contain_text(self.word(text), use_inner_text=True, ignore_case=True)
        return self

    @property
    def text(self) -> str:
        """All text on the screen, once all of it is there."""
        self.page.wait_for_load_state("domcontentloaded")
        return self.page.locator("body").inner_text()

    def sees_soon(self, text: str) -> Person:
        """Wait until `text` stands on a screen that looks every few seconds whether something is new."""
        self._body(text).to_contain_text(text, use_inner_text=True, timeout=2 * PATIENCE_MS)
        return self

    def _body(self, what: str) -> LocatorAssertions:
        return expect(self.page.locator("body"), f"{self.name} sees {what!r}")

    # What is looked after.

    def expects(self, pattern: str) -> Person:
        """Let what matches `pattern` not count as something wrong."""
        self._expected.append(re.compile(pattern))
        return self

    def _note(self, what: str) -> None:
        if not any(pattern.search(what) for pattern in self._expected):
            self.wrongs.append(f"{self.name}: {what}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _look_where_to(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:", "about:")):
            self._note(f"request to somebody else: {request.url}")

    def _look_at_answer(self, response: Response) -> None:
        if response.status >= SERVER_ERROR:
            self._note(f"{response.status} from {response.url}")

    def take_picture(self, path: Path) -> None:
        """Keep what the screen looks like now."""
        with suppress(Error):  # a window that was closed has no picture
            self.page.screenshot(path=path, full_page=True)


class People:
    """Everybody in one journey."""

    def __init__(self, browser: Browser, *, url: str, logins: dict[str, StorageState]) -> None:
        self.browser = browser
        self.url = url
        self.logins = logins
        self.present: list[Person] = []

    def resident(self, name: str = "Karel", **window: Any) -> Person:
        """Let somebody in from the street; `window` is as in Playwright's `new_context`."""
        return self._enter(name, **window)

    def staff(self, employee: Employee, *, at: str = DESK, remembered: bool = True, **window: Any) -> Person:
        """Let an employee in, who logs in when nobody remembers him, and goes to an address of the desk."""
        if remembered and employee.email in self.logins:
            return self._enter(employee.name, storage_state=self.logins[employee.email], **window).opens(at)
        person = self._enter(employee.name, **window)
        self.log_in(person, employee)
        if remembered:
            self.logins[employee.email] = person.context.storage_state()
        return person if at == DESK else person.opens(at)

    def log_in(self, person: Person, employee: Employee) -> None:
        """Log in as anyone does: with e-mail and password."""
        if "/desk/" not in person.page.url:
            person.opens(DESK)
        person.fills("E-mail", employee.email).fills("Password", employee.name.lower()).presses("Log in")
        expect(person.page.locator("input[type=password]")).to_have_count(0)

    @property
    def wrongs(self) -> list[str]:
        """What went wrong on anybody's screen."""
        return [wrong for person in self.present for wrong in person.wrongs]

    def take_pictures(self, directory: Path, name: str) -> None:
        """Keep what everybody's screen looks like."""
        directory.mkdir(parents=True, exist_ok=True)
        for number, person in enumerate(self.present, start=1):
            person.take_picture(directory / f"{name}-{number}-{person.name}.png")

    def leave(self) -> None:
        """Close all windows."""
        for person in self.present:
            person.context.close()

    def _enter(self, name: str, *, language: str = "nl", **window: Any) -> Person:
        options = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", **window}
        person = Person(name, self.browser.new_context(**options), url=self.url, language=language)
        self.present.append(person)
        return person
