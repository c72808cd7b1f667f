"""The categories parties belong to, and who speaks for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from aanspreekpunt.journal.operations import record
from aanspreekpunt.parties.models import Category, CategoryLink, Party, Representation
from aanspreekpunt.parties.operations.changing import take_over
from aanspreekpunt.parties.refusals import RepresentedAlready, RepresentsItself

if TYPE_CHECKING:
    from datetime import date, datetime

    from aanspreekpunt.journal.actors import Actor


class CategoryLinkGiven(TypedDict, total=False):
    """What may be said of belonging to a category; what is absent stays."""

    party: Party | None
    category: Category | None
    begins_on: date | None
    ends_on: date | None


@transaction.atomic
def make_category(*, name: str, by: Actor, at: datetime) -> Category:
    """Tell a new kind of parties apart."""
    category = Category.objects.create(name=name)
    record("category.made", subject=category, by=by, at=at)
    return category


@transaction.atomic
def rename_category(*, category: Category, name: str, by: Actor, at: datetime) -> None:
    """Give a category another name."""
    if take_over(category, {"name": name}):
        category.save(update_fields=["name"])
        record("category.renamed", subject=category, by=by, at=at)


@transaction.atomic
def remove_category(*, category: Category, by: Actor, at: datetime) -> None:
    """No longer tell this kind of parties apart; nobody belongs to it any more."""
    record("category.removed", subject=category, by=by, at=at)
    category.delete()


@transaction.atomic
def put_in_category(*, given: CategoryLinkGiven, by: Actor, at: datetime) -> CategoryLink:
    """Note that a party belongs to a category, from today unless another day was given."""
    link = CategoryLink(**given)
    link.begins_on = link.begins_on or localdate(at)
    link.save(force_insert=True)
    record("category_link.made", subject=link, data=_ends_of(link), by=by, at=at)
    return link


@transaction.atomic
def change_category_link(*, link: CategoryLink, given: CategoryLinkGiven, by: Actor, at: datetime) -> None:
    """Change what was given of belonging to a category."""
    changed = take_over(link, given)
    if changed:
        link.save()
        record("category_link.changed", subject=link, data={**_ends_of(link), "fields": changed}, by=by, at=at)


@transaction.atomic
def take_out_of_category(*, link: CategoryLink, by: Actor, at: datetime) -> None:
    """Forget that a party belongs to a category."""
    record("category_link.removed", subject=link, data=_ends_of(link), by=by, at=at)
    link.delete()


@transaction.atomic
def make_representation(*, representative: Party, represented: Party, by: Actor, at: datetime) -> Representation:
    """Note that one party speaks for another. Raises `RepresentsItself` and `RepresentedAlready`."""
    representation = Representation(representative=representative, represented=represented)
    _save(representation)
    record("representation.made", subject=representation, data=_who_of(representation), by=by, at=at)
    return representation


@transaction.atomic
def change_representation(
    *, representation: Representation, representative: Party, represented: Party, by: Actor, at: datetime
) -> None:
    """Change who speaks for whom. Raises as `make_representation` does."""
    if take_over(representation, {"representative": representative, "represented": represented}):
        _save(representation)
        record("representation.changed", subject=representation, data=_who_of(representation), by=by, at=at)


@transaction.atomic
def remove_representation(*, representation: Representation, by: Actor, at: datetime) -> None:
    """Forget that one party speaks for another."""
    record("representation.removed", subject=representation, data=_who_of(representation), by=by, at=at)
    representation.delete()


def _save(representation: Representation) -> None:
    if representation.representative == representation.represented:
        raise RepresentsItself
    try:
        with transaction.atomic():
            representation.save()
    except IntegrityError as error:
        raise RepresentedAlready from error


def _ends_of(link: CategoryLink) -> dict[str, int | None]:
    return {"party": link.party_id, "category": link.category_id}


def _who_of(representation: Representation) -> dict[str, int]:
    return {"representative": representation.representative_id, "represented": representation.represented_id}
