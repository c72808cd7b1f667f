"""What is learned from: questions that are not confidential, and what is public about products and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.questions.choices import Outcome
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.suggestions.learning.examples import Example
from aanspreekpunt.suggestions.models import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

MOST_QUESTIONS = 12_000
"""The newest so many are learned from: enough to know how people speak, and bounded in time and memory."""

NOT_TELLING = (Outcome.DUPLICATE, Outcome.WITHDRAWN)


def examples_for(target: str, *, limit: int = MOST_QUESTIONS) -> list[Example]:
    """Return the examples for a target, public ones first. Four queries, whatever the size of the register."""
    teams = dict(Product.objects.filter(is_active=True).values_list("key", "team__key"))
    public = [*_names_of_products(), *_published_answers(teams)]
    if target == Target.PRODUCT:
        return [*public, *_questions_by_product(limit)]
    of_teams = [Example(each.text, teams[each.label], is_public=True) for each in public if each.label in teams]
    return [*of_teams, *_questions_by_team(limit)]


def _names_of_products() -> Iterator[Example]:
    for product in Product.objects.filter(is_active=True).order_by("key").defer("form"):
        names = [product.name, product.name_en, product.upl_name, product.description, product.description_en]
        together = " ".join(product.everyday_names)
        for name in (*names, *product.everyday_names, together):
            if name:
                yield Example(name, product.key, is_public=True)


def _published_answers(products: dict[str, str]) -> Iterator[Example]:
    """Answers about one product; one about several says nothing about which is meant."""
    published = Version.objects.filter(state=Version.State.PUBLISHED).order_by("article_id")
    columns = ("product_keys", "question", "question_en", "search_words", "answer")
    for keys, question, question_en, search_words, answer in published.values_list(*columns).iterator(2000):
        if len(keys) == 1 and keys[0] in products:
            for text in (question, question_en, " ".join(search_words), answer):
                if text:
                    yield Example(text, keys[0], is_public=True)


def _questions_by_product(limit: int) -> Iterator[Example]:
    asked = _open_to_all().filter(product__is_active=True, product__is_confidential=False)
    for pk, party_id, subject, text, label in _rows(asked, "product__key", limit):
        yield Example(f"{subject}\n{text or ''}", label, _source(pk, party_id))


def _questions_by_team(limit: int) -> Iterator[Example]:
    """Give the team that has it; what the desk kept for itself says nothing about who knows the answer."""
    asked = (
        _open_to_all()
        .filter(owner__is_contact_centre=False, owner__is_active=True)
        .exclude(product__is_confidential=True)
    )
    for pk, party_id, subject, text, label in _rows(asked, "owner__key", limit):
        yield Example(f"{subject}\n{text or ''}", label, _source(pk, party_id))


def _open_to_all() -> QuerySet[Question]:
    return Question.objects.filter(is_confidential=False).exclude(outcome__in=NOT_TELLING)


def _rows(asked: QuerySet[Question], label: str, limit: int) -> Iterator[tuple[int, int | None, str, str | None, str]]:
    first = Contact.objects.filter(question=OuterRef("pk"), direction=Contact.Direction.IN, is_confidential=False)
    newest = asked.annotate(said=Subquery(first.order_by("id").values("text")[:1])).order_by("-registered_at", "-id")
    yield from newest.values_list("pk", "party_id", "subject", "said", label)[:limit].iterator(2000)


def _source(question_id: int, party_id: int | None) -> str:
    """Name who asked, so that the words of one person count once."""
    return f"party {party_id}" if party_id else f"question {question_id}"
