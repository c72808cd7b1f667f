"""What can be done with a question, and what each way of doing it promises."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from aanspreekpunt.common.phone_numbers import is_phone_number, normalise_phone_number
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.common.times import spell_date, spell_hours
from aanspreekpunt.desk.conversing import sentences
from aanspreekpunt.desk.conversing.commands import proposed_choice
from aanspreekpunt.desk.conversing.people import introduced
from aanspreekpunt.desk.conversing.registering import read_date, read_window, team_chosen, write_window
from aanspreekpunt.organisation.queries import contact_centre, teams
from aanspreekpunt.promises.proposals import proposed_due, proposed_windows
from aanspreekpunt.questions.product_facts import ProductFacts, facts_of

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.desk.conversing.fields import Fields
    from aanspreekpunt.organisation.models import Team


SHOWN: dict[str, frozenset[str]] = {
    "answer": frozenset({"answer"}),
    "hand_over": frozenset({"team", "due_on", "asks", "note"}),
    "call_back": frozenset({"team", "window", "callback_phone", "asks", "note"}),
    "refer": frozenset({"refer_to", "refer_text"}),
    "case": frozenset({"case_number", "answer"}),
    "keep": frozenset(),
    "": frozenset(),
}
"""The fields one fills in for each choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be done with a question: its name, key on the keyboard, and whether it is chosen."""

    value: str
    name: str
    key: str
    is_chosen: bool
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """One window to call back in, with the sentence that goes with it."""

    value: str
    day: str
    hours: str
    sentence: str
    is_chosen: bool


@dataclass
class Outcome:
    """What happens with one question, as far as it is chosen."""

    fields: Fields
    product: Product | None
    at: datetime

    @cached_property
    def choices(self) -> list[Choice]:
        """What can be done with the question, with its key."""
        proposed = proposed_choice(self.product, kind=self.fields.kind)
        names = (
            ("answer", _("Answer now"), "e"),
            ("hand_over", _("Hand over"), "h"),
            ("call_back", _("Call back"), "b"),
            ("refer", _("Refer"), "r"),
            ("case", _("Case"), "z"),
            ("keep", _("Keep here"), "q"),
        )
        return [
            Choice(value, name, key, is_chosen=value == self.fields.choice, is_proposed=value == proposed)
            for value, name, key in names
        ]

    @property
    def desk_may_settle(self) -> bool:
        """Whether the contact centre may settle this kind of question; without a product it may."""
        return self.product is None or self.product.desk_may_settle_kind(self.fields.kind)

    @property
    def put_away(self) -> list[tuple[str, str]]:
        """What was typed for another choice than this one: out of sight, and not lost."""
        names = sorted(frozenset().union(*SHOWN.values()) - SHOWN[self.fields.choice])
        return [(name, getattr(self.fields, name)) for name in names if getattr(self.fields, name)]

    @cached_property
    def teams(self) -> list[Team]:
        """The teams to choose from."""
        return list(teams())

    @cached_property
    def team(self) -> Team:
        """The team that gets the question."""
        return team_chosen(self.fields, self.product)

    @cached_property
    def _promise(self) -> tuple[str, str]:
        """The sentence to say about when one hears from us, or else why that cannot be promised."""
        try:
            due_at = proposed_due(product=self.product, team=self.team, on=read_date(self.fields.due_on), at=self.at)
        except Refusal as refusal:
            return "", str(refusal)
        return sentences.will_hear(team=self.team, due_at=due_at), ""

    @property
    def kept_sentence(self) -> str:
        """What to say when the question stays at the contact centre."""
        desk = contact_centre()
        try:
            return sentences.will_hear(team=desk, due_at=proposed_due(product=self.product, team=desk, at=self.at))
        except Refusal:
            return ""

    @property
    def sentence(self) -> str:
        """What to say aloud before it is registered."""
        return self._promise[0]

    @property
    def promise_problem(self) -> str:
        """Why nothing can be promised."""
        return self._promise[1]

    @cached_property
    def callback_phone(self) -> str:
        """The number to call back: as typed here, or the one of the person."""
        return self.fields.callback_phone or introduced(self.fields).phone

    @cached_property
    def windows(self) -> list[WindowChoice]:
        """When the team can call back; empty when it never works."""
        try:
            proposal = proposed_windows(product=self.product, team=self.team, at=self.at)
        except Refusal:
            return []
        values = [write_window(window) for window in proposal.windows]
        chosen = self.fields.window if self.fields.window in values else write_window(proposal.by_norm)
        number = normalise_phone_number(self.callback_phone) if is_phone_number(self.callback_phone) else ""
        return [self._window(value, number, is_chosen=value == chosen) for value in values]

    def _window(self, value: str, phone: str, *, is_chosen: bool) -> WindowChoice:
        window = read_window(value)
        sentence = sentences.will_call(team=self.team, starts_at=window.starts_at, ends_at=window.ends_at, phone=phone)
        day, hours = spell_date(localtime(window.starts_at).date()), spell_hours(window.starts_at, window.ends_at)
        return WindowChoice(value, day, hours, sentence, is_chosen)

    @cached_property
    def refer_to(self) -> dict[str, Any]:
        """The body that deals with this product, when it is not us."""
        return (self.product.refer_to if self.product else None) or {}

    @property
    def refer_name(self) -> str:
        return self.fields.refer_to or str(self.refer_to.get("name", ""))

    @property
    def refer_text(self) -> str:
        """What to say when referring: as typed, or what the product says in the resident's language."""
        if self.fields.refer_text or not self.refer_to:
            return self.fields.refer_text
        facts = self._facts(self.fields.language)
        reach = [self.refer_to.get(name, "") for name in ("phone", "website")]
        return "\n".join(part for part in (facts.refer_text, *reach) if part)

    @property
    def offer(self) -> str:
        """What the agent may offer to do for whoever he refers, in the language of the screen."""
        return self._facts("").offer if self.refer_to else ""

    def _facts(self, language: str) -> ProductFacts:
        return facts_of(self.product, language=language, on=localdate(self.at)) if self.product else ProductFacts()
