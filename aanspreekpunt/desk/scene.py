"""A question as one employee has it before him: what he knows of it, and what he may do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aanspreekpunt.promises.models import Handover, Promise
from aanspreekpunt.questions.access import may_supervise, may_work_on
from aanspreekpunt.questions.people import history_of
from aanspreekpunt.questions.queries import customer_of
from aanspreekpunt.suggestions.queries import suggestion_for_question

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.intake import Customer
    from aanspreekpunt.questions.models import Question
    from aanspreekpunt.suggestions.queries import Suggestion

HISTORY_SHOWN = 10


@dataclass(frozen=True)
class Scene:
    """A question, who looks at it, and when. What it tells is read once, when first asked for."""

    question: Question
    reader: Employee
    now: datetime
    version: str
    """of the question, read before the question itself: what happens in between makes the screen ask again"""

    @cached_property
    def customer(self) -> Customer:
        """Who asked."""
        return customer_of(self.question)

    @cached_property
    def promise(self) -> Promise | None:
        """The promise that is open now; None for a settled question."""
        if self.question.is_settled:
            return None
        return Promise.objects.select_related("team").filter(question=self.question, state=Promise.State.OPEN).first()

    @cached_property
    def handovers(self) -> list[Handover]:
        """Every time it was handed over, first one first."""
        return list(
            Handover.objects.filter(question=self.question).select_related("from_team", "to_team").order_by("hop")
        )

    @cached_property
    def history(self) -> list[Question]:
        """The newest other questions of the same person, as far as the reader may see them."""
        customer = self.customer
        found = history_of(
            party_id=customer.party.pk if customer.party else None,
            phone=customer.phone,
            email=customer.email,
            visible_to=self.reader,
            limit=HISTORY_SHOWN + 1,
        )
        return [each for each in found if each.pk != self.question.pk][:HISTORY_SHOWN]

    @property
    def history_shown(self) -> int:
        """How much of it fits."""
        return HISTORY_SHOWN

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """What it is probably about, for who may say so, as long as nobody did."""
        return suggestion_for_question(self.question) if self.may_work else None

    @property
    def is_open(self) -> bool:
        """Whether it is not settled."""
        return not self.question.is_settled

    @property
    def is_resting(self) -> bool:
        """Whether it waits for the resident."""
        return self.question.state == "awaiting_resident"

    @property
    def is_mine(self) -> bool:
        """Whether the reader holds it."""
        return self.question.holder_id == self.reader.pk

    @property
    def supervises(self) -> bool:
        """Whether the reader supervises its team."""
        return may_supervise(self.reader, self.question)

    @property
    def works_here(self) -> bool:
        """Whether the reader works in its team."""
        return may_work_on(self.reader, self.question)

    @property
    def may_work(self) -> bool:
        """Whether the reader may work on it now: in its team, still open, and no colleague holds it."""
        is_free = self.question.holder_id in {None, self.reader.pk} or self.supervises
        return self.is_open and self.works_here and is_free

    @property
    def is_callback(self) -> bool:
        """Whether we promised to call back."""
        return self.promise is not None and self.promise.kind == Promise.Kind.CALLBACK

    @property
    def may_be_returned(self) -> bool:
        """Whether it was handed over to the team it is with now."""
        under_way = {Handover.State.OPEN, Handover.State.TAKEN_UP}
        return any(
            handover.state in under_way and handover.to_team_id == self.question.owner_id for handover in self.handovers
        )
