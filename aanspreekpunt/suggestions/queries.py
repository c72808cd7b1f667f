"""What a story is probably about, and how often such suggestions came true."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aanspreekpunt.catalogue.queries import products_for_choice
from aanspreekpunt.organisation.queries import teams
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.suggestions.models import LearnedModel, Target
from aanspreekpunt.suggestions.shelf import SHELF

if TYPE_CHECKING:
    from aanspreekpunt.catalogue.queries import ProductChoice
    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.questions.models import Question
    from aanspreekpunt.suggestions.learning.model import Guess

FEWEST_LETTERS = 12
"""A shorter story says too little."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What the models say about a text, shown or not; the surest product first."""

    products: tuple[Guess, ...] = ()
    team: Guess | None = None
    product_threshold: float = 1.0
    team_threshold: float = 1.0

    @property
    def is_sure_of_product(self) -> bool:
        """Whether the surest product is sure enough to be shown."""
        return bool(self.products) and self.products[0].certainty >= self.product_threshold

    @property
    def is_sure_of_team(self) -> bool:
        """Whether the team is sure enough to be shown."""
        return self.team is not None and self.team.certainty >= self.team_threshold


@dataclass(frozen=True)
class Suggestion:
    """What is shown: the product or else the team, how certain in whole per cents, and the words that say so."""

    product: ProductChoice | None
    team: Team | None
    guess: Guess
    others: tuple[ProductChoice, ...] = ()

    @cached_property
    def percentage(self) -> int:
        """The certainty, never shown as 100."""
        return min(99, round(self.guess.certainty * 100))

    @property
    def reasons(self) -> tuple[str, ...]:
        """The words that weighed most, as typed."""
        return self.guess.reasons


def suggestion_for(story: str) -> Suggestion | None:
    """Return what a story is probably about: a product, or else a team; None when neither is sure enough."""
    if len(story.strip()) < FEWEST_LETTERS:
        return None
    scored = scored_for(story)
    if scored.is_sure_of_product:
        choices = {choice.key: choice for choice in products_for_choice()}
        known = [choices[guess.label] for guess in scored.products if guess.label in choices]
        if known and known[0].key == scored.products[0].label:
            return Suggestion(known[0], None, scored.products[0], tuple(known[1:]))
    if scored.is_sure_of_team and scored.team is not None:
        team = teams().filter(key=scored.team.label, is_contact_centre=False).first()
        return Suggestion(None, team, scored.team) if team else None
    return None


def scored_for(story: str) -> Scored:
    """Return what the models say about a text, whether or not it is sure enough to be shown."""
    of_product, of_team = SHELF.model(Target.PRODUCT), SHELF.model(Target.TEAM)
    team = of_team.guesses(story, limit=1) if of_team else []
    return Scored(
        products=tuple(of_product.guesses(story)) if of_product else (),
        team=team[0] if team else None,
        product_threshold=of_product.threshold if of_product else 1.0,
        team_threshold=of_team.threshold if of_team else 1.0,
    )


def suggestion_for_question(question: Question) -> Suggestion | None:
    """Return what a question without a product is probably about; None for one that has a product."""
    return None if question.product_id else suggestion_for(story_of(question))


def story_of(question: Question) -> str:
    """Return the words a question began with. One query."""
    first = Contact.objects.filter(question=question, direction=Contact.Direction.IN).order_by("id")
    text = first.values_list("text", flat=True).first()
    return f"{question.subject}\n{text or ''}".strip()


def model_in_use(target: str) -> LearnedModel | None:
    """Return the model in use without its content."""
    return LearnedModel.objects.filter(target=target, state=LearnedModel.State.IN_USE).defer("content").first()


def models_put_aside() -> list[LearnedModel]:
    """Return the models that were put aside after the one in use was learned, newest first."""
    newest = LearnedModel.objects.defer("content").order_by("target", "-learned_at").distinct("target")
    return [each for each in newest if each.state == LearnedModel.State.ASIDE]
