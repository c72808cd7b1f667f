"""What screens are looked at with: people, and questions that are made when they are first needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import make_handed_over
from tests.browser.person import DESK
from tests.browser.work import Call
from tests.browser.work import Receipt as Taken

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question
    from tests.browser.person import People, Person
    from tests.browser.town import Town


@dataclass
class Stage:
    """What a screen is about: people, and questions made when they are first needed."""

    people: People
    town: Town

    @cached_property
    def handed(self) -> operations.Registered:
        """A question of Karel that waits at the waste department."""
        return self.hand_over(self.town.container)

    @property
    def taken(self) -> Taken:
        """What Karel took home."""
        code = self.handed.follow_code
        return Taken(self.handed.question.shown_reference, "-".join((code[:4], code[4:8], code[8:])))

    def hand_over(self, product: Any, **fields: Any) -> operations.Registered:
        """Register a question about `product` for its team."""
        by = self.town.cast.anna
        return make_handed_over(to=product.team, by=by, at=timezone.now(), product=product, **fields)

    def staff(self, employee: Employee, path: str = "") -> Person:
        """Let an employee look at a page."""
        return self.people.staff(employee, at=path or DESK)

    def anna(self, path: str = "") -> Person:
        """Let the agent look at a page."""
        return self.staff(self.town.cast.anna, path)

    def wim(self, path: str = "") -> Person:
        """Let somebody of the waste department look at a page."""
        return self.staff(self.town.cast.wim, path)

    def resident(self, path: str) -> Person:
        """Let a resident look at a page."""
        return self.people.resident().opens(path)

    def question(self, question: Question | None = None) -> str:
        """Return the address of a question at the desk."""
        return reverse("desk:question", args=[(question or self.handed.question).reference])

    def act(self, verb: str) -> Person:
        """Open the form of an action."""
        return self.wim(reverse("desk:act", args=[self.handed.question.reference, verb]))

    def call(self) -> Call:
        """Begin a conversation in which something is typed already."""
        return Call(self.anna()).of(name="Karel van Deurne", phone="0612345678").asks("De container is niet geleegd.")

    def settle(self) -> None:
        """Let the waste department answer the question."""
        by, at = self.town.cast.wim, timezone.now()
        operations.answer(question=self.handed.question, text="Wij komen morgen.", channel="phone", by=by, at=at)
