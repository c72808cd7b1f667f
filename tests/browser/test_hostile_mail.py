"""Hostile HTML made safe, in a real browser that would run and fetch everything: the cleaning has to hold by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.intake.channels.email.reading import safe_html
from aanspreekpunt.intake.channels.email.reading.tests.test_html import PIECES

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser.person import People

PAGE = """<!doctype html><title>calm</title><body>
<script>window.hits = []; function pwn(how) { window.hits.push(String(how)); }
window.alert = window.prompt = window.confirm = window.open = pwn;</script><div id="mail">[mail]</div></body>"""
PROD = """() => {
  for (const each of document.querySelectorAll("#mail *")) {
    for (const name of ["mouseover", "focus", "click", "toggle", "animationend", "transitionend", "error", "load"]) {
      each.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
    }
  }
  return window.hits.length;
}"""


class Victim:
    """A page without any protection, that notes what runs in it and what it wants to fetch."""

    def __init__(self, page: Page) -> None:
        self.page, self.fetched = page, list[str]()
        page.route("**", self._refuse)

    def _refuse(self, route: Route) -> None:
        self.fetched.append(route.request.url)
        route.abort()

    def is_hurt_by(self, html: str) -> bool:
        """Show this, prod every element of it, and say whether anything ran, was fetched or went elsewhere."""
        self.fetched.clear()
        self.page.set_content(PAGE.replace("[mail]", html))
        hits = self.page.evaluate(PROD)
        self.page.evaluate("() => new Promise(requestAnimationFrame)")
        return bool(hits or self.fetched or self.page.title() != "calm" or self.page.url != "about:blank")


@pytest.fixture
def victim(people: People) -> Victim:
    return Victim(people.resident("Karel").expects(".*").page)


def test_nothing_runs_and_nothing_is_fetched(victim: Victim) -> None:
    assert [piece for piece in PIECES if victim.is_hurt_by(safe_html(piece))] == []


@pytest.mark.parametrize(
    "piece", ["<script>pwn()</script>", "<p onclick=pwn()>x</p>", "<img src='https://out.example/a.png'>"]
)
def test_the_browser_would_have_been_hurt(victim: Victim, piece: str) -> None:
    assert victim.is_hurt_by(piece)
