"""What the search finds for people in the demo: each text is searched once, however many people type it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from aanspreekpunt.search.queries import answers_for_story, search_for_staff, search_public

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.search.results import Result, Results


class Finds:
    """Everything that was found so far; only as long as no answer changes."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Results] = {}

    def on_website(self, text: str) -> Results:
        """Return what a resident finds."""
        return self._remembered("portal", text, search_public)

    def at_desk(self, text: str) -> Results:
        """Return what somebody at work finds."""
        return self._remembered("desk", text, search_for_staff)

    def answer_about(self, product: Product, story: str) -> Result | None:
        """Return the answer that an agent would give to this story, if there is one about the product."""
        found = self._remembered(product.key, story, partial(answers_for_story, product_key=product.key))
        return next((each for each in found.results if product.key in each.products), None)

    def _remembered(self, place: str, text: str, search: Callable[[str], Results]) -> Results:
        if (place, text) not in self._found:
            self._found[place, text] = search(text)
        return self._found[place, text]
