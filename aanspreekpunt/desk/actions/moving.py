"""Giving a question to a colleague, handing it over, returning it, and promising a new date."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.desk.actions.base import Action
from aanspreekpunt.desk.actions.proposals import (
    CHOOSE,
    SayingSelect,
    sentence_on_handing_over,
    teams_to_hand_to,
)
from aanspreekpunt.desk.times import day_and_time
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import colleagues_of
from aanspreekpunt.promises import operations

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.organisation.models import Employee


class Give(Action):
    """Give it to a colleague of the same team by name; the team and what was promised stay as they are."""

    verb, key = "give", "i"
    name, submit = _("Give to a colleague…"), _("Give")
    done = _("Given. Your colleague finds it on the start screen.")
    explanation = _("The team and the promised date stay as they are. Your colleague sees at once that it is there.")

    to = forms.ChoiceField(label=_("To whom?"))
    note = forms.CharField(
        label=_("Note for your colleague"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def prepare(self) -> None:
        question = self.scene.question
        has_it = {self.scene.reader.pk, question.holder_id}
        self.colleagues = {str(each.pk): each for each in colleagues_of(question.owner) if each.pk not in has_it}
        cast("forms.ChoiceField", self.fields["to"]).choices = [
            ("", _("Choose a colleague")),
            *((pk, each.name if each.is_available else _away(each)) for pk, each in self.colleagues.items()),
        ]

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and not scene.is_resting

    def perform(self, *, by: Employee, at: datetime) -> None:
        data = self.cleaned_data
        to = self.colleagues[data["to"]]
        operations.give_to_colleague(question=self.scene.question, to=to, note=data["note"], by=by, at=at)


def _away(colleague: Employee) -> str:
    return _now("%(name)s · not available") % {"name": colleague.name}


class HandOver(Action):
    """Hand it over to the team that can answer it; once is normal, a second time is for a supervisor."""

    verb, key = "hand-over", "h"
    name, submit = _("Hand over"), _("Hand over")
    done = _("Handed over. The resident is told who has it and by when.")

    to = forms.ChoiceField(label=_("To which team?"), widget=SayingSelect(attrs={"data-says": "say-hand-over"}))
    asks = forms.CharField(
        label=_("What do you ask of them?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(
        label=_("Note for colleagues"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(label=_("Why a second time?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    say_id = "say-hand-over"

    def prepare(self) -> None:
        scene, field = self.scene, cast("forms.ChoiceField", self.fields["to"])
        offers = teams_to_hand_to(scene)
        field.choices = [
            ("", CHOOSE),
            *((team.key, f"{team.shown_name} · {day_and_time(due_at, now=scene.now)}") for team, due_at in offers),
        ]
        cast("SayingSelect", field.widget).sentences = {
            team.key: sentence_on_handing_over(team, due_at, now=scene.now) for team, due_at in offers
        }
        self.offers = {team.key: team for team, _due_at in offers}
        product = scene.question.product
        hinted = str(self.hints.get("team", ""))
        if hinted in self.offers:
            self.initial["to"] = hinted
        elif product is not None and product.team.key in self.offers:
            self.initial["to"] = product.team.key
        if not scene.handovers:
            del self.fields["reason"]

    @property
    def sentence(self) -> str:
        """What to say aloud for the team that is chosen now."""
        chosen = self.data.get("to") if self.is_bound else self.initial.get("to")
        return cast("SayingSelect", self.fields["to"].widget).sentences.get(str(chosen), "")

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        if not scene.may_work or scene.is_resting:
            return False
        team_id = scene.question.owner_id
        needed = Permission.HAND_OVER_AGAIN if scene.handovers else Permission.HAND_OVER
        return rights_of(scene.reader).may(needed, team_id=team_id)

    def perform(self, *, by: Employee, at: datetime) -> None:
        data = self.cleaned_data
        operations.hand_over(
            question=self.scene.question,
            to=self.offers[data["to"]],
            asks=data["asks"],
            note=data["note"],
            reason=data.get("reason", ""),
            by=by,
            at=at,
        )


class Return(Action):
    """Give it back to the team it came from, with the reason."""

    verb, key = "return", "r"
    name, submit, done = _("Return"), _("Return"), _("Returned to the team it came from.")
    explanation = _("It goes back to the team it came from. The promised date stands.")

    reason = forms.CharField(label=_("Why is this not for your team?"), max_length=2000, widget=forms.Textarea)

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and not scene.is_resting and scene.may_be_returned

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.return_to_sender(question=self.scene.question, reason=self.cleaned_data["reason"], by=by, at=at)


class RenewPromise(Action):
    """Promise a new date, by the norm from now; a late promise stays broken."""

    verb, key = "renew-promise", "d"
    name, submit, done = _("New date"), _("Promise a new date"), _("A new date is promised. The resident is told.")
    explanation = _("The new date follows from the norm, counted from now. A promise that is late stays late.")

    reason = forms.CharField(label=_("Why is a new date needed?"), max_length=2000, widget=forms.Textarea)

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and not scene.is_resting

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.renew_promise(question=self.scene.question, reason=self.cleaned_data["reason"], by=by, at=at)
