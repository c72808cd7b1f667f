"""Builders for tests: a model learned from what people say about a few products."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from aanspreekpunt.catalogue.queries import forget_products
from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.suggestions.learning.tests.make import WORDS, make_examples
from aanspreekpunt.suggestions.learning.training import train
from aanspreekpunt.suggestions.models import LearnedModel, Target
from aanspreekpunt.suggestions.nightly import keep_model
from aanspreekpunt.suggestions.shelf import SHELF

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.suggestions.learning.examples import Example


def make_products(team: Team) -> dict[str, Product]:
    """Make the products people talk about in these tests, all answered by one team."""
    made = {key: make_product(key, team=team, name=f"Product {key}") for key in WORDS}
    forget_products()
    return made


def make_learned(*, at: datetime | None = None, examples: list[Example] | None = None) -> LearnedModel:
    """Learn products from a hundred questions, a day ago, and take what came of it into use."""
    learned = keep_model(
        target=Target.PRODUCT,
        trained=train(examples or make_examples(120)),
        at=at or timezone.now() - timedelta(days=1),
    )
    SHELF.forget()
    return learned
