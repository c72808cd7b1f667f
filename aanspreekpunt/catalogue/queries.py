"""Reading products: all of them to choose from, and those somebody may mean by a few words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.db.models.functions import Length
from django.utils.translation import get_language

from aanspreekpunt.catalogue.models import Product, UplName
from aanspreekpunt.common.folding import fold
from aanspreekpunt.common.remembering import forget, recall, remember

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BEGINS, EVERYDAY, WORDS = 4, 3, 2
NEAR = 0.75
"""How much of a name has to be alike to be meant, from 0 to 1, as difflib counts."""


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """A product as one chooses it; `phrases` are all its names, folded, the Dutch one first."""

    key: str
    name: str
    name_en: str
    team_name: str
    team_name_en: str
    channels: tuple[str, ...]
    phrases: tuple[str, ...]

    @property
    def shown_name(self) -> str:
        """The name in the language of the screen."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def shown_team_name(self) -> str:
        """The name of the team that answers it, in the language of the screen."""
        return self.team_name_en if self.team_name_en and get_language() == "en" else self.team_name


def products_for_choice() -> list[ProductChoice]:
    """Return all active products by name. Remembered for some seconds."""
    found: list[ProductChoice] | None = recall("products_for_choice")
    if found is None:
        products = Product.objects.filter(is_active=True).select_related("team").order_by("name")
        found = [_choice(product) for product in products.defer("form", "refer_to", "description", "description_en")]
        remember("products_for_choice", found)
    return found


def forget_products() -> None:
    """Read the products afresh from now on in this process."""
    forget()


def search_products(text: str, *, limit: int = 8) -> list[ProductChoice]:
    """Return the products whose names fit what is typed, best first; each word may be the beginning of one."""
    words = fold(text).split()
    if not words:
        return []
    ranked = ((_rank(choice, words), choice) for choice in products_for_choice())
    return _best(ranked, limit)


def product_named(key: str) -> Product | None:
    """Return the active product with this key, with its team. Remembered for some seconds."""
    found: Product | None = recall(f"product:{key}") if key else None
    if key and found is None:
        found = Product.objects.filter(key=key, is_active=True).select_related("team").first()
        if found is not None:  # whatever else is asked for is no reason to remember it
            remember(f"product:{key}", found)
    return found


def _choice(product: Product) -> ProductChoice:
    names = [product.name, *product.everyday_names, product.name_en, product.upl_name]
    return ProductChoice(
        key=product.key,
        name=product.name,
        name_en=product.name_en,
        team_name=product.team.name,
        team_name_en=product.team.name_en,
        channels=tuple(product.channels),
        phrases=tuple(fold(name) for name in names if name),
    )


def _best(ranked: Iterable[tuple[int, ProductChoice]], limit: int) -> list[ProductChoice]:
    fitting = sorted((-rank, choice.name, choice) for rank, choice in ranked if rank)
    return [choice for *_, choice in fitting[:limit]]


def _rank(choice: ProductChoice, words: list[str]) -> int:
    """Say how well a product fits what is typed as its name; 0 is not at all."""
    typed = " ".join(words)
    if choice.phrases[0].startswith(typed):
        return BEGINS
    if any(phrase.startswith(typed) for phrase in choice.phrases):
        return EVERYDAY
    own = [word for phrase in choice.phrases for word in phrase.split()]
    return WORDS if all(any(each.startswith(word) for each in own) for word in words) else 0


def upl_names() -> dict[str, str]:
    """Return every name of the Uniforme Productnamenlijst with its web address."""
    return dict(UplName.objects.filter(is_listed=True).values_list("name", "uri"))


def upl_names_like(typed: Iterable[str], *, limit: int = 3) -> dict[str, tuple[str, ...]]:
    """Return for each name as typed the listed name it is, whatever its capitals and accents, or else the nearest.

    A name that is on the list, letter by letter, is left out; one that looks like nothing has none. One query.
    """
    wanted = list(typed)
    listed = upl_names() if wanted else {}
    if not listed:  # nobody brought the list in yet, so nothing can be said of names
        return {}
    by_fold = {fold(name): name for name in listed}
    return {name: _nearest(fold(name), by_fold, limit) for name in wanted if name not in listed}


def _nearest(typed: str, by_fold: Mapping[str, str], limit: int) -> tuple[str, ...]:
    if typed in by_fold:
        return (by_fold[typed],)
    alike = get_close_matches(typed, by_fold, n=limit, cutoff=NEAR)
    return tuple(by_fold[name] for name in alike)


def is_same_upl_name(typed: str, name: str) -> bool:
    """Say whether two names differ in capitals, accents and signs only."""
    return fold(typed) == fold(name)


def search_upl(text: str, *, municipal_first: bool = True, limit: int = 20) -> list[UplName]:
    """Return the listed names in which each of the words begins a word, shortest first; without words, the first ones.

    With `municipal_first` those that only other bodies have come after those of municipalities.
    """
    found = UplName.objects.filter(is_listed=True)
    for word in fold(text).split():
        found = found.filter(name__iregex=rf"\m{re.escape(word)}")
    order = ["-is_municipal"] if municipal_first else []
    return list(found.order_by(*order, Length("name"), "name")[:limit])
