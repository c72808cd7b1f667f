"""What a story can ask for: who comes with which question, who works where, and a moment that suits a team."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.demo.finds import Finds
from aanspreekpunt.demo.residents import Resident, Residents
from aanspreekpunt.demo.town import Town
from aanspreekpunt.demo.voices import language_of, sayings, voice_of
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.parties.operations import remember_party
from aanspreekpunt.questions.choices import SPOKEN_CHANNELS
from aanspreekpunt.questions.intake import ANONYMOUS, Asked, Customer

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.parties.models import Party

_RESIDENTS_PER_QUESTION, _ANONYMOUS, _REMEMBERED, _IN_TIME = 0.4, 0.12, 0.85, 0.88
_WAYS_IN = {"phone": 66, "counter": 11, "web_form": 10, "email": 8, "letter": 3, "visit": 2}
_WAYS_IN_WHEN_CLOSED = {"web_form": 85, "email": 15}
CALLED_FOR = frozenset({"alarmnummer", "zelfmoordpreventie", "veilig-thuis", "kindertelefoon", "netbeheerder"})
_LATEST = timedelta(days=4)


class World:
    """The town with its residents and a source of chance; the same seed gives the same world."""

    def __init__(self, *, chance: Random, questions: int) -> None:
        self.chance, self.town, self.finds = chance, Town(), Finds()
        residents = Residents(chance)
        self._residents = [residents.another() for _ in range(round(questions * _RESIDENTS_PER_QUESTION) + 1)]
        self._parties: dict[Resident, Party] = {}

    @property
    def desk(self) -> Team:
        """The contact centre."""
        return self.town.desk

    def lucky(self, likelihood: float) -> bool:
        """Draw whether something happens."""
        return self.chance.random() < likelihood

    def say(self, occasion: str) -> str:
        """Draw something people say on this occasion."""
        return self.chance.choice(sayings()[occasion])

    def someone_of(self, team: Team) -> Employee:
        """Return a colleague of that team."""
        return self.town.someone_of(team.pk, self.chance)

    def way_in(self, at: datetime) -> str:
        """Draw the channel on which somebody comes at this moment."""
        ways = _WAYS_IN if calendar_of(self.desk).is_open(at) else _WAYS_IN_WHEN_CLOSED
        return self.chance.choices(tuple(ways), tuple(ways.values()))[0]

    def product(self, *, channel: str) -> Product:
        """Draw what somebody comes for on this channel; help at once is called for and never written for."""
        product = self.chance.choices(self.town.products, self.town.weights)[0]
        while product.key in CALLED_FOR and channel not in SPOKEN_CHANNELS:
            product = self.chance.choices(self.town.products, self.town.weights)[0]
        return product

    def asked(
        self,
        product: Product,
        *,
        channel: str,
        known: bool = False,
        customer: Customer | None = None,
        by: Actor,
        at: datetime,
    ) -> Asked:
        """Draw who (unless `customer` is given) asks what about `product`; with `known` somebody who says his name."""
        is_anonymous = not known and self.lucky(_ANONYMOUS)
        text = self.chance.choice(voice_of(product.key).questions)
        return Asked(
            subject=text[0].upper() + text[1:],
            text=text,
            channel=channel,
            product=product,
            kind=product.kind,
            customer=customer or (ANONYMOUS if is_anonymous else self._customer(by=by, at=at)),
            language=language_of(text),
            intake_account="web_form" if channel == "web_form" else "",
            intake_id=str(new_uuid()) if channel == "web_form" else "",
        )

    def _customer(self, *, by: Actor, at: datetime) -> Customer:
        # Squared, so that the first ones come often and most only once.
        resident = self._residents[int(len(self._residents) * self.chance.random() ** 2)]
        customer = Customer(**{name: getattr(resident, name) for name in Resident.__slots__})
        if self.lucky(_REMEMBERED) and resident not in self._parties:
            self._parties[resident] = remember_party(customer=customer, by=by, at=at)
        party = self._parties.get(resident)
        return Customer(party=party, **{name: getattr(resident, name) for name in Resident.__slots__})

    def in_hours(self, team: Team, at: datetime) -> datetime:
        """Return this moment, or one soon after the team opens next."""
        opening = calendar_of(team).next_opening(at)
        return at if opening <= at else opening + timedelta(minutes=self.chance.randrange(5, 90))

    def between(self, begin: datetime, end: datetime, team: Team) -> datetime:
        """Draw a moment between two, when the team is open; not after `end`."""
        return min(self.in_hours(team, begin + (end - begin) * self.chance.random()), end)

    def ready(self, begin: datetime, due_at: datetime, team: Team) -> datetime:
        """Draw when the team is ready: mostly before the promised date, sometimes days after."""
        if self.lucky(_IN_TIME):
            return self.between(begin, due_at, team)
        return self.in_hours(team, due_at + _LATEST * self.chance.random())

    def recently(self, at: datetime, *, hours: float = 3.0) -> datetime:
        """Return a moment shortly before `at` on which the desk was open."""
        calendar, moment = calendar_of(self.desk), at - timedelta(minutes=5 + 60 * hours * self.chance.random())
        while not calendar.is_open(moment):
            moment -= timedelta(minutes=30)
        return moment
