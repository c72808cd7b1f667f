"""What can be found: answers, products, teams and people, each as a document of plain words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.knowledge.finding.documents import Document
from aanspreekpunt.knowledge.queries.answers import published_on
from aanspreekpunt.knowledge.queries.uses import learned_by_answers, settled_by_answers
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.rendering import as_text
from aanspreekpunt.knowledge.rules.values import fill_in, fill_in_plain
from aanspreekpunt.organisation.models import Employee, Membership, Team

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from aanspreekpunt.knowledge.models import Version
    from aanspreekpunt.knowledge.queries.values import Values


@dataclass(frozen=True, slots=True)
class Collected:
    """All documents of one day: those for everybody, and those for staff only."""

    public: tuple[Document, ...]
    staff_only: tuple[Document, ...]


def collect(day: date) -> Collected:
    """Read everything that can be found on `day`. Eight queries."""
    values, settled, learned = values_on(day), settled_by_answers(day), learned_by_answers()
    versions = list(published_on(day).select_related("article").order_by("id"))
    products = list(Product.objects.filter(is_active=True).select_related("team").order_by("id"))
    answers = [each for version in versions for each in _answer(version, values, settled, learned)]
    public = (*answers, *(each for product in products for each in _product(product)))
    notes = (_note(version, values) for version in versions if version.desk_note)
    return Collected(public, (*notes, *_teams(products), *_people(products)))


def _answer(
    version: Version, values: Values, settled: dict[str, int], learned: dict[int, tuple[str, ...]]
) -> Iterator[Document]:
    """Yield an answer in each of its languages; the Dutch one is found by what it learned, and shown in either."""
    facets = _facets(version) | {"settled": settled.get(version.article.key, 0)}
    texts = [("nl", version.question, version.answer)]
    if version.is_bilingual:
        texts.append(("en", version.question_en, version.answer_en))
    for language, question, answer in texts:
        said = values.in_language(language)
        yield Document(
            id=f"answer:{version.article.key}:{language}",
            title=fill_in_plain(question, said).text,
            body=as_text(fill_in(answer, said).text),
            words=tuple(version.search_words),
            learned=learned.get(version.article_id, ()) if language == "nl" else (),
            language=language,
            **facets,
        )


def _note(version: Version, values: Values) -> Document:
    return Document(
        id=f"note:{version.article.key}:nl",
        kind="note",
        title=fill_in_plain(version.question, values.dutch).text,
        body=as_text(fill_in(version.desk_note, values.dutch).text),
        **_facets(version),
    )


def _facets(version: Version) -> dict[str, Any]:
    return {
        "products": frozenset(version.product_keys),
        "teams": frozenset(version.team_keys),
        "audience": frozenset(version.audience),
        "area": version.area,
    }


def _product(product: Product) -> Iterator[Document]:
    names = (*product.everyday_names, *filter(None, [product.upl_name]))
    body = (product.refer_to or {}).get("name", "")
    labels = " ".join(field.get("label", "") for field in product.form_fields)
    texts = [("nl", product.name, f"{product.description}\n{body}\n{labels}")]
    if product.name_en:
        texts.append(("en", product.name_en, product.description_en))
    for language, name, text in texts:
        yield Document(
            id=f"product:{product.key}:{language}",
            kind="form" if product.form_fields else "product",
            title=name,
            body=text.strip(),
            words=names if language == "nl" else (),
            language=language,
            products=frozenset({product.key}),
            teams=frozenset({product.team.key}),
        )


def _teams(products: list[Product]) -> Iterator[Document]:
    known = _known_by_team(products)
    for team in Team.objects.filter(is_active=True).order_by("id"):
        yield Document(
            id=f"team:{team.key}:nl",
            kind="team",
            title=team.name,
            words=tuple(filter(None, [team.name_en, *known[team.pk]])),
            teams=frozenset({team.key}),
        )


def _people(products: list[Product]) -> Iterator[Document]:
    """Yield the employees, each with what his departments know about; a contact centre knows a little of everything."""
    known = _known_by_team(products)
    in_teams: dict[int, list[Team]] = defaultdict(list)
    memberships = Membership.objects.filter(team__is_active=True).select_related("team").distinct("employee", "team")
    for membership in memberships:
        if membership.team is not None:
            in_teams[membership.employee_id].append(membership.team)
    for employee in Employee.objects.filter(is_active=True).order_by("id"):
        teams = in_teams[employee.pk]
        about = [name for team in teams if not team.is_contact_centre for name in known[team.pk]]
        yield Document(
            id=f"person:{employee.uuid}:nl",
            kind="person",
            title=employee.name,
            body=". ".join(filter(None, [employee.function, *(team.name for team in teams)])),
            words=tuple(dict.fromkeys(about)),
            teams=frozenset(team.key for team in teams),
        )


def _known_by_team(products: list[Product]) -> dict[int, list[str]]:
    known: dict[int, list[str]] = defaultdict(list)
    for product in products:
        known[product.team_id] += [product.name, *product.everyday_names]
    return known
