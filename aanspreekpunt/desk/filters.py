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
    from aanspreekpunt.organisation.models import Employee

ALL_CHANNELS = "all"
"""Chosen in place of a channel: also what came in on a channel that is not one's own."""

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
    own_channels: tuple[str, ...] = ()
    """The channels of the employee, with which his queue opens."""

    @classmethod
    def read(cls, given: Mapping[str, str], *, own_channels: Iterable[str] = ()) -> QueueChoice:
        """Read the choice from the parameters of an address."""
        state, channel, who = given.get("state", ""), given.get("channel", ""), given.get("who", "")
        return cls(
            team=given.get("team", ""),
            state=state if state in OPEN_STATES else "",
            channel=channel if channel in {*Channel.values, ALL_CHANNELS} else "",
            product=given.get("product", ""),
            who=who if who in {"mine", "unheld"} else "",
            after=given.get("after", ""),
            own_channels=tuple(own_channels),
        )

    def filter_for(self, employee_id: int, products: Iterable[ProductListed]) -> Filter:
        """Return the filter for the queue of this employee."""
        product = next((each for each in products if each.key == self.product), None)
        return Filter(
            state=self.state,
            channels=self.channels,
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
    def channels(self) -> tuple[str, ...]:
        """The channels to show; none means all."""
        if self.channel == ALL_CHANNELS:
            return ()
        return (self.channel,) if self.channel else self.own_channels

    @property
    def is_of_own_channels(self) -> bool:
        """Whether only one's own channels show because nothing else was chosen."""
        return bool(self.own_channels) and not self.channel

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.channels) or any(getattr(self, name) for name in NAMES if name != "channel")

    def address_of_next(self, last: Place) -> str:
        """Return the parameters of the page that follows the one that ends at `last`."""
        return self._address(after=f"{last.due_at.isoformat()}_{last.id}")

    @property
    def on_first_page(self) -> QueueChoice:
        """The same choice from the most urgent question on."""
        return replace(self, after="") if self.after else self

    @property
    def address(self) -> str:
        """Return the parameters of the first page."""
        return self._address()

    @property
    def address_with_all_channels(self) -> str:
        """Return the parameters of the same choice, with one's own channels put aside."""
        return self._address(channel=ALL_CHANNELS)

    @property
    def address_with_own_channels(self) -> str:
        """Return the parameters of the same choice among one's own channels."""
        return self._address(channel="")

    @property
    def address_of_everything(self) -> str:
        """Return the parameters with which nothing is left out."""
        return "?" + urlencode({"channel": ALL_CHANNELS}) if self.own_channels else ""

    def _address(self, **other: str) -> str:
        chosen = {name: getattr(self, name) for name in NAMES} | other
        given = {name: value for name, value in chosen.items() if value}
        return "?" + urlencode(given) if given else ""


def own_channels_of(employee: Employee) -> tuple[str, ...]:
    """Return the channels with which the queue of this employee opens, in the usual order; none means all."""
    return tuple(channel for channel in Channel.values if channel in employee.channels)


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
