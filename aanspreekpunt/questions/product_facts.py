"""What one should know about a product before asking for it, with the local values of today filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from aanspreekpunt.knowledge.queries.values import fill_in_texts

if TYPE_CHECKING:
    from datetime import date

    from aanspreekpunt.catalogue.models import Product


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """Costs, what to bring, the steps, and where to go when it belongs to another body; `offer` is for staff only.

    A text that needs a value which says nothing today is left out: better nothing than a hole.
    """

    costs: str = ""
    bring: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    refer_text: str = ""
    offer: str = ""

    @property
    def are_there(self) -> bool:
        """Whether there is anything to say beside where to go."""
        return bool(self.costs or self.bring or self.steps)


def facts_of(product: Product, *, language: str = "", on: date) -> ProductFacts:
    """Return what to know about `product` on a day, in `language` (that of the screen when empty).

    One query when local values stand in it, and none otherwise.
    """
    is_english = (language or get_language()) == "en"
    body: dict[str, Any] = product.refer_to or {}
    costs = _chosen(product.costs, product.costs_en, is_english=is_english)
    bring = _chosen(product.bring, product.bring_en, is_english=is_english)
    steps = _chosen(product.steps, product.steps_en, is_english=is_english)
    refer_text = _chosen(body.get("text", ""), body.get("text_en", ""), is_english=is_english)
    offer = _chosen(body.get("offer", ""), body.get("offer_en", ""), is_english=is_english)
    texts = [costs, refer_text, offer, *bring, *steps]
    filled = fill_in_texts(texts, language="en" if is_english else "nl", on=on)
    lists = filled[3:]
    return ProductFacts(
        costs=filled[0],
        refer_text=filled[1],
        offer=filled[2],
        bring=tuple(line for line in lists[: len(bring)] if line),
        steps=tuple(line for line in lists[len(bring) :] if line),
    )


def _chosen(dutch: Any, english: Any, *, is_english: bool) -> Any:
    """Return the English text when it is wanted and there, else the Dutch one."""
    return english if is_english and english else dutch
