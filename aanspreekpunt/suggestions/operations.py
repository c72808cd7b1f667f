"""Noting what was suggested next to what people chose: keys and numbers, never a text."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from aanspreekpunt.questions.operations import recategorise
from aanspreekpunt.suggestions.models import Outcome
from aanspreekpunt.suggestions.queries import scored_for, story_of

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question

STILL_CHANGING = timedelta(days=60)
"""So long after registering people may still correct what a question is about."""


def note_suggestion(*, question: Question, story: str, at: datetime) -> Outcome | None:
    """Note what was suggested for the words of a question; nothing about a confidential one, or without suggestion."""
    if question.is_confidential:
        return None
    scored = scored_for(story)
    if not scored.products:
        return None
    outcome = Outcome(
        question=question,
        suggested=[[guess.label, round(guess.certainty, 4)] for guess in scored.products],
        certainty=min(1.0, scored.products[0].certainty),
        was_shown=scored.is_sure_of_product,
        chosen=question.product.key if question.product else "",
        team_suggested=scored.team.label if scored.team else "",
        team_certainty=scored.team.certainty if scored.team else 0.0,
        team_chosen=question.owner.key,
        noted_at=at,
    )
    Outcome.objects.bulk_create([outcome], ignore_conflicts=True)  # one statement: somebody is on the line
    return outcome


@transaction.atomic
def say_what_it_is_about(*, question: Question, product: Product, by: Employee, at: datetime) -> Question:
    """Correct the product of a question, and note what would have been suggested when it had none."""
    had_none = question.product_id is None
    corrected = recategorise(question=question, product=product, by=by, at=at)
    if had_none:
        note_suggestion(question=corrected, story=story_of(corrected), at=at)
    return corrected


def note_final_choices(*, at: datetime) -> int:
    """Bring what people chose up to date with where their questions ended. Returns how many had changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE suggestions_outcome o SET chosen = COALESCE(p.key, ''), team_chosen = t.key"
            " FROM question q LEFT JOIN catalogue_product p ON p.id = q.product_id"
            " JOIN organisation_team t ON t.id = q.owner_id"
            " WHERE q.id = o.question_id AND o.noted_at > %(since)s"
            " AND (o.chosen <> COALESCE(p.key, '') OR o.team_chosen <> t.key)",
            {"since": at - STILL_CHANGING},
        )
        changed: int = cursor.rowcount
    Outcome.objects.filter(noted_at__gt=at - STILL_CHANGING, question__is_confidential=True).delete()
    return changed
