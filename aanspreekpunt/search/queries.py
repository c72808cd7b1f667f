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
_WEIGHTS = {"note": 0.95, "team": 0.7, "person": 0.7}
"""Who asks about a subject wants its answer before the people who know about it."""
_FAR_LESS = 0.4
"""A find with less than this share of the best score is no help."""
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
    """Return the answers that fit a story; with a product first all about it, the fitting ones before others."""
    shelf = current_shelf()
    if not text.strip():
        return Results(tuple(answers_about(product_key, limit=limit)), "unsure")
    asked = Facets(kinds=frozenset({"answer", "note"}))
    found = _search(shelf, shelf.staff, text, facets=asked, limit=2 * limit, typing=True, is_story=True)
    if not product_key:
        return replace(found, results=found.results[:limit])
    fitting = sorted(found.results, key=lambda each: product_key not in each.products)
    others = [each for each in answers_about(product_key) if each.key not in {fit.key for fit in fitting}]
    about = sum(product_key in each.products for each in fitting)
    return replace(found, results=(*fitting[:about], *others, *fitting[about:])[:limit])


def answers_about(product_key: str, *, limit: int = 20) -> list[Result]:
    """Return the published answers about a product, those that settled most questions first."""
    shelf = current_shelf()
    about = (each for each in shelf.public.documents if each.kind == "answer" and product_key in each.products)
    dutch = sorted((each for each in about if each.language == "nl"), key=lambda each: (-each.settled, each.title))
    return [result_of(Hit(each, 0.0, ()), _as_shown(shelf, each)) for each in dutch[:limit]]


def _search(
    shelf: Shelf, index: Index, text: str, *, facets: Facets, limit: int, typing: bool, is_story: bool = False
) -> Results:
    """Return the finds, each thing once. When nothing fits there are none: no list of guesses.

    A story has many words that no answer has; there the few that fit some of it are worth a look.
    """
    found = index.search(text, limit=limit * _SPARE, facets=facets, typing=typing)
    if found.certainty == "nothing" and not is_story:
        return Results((), found.certainty, was_cut=found.was_cut)
    hits = _worth_showing(found.hits)[:limit]
    return Results(
        results=tuple(result_of(hit, _as_shown(shelf, hit.document)) for hit in hits),
        certainty=found.certainty,
        read_as=tuple((reading.typed, reading.taken_as) for reading in found.readings),
        was_cut=found.was_cut,
    )


def _worth_showing(hits: tuple[Hit, ...]) -> list[Hit]:
    """Return each thing once, best first, without what fits only by letters or far less than the best one does."""
    weighed = sorted((-hit.score * _WEIGHTS.get(hit.document.kind, 1.0), place) for place, hit in enumerate(hits))
    once: dict[tuple[str, str], Hit] = {}
    for score, place in weighed:
        if hits[place].why and score <= weighed[0][0] * _FAR_LESS:
            once.setdefault(kind_and_key(hits[place].document), hits[place])
    return list(once.values())


def _as_shown(shelf: Shelf, document: Document) -> Document:
    """Return the document of the same thing in the language of the screen, where there is one."""
    kind, key, _language = document.id.split(":")
    kind = "answer" if kind == "note" else kind
    for language in dict.fromkeys(["en" if get_language() == "en" else "nl", "nl"]):
        shown = shelf.by_id.get(f"{kind}:{key}:{language}")
        if shown is not None:
            return shown
    return document
