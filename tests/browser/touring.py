"""A tour along every screen of one side: for a screen reader, on a small phone, at 400 %, by keyboard."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from tests.browser.looking import does_not_fit, hidden_focus, violations
from tests.browser.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.urls import URLResolver

    from tests.browser.person import People, Person
    from tests.browser.town import Town

PLACE = settings.DATA_DIR / "titles"


@dataclass(frozen=True)
class Tour:
    """Which screens there are on this side, which were shown in this run, and the titles of what was visited."""

    side: str
    """The namespace of its addresses."""
    screens: Mapping[str, Callable[[Stage], Person]]
    without_screen: Mapping[str, str]
    shown: set[str] = field(default_factory=set)
    titles: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By the name of the address."""

    def problems(self, name: str, people: People, town: Town) -> dict[str, list[str]]:
        """Go to a screen and look at it in every way; return what is wrong with it."""
        page = self.screens[name](Stage(people, town)).page
        page.wait_for_load_state("networkidle") if "htmx" in page.content() else page.wait_for_load_state()
        self.shown.add(name)
        is_new = self._note_visit(urlsplit(page.url).path, page.title())
        found = {"axe": violations(page), **does_not_fit(page), "focus": hidden_focus(page) if is_new else []}
        return {kind: each for kind, each in found.items() if each}

    @property
    def is_complete(self) -> bool:
        """Say whether all screens were looked at in this run."""
        return self.shown == set(self.screens)

    def addresses(self) -> set[str]:
        """Return the names of all addresses of this side."""
        return {name for name in _names_below(get_resolver().url_patterns, "") if name.startswith(f"{self.side}:")}

    def shared_titles(self, run: str) -> dict[str, set[str]]:
        """Return titles that several addresses have; those of the other side too, when that tour was before."""
        PLACE.mkdir(parents=True, exist_ok=True)
        for old in PLACE.iterdir():
            if not old.name.startswith(run):
                old.unlink(missing_ok=True)
        mine = {name: sorted(titles) for name, titles in self.titles.items()}
        (PLACE / f"{run}-{self.side}").write_text(json.dumps(mine), encoding="utf-8")
        owners: dict[str, set[str]] = defaultdict(set)
        for place in PLACE.glob(f"{run}-*"):
            for name, titles in json.loads(place.read_text(encoding="utf-8")).items():
                for title in titles:
                    owners[title].add(name)
        return {title: names for title, names in owners.items() if len(names) > 1}

    def _note_visit(self, path: str, title: str) -> bool:
        """Note what was visited; say whether its address was new, because walking through all of it takes time."""
        try:
            name = resolve(path).view_name
        except Resolver404:
            return False
        is_new = name not in self.titles
        self.titles[name].add(title)
        return is_new


def _names_below(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{namespace}:{each.name}"
        else:
            yield from _names_below(each.url_patterns, each.namespace or "")
