"""The one search of desk and portal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from aanspreekpunt.knowledge.finding.documents import EVERYTHING, Facets
from aanspreekpunt.knowledge.finding.found import Hit
from aanspreekpunt.search.results import Result, Results, kind_and_key, result_of
from aanspreekpunt.search.shelf import current_shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aanspreekpunt.knowledge.finding.documents import Document
    from aanspreekpunt.knowledge.finding.found import Found
    from aanspreekpunt.knowledge.finding.index import Index
    from aanspreekpunt.search.shelf import Shelf

STAFF_ONLY_KINDS = frozenset({"note", "team", "person"})
_ANSWERS = Facets(kinds=frozenset({"answer", "note"}))
_SUREST_FIRST = ("good", "unsure", "nothing")
_WEIGHTS = {"note": 0.95, "team": 0.7, "person": 0.7}
"""Who asks about a subject wants its answer before the people who know about it."""
_WEIGHT_OF_DOUBT = {"good": 1.0, "unsure": 0.6, "nothing": 0.3}
"""What a find weighs by how sure its index is: scores of two indexes do not compare by themselves."""
_BY_AN_ANSWER, _HALF_AS_GOOD = 0.9, 0.5
"""What an answer says for its product, and what a product must be worth beside the best one to be proposed."""
_FAR_LESS = 0.4
"""A find with less than this share of the best score is no help."""
_SPARE = 3
"""A thing may be found in two languages and by its note: so many finds per result that is shown."""
_turn = Lock()


def search_public(
    text: str, *, limit: int = 10, kinds: Iterable[str] = (), audience: str = "", typing: bool = False
) -> Results:
    """Return what a resident finds: published answers, products and forms. No query while the shelf is fresh."""
    shelf, facets = current_shelf(), Facets(kinds=frozenset(kinds), audience=frozenset(filter(None, [audience])))

    def search(text: str) -> Results:
        return _shown(shelf, [_found(shelf.public, text, facets, limit=limit * _SPARE, typing=typing)], limit=limit)

    return shelf.remembered.find(text, asked=(facets, limit, typing, get_language()), search=search)


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
        kinds=frozenset(kinds),
        products=frozenset(filter(None, [product_key])),
        teams=frozenset(filter(None, [team_key])),
        audience=frozenset(filter(None, [audience])),
    )
    shelf = current_shelf()
    return _shown(shelf, _both(shelf, text, facets=asked, limit=limit * _SPARE, typing=typing), limit=limit)


@dataclass(frozen=True, slots=True)
class StoryFinds:
    """What fits a story: answers, and the keys of the products it is probably about."""

    answers: Results
    products: tuple[str, ...] = ()


def finds_for_story(text: str, *, product_key: str = "", limit: int = 8, products: int = 3) -> StoryFinds:
    """Return the answers that fit a story, and at most so many `products` it is probably about.

    With a product first come all answers about it, the fitting ones before others. A story has many words that no
    answer has: even the few that fit some of it are worth a look. Read and scored once for answers and products alike.
    """
    shelf = current_shelf()
    if not text.strip():
        return StoryFinds(Results(tuple(answers_about(product_key, limit=limit)), "unsure"))
    each = 2 * _SPARE
    asked = [(_ANSWERS, each * limit), *([(EVERYTHING, each * products)] if products else [])]
    public, *named = _found_each(shelf.public, text, asked, typing=True)
    notes = _found(shelf.staff_only, text, _ANSWERS, limit=each * limit, typing=True)
    found = _shown(shelf, [public, notes], limit=2 * limit, is_story=True)
    keys = tuple(key for everything in named for key in _products_named(everything)[:products])
    if not product_key:
        return StoryFinds(replace(found, results=found.results[:limit]), keys)
    fitting = sorted(found.results, key=lambda each: product_key not in each.products)
    others = [each for each in answers_about(product_key) if each.key not in {fit.key for fit in fitting}]
    about = sum(product_key in each.products for each in fitting)
    return StoryFinds(replace(found, results=(*fitting[:about], *others, *fitting[about:])[:limit]), keys)


def answers_for_story(text: str, *, product_key: str = "", limit: int = 8) -> Results:
    """Return the answers that fit a story, with a product first all about it."""
    return finds_for_story(text, product_key=product_key, limit=limit, products=0).answers


def _products_named(found: Found) -> list[str]:
    """Return the products that finds are about by their names, not their bodies alone; likeliest first."""
    worth: dict[str, float] = {}
    for hit in found.hits:
        is_named = any(place != "body" for match in hit.why for place in match.places)
        for key in hit.document.products if is_named else ():
            share = hit.score * (_BY_AN_ANSWER if hit.document.kind == "answer" else 1.0)
            worth[key] = max(worth.get(key, 0.0), share)
    least = _HALF_AS_GOOD * max(worth.values(), default=0.0)
    return [key for key in sorted(worth, key=lambda key: -worth[key]) if worth[key] >= least]


def answers_about(product_key: str, *, limit: int = 20) -> list[Result]:
    """Return the published answers about a product, those that settled most questions first."""
    shelf = current_shelf()
    return [result_of(Hit(each, 0.0, ()), _as_shown(shelf, each)) for each in shelf.about.get(product_key, ())[:limit]]


def _both(shelf: Shelf, text: str, *, facets: Facets, limit: int, typing: bool) -> list[Found]:
    """Search in what is public and in what only staff sees, where the kinds asked for can be in it."""
    kinds = facets.kinds
    indexes = [shelf.public] if not kinds or kinds - STAFF_ONLY_KINDS else []
    indexes += [shelf.staff_only] if not kinds or kinds & STAFF_ONLY_KINDS else []
    return [_found(index, text, facets, limit=limit, typing=typing) for index in indexes]


def _found(index: Index, text: str, facets: Facets, *, limit: int, typing: bool) -> Found:
    return _found_each(index, text, [(facets, limit)], typing=typing)[0]


def _found_each(index: Index, text: str, asked: list[tuple[Facets, int]], *, typing: bool) -> list[Found]:
    """Search, one at a time in each process: in turns by the millisecond, all of them would be done last."""
    with _turn:
        return index.search_each(text, asked, typing=typing)


def _shown(shelf: Shelf, founds: list[Found], *, limit: int, is_story: bool = False) -> Results:
    """Return the finds, each thing once. When nothing fits there are none: no list of guesses."""
    kept = [found for found in founds if is_story or found.certainty != "nothing"]
    surest = min(founds, key=lambda found: _SUREST_FIRST.index(found.certainty))
    return Results(
        results=tuple(result_of(hit, _as_shown(shelf, hit.document)) for hit in _worth_showing(kept)[:limit]),
        certainty=surest.certainty,
        read_as=tuple(dict.fromkeys((reading.typed, reading.taken_as) for found in kept for reading in found.readings)),
        was_cut=surest.was_cut,
    )


def _worth_showing(founds: list[Found]) -> list[Hit]:
    """Return each thing once, best first, without what fits only by letters or far less than the best one does."""
    weighed = sorted(
        (
            (hit.score / found.hits[0].score * _WEIGHT_OF_DOUBT[found.certainty] * _weight(hit), hit)
            for found in founds
            for hit in found.hits
            if hit.why and found.hits[0].score > 0
        ),
        key=lambda each: -each[0],
    )
    once: dict[tuple[str, str], Hit] = {}
    for weight, hit in weighed:
        if weight >= weighed[0][0] * _FAR_LESS:
            once.setdefault(kind_and_key(hit.document), hit)
    return list(once.values())


def _weight(hit: Hit) -> float:
    return _WEIGHTS.get(hit.document.kind, 1.0)


def _as_shown(shelf: Shelf, document: Document) -> Document:
    """Return the document of the same thing in the language of the screen, where there is one."""
    kind, key, _language = document.id.split(":")
    kind = "answer" if kind == "note" else kind
    for language in dict.fromkeys(["en" if get_language() == "en" else "nl", "nl"]):
        shown = shelf.by_id.get(f"{kind}:{key}:{language}")
        if shown is not None:
            return shown
    return document
