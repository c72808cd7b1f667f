"""Every screen, in every state: for a screen reader, on a small phone, at 400 %, by keyboard."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from tests.browser import desk_screens, portal_screens
from tests.browser.looking import hidden_focus, lost_at_400_percent, violations, wider_than_a_phone
from tests.browser.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.urls import URLResolver

    from tests.browser.person import People
    from tests.browser.town import Town

SCREENS = desk_screens.SCREENS | portal_screens.SCREENS
WITHOUT_SCREEN = desk_screens.WITHOUT_SCREEN | portal_screens.WITHOUT_SCREEN

shown: set[str] = set()
"""The screens looked at in this run."""

titles: dict[str, set[str]] = defaultdict(set)
"""The titles of what was visited, by the name of its address."""


@pytest.mark.parametrize("name", SCREENS)
def test_anybody_can_use_the_screen(name: str, people: People, town: Town) -> None:
    person = SCREENS[name](Stage(people, town))
    page = person.page
    page.wait_for_load_state("networkidle") if "htmx" in page.content() else page.wait_for_load_state()
    shown.add(name)
    is_new = _note_visit(urlsplit(page.url).path, page.title())
    found = {
        "axe": violations(page),
        "at 320 pixels": wider_than_a_phone(page),
        "at 400 %": lost_at_400_percent(page),
        "focus": hidden_focus(page) if is_new else [],
    }
    assert {kind: each for kind, each in found.items() if each} == {}


def test_every_address_was_visited_or_has_nothing_to_look_at() -> None:
    if shown != set(SCREENS):
        pytest.skip("not all screens were looked at in this run")
    names = set(_names_below(get_resolver().url_patterns, ""))
    assert names - set(titles) - set(WITHOUT_SCREEN) == set()
    assert set(WITHOUT_SCREEN) <= names


def test_each_page_has_a_title_of_its_own() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for name, seen in titles.items():
        for title in seen:
            owners[title].add(name)
    assert {title: names for title, names in owners.items() if len(names) > 1} == {}


def _note_visit(path: str, title: str) -> bool:
    """Note what was visited; say whether its address was new, because walking through all of it takes time."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return False
    is_new = name not in titles
    titles[name].add(title)
    return is_new


def _names_below(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
    for each in patterns:
        if not isinstance(each, URLPattern):
            yield from _names_below(each.url_patterns, each.namespace or "")
        elif namespace in {"desk", "portal"}:
            yield f"{namespace}:{each.name}"
