"""Calling back: promising it, doing it, and not reaching anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.phone_numbers import NotAPhoneNumber, format_phone_number, normalise_phone_number
from aanspreekpunt.desk.actions.base import Action
from aanspreekpunt.desk.actions.proposals import read_window, windows_for
from aanspreekpunt.promises import operations

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.organisation.models import Employee


class CallBack(Action):
    """Note that the resident was called back and reached."""

    verb, key = "call-back", "b"
    name, submit = _("Called back"), _("Called back and settled")
    done = _("Called back. The promise is kept and the question settled.")

    text = forms.CharField(label=_("What did you say?"), max_length=20_000, widget=forms.Textarea)

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and scene.is_callback

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.call_back(question=self.scene.question, text=self.cleaned_data["text"], by=by, at=at)


class MissCallback(Action):
    """Note that nobody answered, and promise the next window."""

    verb, key = "miss-callback", "m"
    name, submit = _("Not reached"), _("Note it and promise this")
    done = _("Noted. A new moment to call back is promised.")

    text = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    window = forms.ChoiceField(label=_("When do you call again?"))

    def prepare(self) -> None:
        scene, promise = self.scene, self.scene.promise
        start = max(scene.now, promise.due_at) if promise else scene.now
        choices = windows_for(scene.question.owner, start=start, now=scene.now)
        cast("forms.ChoiceField", self.fields["window"]).choices = choices

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and scene.is_callback

    def perform(self, *, by: Employee, at: datetime) -> None:
        data = self.cleaned_data
        operations.miss_callback(
            question=self.scene.question,
            text=data["text"],
            next_window=read_window(data["window"]),
            by=by,
            at=at,
        )


class PromiseCallback(Action):
    """Promise that the team rings back in a window within its hours."""

    verb, key = "promise-callback", "c"
    name, submit = _("Promise to call back"), _("Promise this")
    done = _("Promised. The resident is called back in this window.")

    window = forms.ChoiceField(label=_("When?"))
    phone = forms.CharField(
        label=_("Phone number"), max_length=40, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )

    def prepare(self) -> None:
        scene = self.scene
        choices = windows_for(scene.question.owner, start=scene.now, now=scene.now)
        cast("forms.ChoiceField", self.fields["window"]).choices = choices
        if scene.customer.phone:
            self.initial["phone"] = format_phone_number(scene.customer.phone)

    def clean_phone(self) -> str:
        """Read the number as people write it."""
        try:
            return normalise_phone_number(self.cleaned_data["phone"])
        except NotAPhoneNumber as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and not scene.is_resting

    def perform(self, *, by: Employee, at: datetime) -> None:
        data = self.cleaned_data
        operations.promise_callback(
            question=self.scene.question, window=read_window(data["window"]), phone=data["phone"], by=by, at=at
        )
