"""Looking at a screen as people do who see little, use no mouse, or hold an old phone: axe, width, zoom, focus."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
ORDINARY = {"width": 1280, "height": 800}
SMALL_PHONE = {"width": 320, "height": 640}
ZOOMED_400 = {"width": 320, "height": 256}
"""A screen of 1280 by 1024 at 400 % shows this many CSS pixels (WCAG 1.4.10)."""
MOST_STOPS = 120

SIDEWAYS = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = Array.from(document.querySelectorAll("body *")).filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.right > room + 1;
    });
    return wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 140));
}"""

COVERED = """() => {
    const covering = Array.from(document.querySelectorAll("body *")).filter((element) => {
        const style = getComputedStyle(element);
        if (!["fixed", "sticky"].includes(style.position) || style.visibility === "hidden") return false;
        if (element.matches(":modal")) return false;
        const box = element.getBoundingClientRect();
        const height = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
        return box.width > innerWidth / 2 && height > innerHeight / 2;
    });
    return covering.map((element) => element.outerHTML.slice(0, 140));
}"""

AT_FOCUS = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    element.style.setProperty("transition", "none", "important");
    const look = () => {
        const all = [element, ...(element.labels || [])].map((each) => {
            const style = getComputedStyle(each);
            const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
            return [outlined && style.outlineColor + style.outlineWidth, style.boxShadow, style.borderColor,
                style.backgroundColor, style.textDecorationLine + style.textDecorationThickness].join("|");
        });
        return all.join("||");
    };
    const box = element.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const labelled = Array.from(element.labels || []).some((label) => label.contains(top));
    const uncovered = !top || element.contains(top) || top.contains(element) || labelled;
    const focused = look();
    const seen = element.dataset.stop !== undefined;
    element.dataset.stop = "";
    element.blur();
    const shown = look() !== focused;
    element.focus({ focusVisible: true, preventScroll: true });
    return { what: element.outerHTML.slice(0, 140), shown, uncovered, seen, size: box.width * box.height };
}"""


@cache
def _axe() -> str:
    assert AXE.exists(), "axe-core is not installed; `make assets` installs it."
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Let axe look at the screen as it is now; return what it finds, one line each."""
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(
        "async (rules) => (await axe.run(document, rules)).violations", AXE_RULES
    )
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: "
        + json.dumps([node["html"][:160] for node in each["nodes"]], ensure_ascii=False)
        for each in found
    ]


def does_not_fit(page: Page) -> dict[str, list[str]]:
    """Return what sticks out of a small phone, so that one would have to scroll sideways, and what is lost at 400 %."""
    _resize(page, SMALL_PHONE)
    on_phone: list[str] = page.evaluate(SIDEWAYS)
    _resize(page, ZOOMED_400)
    zoomed: list[str] = page.evaluate(SIDEWAYS) + page.evaluate(COVERED)
    _resize(page, ORDINARY)
    return {"at 320 pixels": on_phone, "at 400 %": zoomed}


def hidden_focus(page: Page) -> list[str]:
    """Walk through the page with Tab; return each stop of which one does not see that one is there."""
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }")
    lost = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(AT_FOCUS)
        if stop is None or stop["seen"]:
            break
        if not stop["shown"] or not stop["uncovered"]:
            lost.append(("not shown: " if not stop["shown"] else "covered: ") + stop["what"])
    return lost


def _resize(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]  # it takes this very dict
