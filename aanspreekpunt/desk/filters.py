"""What an employee chose to see of a queue, read from the address of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.functional import cached_property

from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.questions.choices import Channel, State
from aanspreekpunt.queues.queries import Filter, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aanspreekpunt.catalogue.listed import ProductListed
    from aanspreekpunt.desk.access import StaffRequest
    from aanspreekpunt.organisation.access import Rights
    from aanspreekpunt.organisation.listed import TeamListed

OPEN_STATES = [state for state in State if state != State.SETTLED]
NAMES = ("team", "state", "channel", "product", "who")


@dataclass(frozen=True)
class QueueChoice:
    """The filters chosen, as they stand in the address; what is unknown counts as not chosen."""

    team: str = ""
    state: str = ""
    channel: str = ""
    product: str = ""
    who: str = ""
    after: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> QueueChoice:
        """Read the choice from the parameters of an address."""
        state, channel, who = given.get("state", ""), given.get("channel", ""), given.get("who", "")
        return cls(
            team=given.get("team", ""),
            state=state if state in OPEN_STATES else "",
            channel=channel if channel in Channel.values else "",
            product=given.get("product", ""),
            who=who if who in {"mine", "unheld"} else "",
            after=given.get("after", ""),
        )

    def filter_for(self, employee_id: int, products: Iterable[ProductListed]) -> Filter:
        """Return the filter for the queue of this employee."""
        product = next((each for each in products if each.key == self.product), None)
        return Filter(
            state=self.state,
            channel=self.channel,
            product_id=product.pk if product else None,
            holder_id=employee_id if self.who == "mine" else None,
            only_unheld=self.who == "unheld",
        )

    def teams_among(self, teams: Sequence[TeamListed]) -> list[TeamListed]:
        """Return the chosen team, or all of them."""
        return [team for team in teams if team.key == self.team] or list(teams)

    @cached_property
    def place(self) -> Place | None:
        """Where the page begins; None for the first page, also when what the address says makes no sense."""
        due_at, _, pk = self.after.rpartition("_")
        try:
            return Place(datetime.fromisoformat(due_at), int(pk)) if pk else None
        except ValueError:
            return None

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is chosen."""
        return any(getattr(self, name) for name in NAMES)

    def address_of_next(self, last: Place) -> str:
        """Return the parameters of the page that follows the one that ends at `last`."""
        chosen = {name: getattr(self, name) for name in NAMES if getattr(self, name)}
        return "?" + urlencode({**chosen, "after": f"{last.due_at.isoformat()}_{last.id}"})

    @property
    def on_first_page(self) -> QueueChoice:
        """The same choice from the most urgent question on."""
        return replace(self, after="") if self.after else self

    @property
    def address(self) -> str:
        """Return the parameters of the first page."""
        chosen = {name: getattr(self, name) for name in NAMES if getattr(self, name)}
        return "?" + urlencode(chosen) if chosen else ""


def own_team_ids(rights: Rights) -> frozenset[int]:
    """Return the teams whose confidential questions this employee sees."""
    return rights.team_ids_with(Permission.SEE_QUESTIONS_OF_TEAM)


def queue_team_ids(request: StaffRequest) -> frozenset[int]:
    """Return the teams whose queue this employee works from."""
    return request.rights.team_ids_with(Permission.WORK_ON_QUESTIONS)


def teams_to_choose(request: StaffRequest, teams: Sequence[TeamListed]) -> list[TeamListed]:
    """Return the teams whose queue this employee may look into: all for who takes calls, else his own."""
    rights = request.rights
    if rights.may(Permission.SEE_QUESTIONS_OF_ALL_TEAMS) or rights.is_everywhere(Permission.SEE_QUESTIONS_OF_TEAM):
        return list(teams)
    own = own_team_ids(rights)
    return [team for team in teams if team.pk in own]
