"""Finding what is, or will soon be, wrong about published answers, as work for their owners."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.knowledge.models import Chore, Version
from aanspreekpunt.knowledge.queries.values import names_of, values_on
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date, datetime

    Finding = tuple[int, str, str]
    """An article, the kind of chore, and which link, value or product."""

EXPIRES_WITHIN = timedelta(days=42)
"""Six weeks give an owner time to ask around before an answer stops being true."""

CHECKED_HERE = (Chore.Kind.EXPIRING, Chore.Kind.EXPIRED, Chore.Kind.MISSING_VALUE, Chore.Kind.UNKNOWN_PRODUCT)


@transaction.atomic
def look_for_chores(
    *,
    product_keys: Collection[str],
    also: Callable[[Version], Iterator[tuple[str, str]]] | None = None,
    kinds: Collection[str] = CHECKED_HERE,
    at: datetime,
) -> int:
    """Open a chore for each thing found wrong and end those of these `kinds` that are gone; return how many are open.

    `product_keys` are the products that exist. `also` finds more (kind, detail) in one version.
    """
    found = set(_findings(product_keys=product_keys, also=also, at=at))
    open_ones = Chore.objects.select_for_update().filter(done_at__isnull=True, kind__in=list(kinds))
    known = {(chore.article_id, chore.kind, chore.detail): chore.pk for chore in open_ones}
    gone = [pk for finding, pk in known.items() if finding not in found]
    Chore.objects.filter(pk__in=gone).update(done_at=at)
    new = [
        Chore(article_id=article_id, kind=kind, detail=detail, found_at=at)
        for article_id, kind, detail in sorted(found - known.keys())
    ]
    Chore.objects.bulk_create(new)
    return len(found)


def _findings(
    *, product_keys: Collection[str], also: Callable[[Version], Iterator[tuple[str, str]]] | None, at: datetime
) -> Iterator[Finding]:
    today = local_date(at)
    known_values = values_on(today).dutch
    for version in Version.objects.filter(state=Version.State.PUBLISHED).iterator(chunk_size=500):
        yield from ((version.article_id, kind, "") for kind in _about_days(version, today))
        for name in names_of(version):
            if name not in known_values:
                yield version.article_id, Chore.Kind.MISSING_VALUE, name
        for key in version.product_keys:
            if key not in product_keys:
                yield version.article_id, Chore.Kind.UNKNOWN_PRODUCT, key
        if also is not None:
            yield from ((version.article_id, kind, detail) for kind, detail in also(version))


def _about_days(version: Version, today: date) -> Iterator[str]:
    if version.valid_until is None:
        return
    if version.valid_until < today:
        yield Chore.Kind.EXPIRED
    elif version.valid_until <= today + EXPIRES_WITHIN:
        yield Chore.Kind.EXPIRING
