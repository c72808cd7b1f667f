"""The one search of desk and portal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from aanspreekpunt.knowledge.finding.documents import Facets
from aanspreekpunt.knowledge.finding.found import Hit
from aanspreekpunt.search.results import Result, Results, kind_and_key, result_of
from aanspreekpunt.search.shelf import current_shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aanspreekpunt.knowledge.finding.documents import Document
    from aanspreekpunt.knowledge.finding.index import Index
    from aanspreekpunt.search.shelf import Shelf

PUBLIC_KINDS = frozenset({"answer", "product", "form"})
STAFF_KINDS = PUBLIC_KINDS | {"note", "team", "person"}
_SPARE = 3
"""A thing may be found in two languages and by its note: so many finds per result that is shown."""


def search_public(
    text: str, *, limit: int = 10, kinds: Iterable[str] = (), audience: str = "", typing: bool = False
) -> Results:
    """Return what a resident finds: published answers, products and forms. No query while the shelf is fresh."""
    asked = Facets(kinds=frozenset(kinds) or PUBLIC_KINDS, audience=frozenset(filter(None, [audience])))
    shelf = current_shelf()
    return _search(shelf, shelf.public, text, facets=asked, limit=limit, typing=typing)


def search_for_staff(
    text: str,
    *,
    limit: int = 10,
    kinds: Iterable[str] = (),
    product_key: str = "",
    team_key: str = "",
    audience: str = "",
    typing: bool = False,
) -> Results:
    """Return what somebody at work finds: also notes for the desk, teams and colleagues."""
    asked = Facets(
        kinds=frozenset(kinds) or STAFF_KINDS,
        products=frozenset(filter(None, [product_key])),
        teams=frozenset(filter(None, [team_key])),
        audience=frozenset(filter(None, [audience])),
    )
    shelf = current_shelf()
    return _search(shelf, shelf.staff, text, facets=asked, limit=limit, typing=typing)


def answers_for_story(text: str, *, product_key: str = "", limit: int = 8) -> Results:
    """Return the answers that fit a story, those about the product before others; without a story all about it."""
    shelf = current_shelf()
    if not text.strip():
        return Results(tuple(answers_about(product_key, limit=limit)), "unsure")
    asked = Facets(kinds=frozenset({"answer", "note"}))
    found = _search(shelf, shelf.staff, text, facets=asked, limit=2 * limit, typing=True)
    about = sorted(found.results, key=lambda each: product_key not in each.products) if product_key else found.results
    return replace(found, results=tuple(about)[:limit])


def answers_about(product_key: str, *, limit: int = 20) -> list[Result]:
    """Return the published answers about a product, those that settled most questions first."""
    shelf = current_shelf()
    about = (each for each in shelf.public.documents if each.kind == "answer" and product_key in each.products)
    dutch = sorted((each for each in about if each.language == "nl"), key=lambda each: (-each.settled, each.title))
    return [result_of(Hit(each, 0.0, ()), _as_shown(shelf, each)) for each in dutch[:limit]]


def _search(shelf: Shelf, index: Index, text: str, *, facets: Facets, limit: int, typing: bool) -> Results:
    """Return the finds, each thing once. When nothing fits there are none: no list of guesses."""
    found = index.search(text, limit=limit * _SPARE, facets=facets, typing=typing)
    if found.certainty == "nothing":
        return Results((), found.certainty, was_cut=found.was_cut)
    once: dict[tuple[str, str], Hit] = {}
    for hit in found.hits:
        once.setdefault(kind_and_key(hit.document), hit)
    hits = list(once.values())[:limit]
    return Results(
        results=tuple(result_of(hit, _as_shown(shelf, hit.document)) for hit in hits),
        certainty=found.certainty,
        read_as=tuple((reading.typed, reading.taken_as) for reading in found.readings),
        was_cut=found.was_cut,
    )


def _as_shown(shelf: Shelf, document: Document) -> Document:
    """Return the document of the same thing in the language of the screen, where there is one."""
    kind, key, _language = document.id.split(":")
    kind = "answer" if kind == "note" else kind
    for language in dict.fromkeys(["en" if get_language() == "en" else "nl", "nl"]):
        shown = shelf.by_id.get(f"{kind}:{key}:{language}")
        if shown is not None:
            return shown
    return document
