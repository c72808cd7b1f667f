"""What only this room can see about an answer: whether it reads plainly and whether its links lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.knowledge.models import Article, Chore, FollowedLink, Version
from aanspreekpunt.knowledge.operations.chores import CHECKED_HERE, look_for_chores
from aanspreekpunt.knowledge.operations.links import outside_links
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.readability.meter import measure
from aanspreekpunt.knowledge.rules.links import LinkKind, Outcome, is_broken, links_in
from aanspreekpunt.knowledge.rules.values import fill_in_plain
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aanspreekpunt.knowledge.queries.values import Values

_OWN_PAGE = re.compile(r"/(antwoord|onderwerp)/([\w-]+)/?(?:[?#].*)?")


def watch_over_answers(*, at: datetime) -> int:
    """Open and end the chores of all published answers; return how many are open."""
    watch = _Watch(values_on(local_date(at)))
    kinds = (*CHECKED_HERE, Chore.Kind.HARD_TO_READ, Chore.Kind.BROKEN_LINK)
    return look_for_chores(product_keys=watch.product_keys, also=watch.findings, kinds=kinds, at=at)


class _Watch:
    """What is known before the answers are gone through."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.product_keys = set(Product.objects.filter(is_active=True).values_list("key", flat=True))
        published = Article.objects.filter(versions__state=Version.State.PUBLISHED)
        self.article_keys = set(published.values_list("key", flat=True))
        self.broken = {link.address for link in FollowedLink.objects.all() if is_broken([*map(Outcome, link.outcomes)])}

    def findings(self, version: Version) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with one version, each thing once."""
        texts = (("nl", version.answer), ("en", version.answer_en))
        found = {each for language, text in texts if text for each in self._in_text(language, text)}
        yield from sorted(found)

    def _in_text(self, language: str, text: str) -> Iterator[tuple[str, str]]:
        filled = fill_in_plain(text, self.values.in_language(language)).text
        if language == "nl" and not measure(filled, "nl").is_plain:
            yield Chore.Kind.HARD_TO_READ, ""
        for address in outside_links(filled):
            if address in self.broken:
                yield Chore.Kind.BROKEN_LINK, address[:500]
        for link in links_in(filled):
            if link.kind == LinkKind.INTERNAL and self._leads_nowhere(link.address):
                yield Chore.Kind.BROKEN_LINK, link.address[:500]

    def _leads_nowhere(self, address: str) -> bool:
        page = _OWN_PAGE.fullmatch(address)
        if page is None:
            return False
        return page[2] not in (self.article_keys if page[1] == "antwoord" else self.product_keys)
