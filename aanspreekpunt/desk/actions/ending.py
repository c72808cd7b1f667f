"""Settling a question without an answer of our own, opening it again, and merging a duplicate."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.references import NotAReference, parse_reference
from aanspreekpunt.desk.actions.base import Action
from aanspreekpunt.promises import operations
from aanspreekpunt.questions.choices import Outcome
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.queries import question_for

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.organisation.models import Employee

WAYS_TO_SETTLE = (
    (Outcome.REFERRED, _("Handed to another body: note which")),
    (Outcome.BECAME_CASE, _("Became a case: note its number")),
    (Outcome.APPOINTMENT_MADE, _("Appointment made: note when")),
    (Outcome.WITHDRAWN, _("Withdrawn by the resident: note why")),
    (Outcome.COULD_NOT_BE_ANSWERED, _("Could not be answered: note why")),
)


class OtherQuestion(forms.CharField):
    """Another question, by its reference or chosen from those of the same person."""

    scene: Scene

    def clean(self, value: str) -> Question:
        """Return the question, if the reader may see it."""
        try:
            return question_for(self.scene.reader, reference=parse_reference(super().clean(value)))
        except NotAReference as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        except Question.DoesNotExist:
            raise forms.ValidationError(_now("There is no question with this reference that you may see.")) from None


class Settle(Action):
    """End it without an answer of our own: referred, a case, an appointment, withdrawn, could not."""

    verb, key = "settle", "s"
    name, submit, done = _("Settle otherwise"), _("Settle"), _("The question is settled.")

    outcome = forms.ChoiceField(label=_("How did it end?"), choices=WAYS_TO_SETTLE, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Which, when or why"), max_length=2000)
    tell = forms.CharField(
        label=_("What do you tell the resident?"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Is mailed if we have an e-mail address; otherwise say it and note it here."),
    )

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.settle(question=self.scene.question, **self.cleaned_data, by=by, at=at)


class Reopen(Action):
    """Open a settled question again, because the resident comes back or it was closed too soon."""

    verb, key = "reopen", "o"
    name, submit, done = _("Open again"), _("Open again"), _("Opened again, with a new promise.")

    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea)

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.question.is_settled

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.reopen_by_employee(question=self.scene.question, reason=self.cleaned_data["reason"], by=by, at=at)


class Merge(Action):
    """Settle it as a duplicate of another question, which goes on for both."""

    verb, key = "merge", "u"
    name, submit = _("Merge duplicate"), _("Merge")
    done = _("Merged. The other question goes on for both.")
    explanation = _("This question is settled; the other one goes on for both. The resident is told.")

    into = OtherQuestion(
        label=_("Reference of the question that goes on"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "same-person", "autocomplete": "off", "inputmode": "numeric"}),
    )

    def prepare(self) -> None:
        cast("OtherQuestion", self.fields["into"]).scene = self.scene
        self.candidates = [each for each in self.scene.history if each.duplicate_of_id is None]

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.merge(question=self.scene.question, into=self.cleaned_data["into"], by=by, at=at)
