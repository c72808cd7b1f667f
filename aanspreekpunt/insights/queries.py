"""What could move to the desk, what was decided about it, and what came of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Sum
from django.utils import timezone

from aanspreekpunt.insights.access import products_with_figures_for
from aanspreekpunt.insights.models import Answerable, Decision, DeskWeek
from aanspreekpunt.insights.rules import FEWEST, LATER, WEEKS, Week, monday_of
from aanspreekpunt.questions.access import questions_visible_to

if TYPE_CHECKING:
    from datetime import date, datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question

MOST_SHOWN = 50
EXAMPLES_SHOWN = 10
WEEKS_SHOWN = 26


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind of question about a product that the desk hands over, with how often it could have answered itself."""

    product: Product
    kind: str
    settled: int
    at_first_contact: int
    handed_over: int
    answerable: int
    decision: Decision | None

    @property
    def answerable_percentage(self) -> int:
        """Of what was handed over, the share the desk could have answered."""
        return self.answerable * 100 // self.handed_over if self.handed_over else 0

    @property
    def first_contact_percentage(self) -> int:
        """The share that was settled at first contact."""
        return self.at_first_contact * 100 // self.settled if self.settled else 0

    def is_to_decide(self, *, at: datetime) -> bool:
        """Say whether somebody should decide now: nobody did, or "later" was long enough ago."""
        decision = self.decision
        if decision is None:
            return True
        return decision.answer == Decision.Answer.LATER and at - decision.decided_at >= LATER


def proposals_for(employee: Employee, *, at: datetime) -> list[Proposal]:
    """Return what could move to the desk by the figures of the past quarter, most first. Three queries, bounded."""
    products = {product.pk: product for product in products_with_figures_for(employee).select_related("team")}
    rows = (
        DeskWeek.objects.filter(week_on__gte=first_week(at), product_id__in=products)
        .values("product_id", "kind")
        .annotate(
            all_settled=Sum("settled"),
            all_at_once=Sum("at_first_contact"),
            all_handed_over=Sum("handed_over"),
            all_answerable=Sum("answerable"),
        )
        .filter(all_answerable__gte=FEWEST)
        .order_by("-all_answerable", "product_id", "kind")[:MOST_SHOWN]
    )
    found = list(rows)
    decided = _latest_decisions({row["product_id"] for row in found})
    return [
        Proposal(
            product=products[row["product_id"]],
            kind=row["kind"],
            settled=row["all_settled"],
            at_first_contact=row["all_at_once"],
            handed_over=row["all_handed_over"],
            answerable=row["all_answerable"],
            decision=decided.get((row["product_id"], row["kind"])),
        )
        for row in found
    ]


def decisions_to_carry_out(employee: Employee) -> list[Decision]:
    """Return the decisions "yes" that the functional administrator still has to carry out, oldest first."""
    latest = _latest_decisions(set(products_with_figures_for(employee).values_list("pk", flat=True)))
    waiting = [each for each in latest.values() if each.answer == Decision.Answer.YES and each.carried_out_at is None]
    return sorted(waiting, key=lambda each: (each.decided_at, each.pk))[:MOST_SHOWN]


def latest_decision(product: Product, kind: str) -> Decision | None:
    """Return what was decided last about this kind of question."""
    found = Decision.objects.filter(product=product, kind=kind).select_related("decided_by", "carried_out_by")
    return found.order_by("-decided_at", "-pk").first()


def weeks_of(product: Product, kind: str, *, at: datetime) -> list[Week]:
    """Return how it went in each week of the past half year, oldest first."""
    since = monday_of(timezone.localtime(at).date()) - timedelta(weeks=WEEKS_SHOWN)
    rows = DeskWeek.objects.filter(product=product, kind=kind, week_on__gte=since).order_by("week_on")
    return [Week(row.week_on, row.settled, row.at_first_contact, row.handed_over, row.answerable) for row in rows]


def examples_for(employee: Employee, product: Product, kind: str) -> list[Question]:
    """Return the newest questions the desk could have answered, as far as `employee` may see them."""
    examples = Answerable.objects.filter(product=product, kind=kind).order_by("-settled_at").values("question_id")[:200]
    seen = questions_visible_to(employee).filter(pk__in=examples)
    return list(seen.select_related("owner").order_by(F("settled_at").desc(nulls_last=True))[:EXAMPLES_SHOWN])


def first_week(at: datetime) -> date:
    """Return the Monday from which the past quarter is counted."""
    return monday_of(timezone.localtime(at).date()) - timedelta(weeks=WEEKS)


def _latest_decisions(product_ids: set[int]) -> dict[tuple[int, str], Decision]:
    found = Decision.objects.filter(product_id__in=product_ids).select_related("decided_by", "product")
    newest = found.order_by("product_id", "kind", "-decided_at", "-pk").distinct("product_id", "kind")
    return {(each.product_id, each.kind): each for each in newest}
