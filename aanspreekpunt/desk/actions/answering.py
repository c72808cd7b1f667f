"""Answering the resident, asking something back, and noting what he added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aanspreekpunt.desk.actions.base import Action
from aanspreekpunt.desk.actions.letters import ANSWER_LENGTH, Letter
from aanspreekpunt.knowledge.operations.uses import note_given
from aanspreekpunt.promises import letters, operations
from aanspreekpunt.promises.operations.asking_back import waits_until
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.queries import questions_gathered_in
from aanspreekpunt.questions.refusals import NotYours

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.organisation.models import Employee


class Answer(Letter):
    """Answer the resident; by e-mail it goes out now, a spoken answer is noted."""

    verb, key = "answer", "e"
    name, submit, done = _("Answer"), _("Answer and settle"), _("Answered. The question is settled.")

    text = forms.CharField(
        label=_("Your answer"),
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("In plain Dutch, to the resident. By phone or at the counter: what you said."),
    )

    def prepare(self) -> None:
        super().prepare()
        others = len(questions_gathered_in(self.scene.question)) - 1
        if others:
            self.explanation = ngettext(
                "%(count)d resident whose question was merged into this one gets this answer too.",
                "%(count)d residents whose questions were merged into this one get this answer too.",
                others,
            ) % {"count": others}

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and not scene.is_callback

    def preview(self) -> tuple[str, str] | None:
        """Return subject and text of the letter; None when nothing is sent."""
        if self.cleaned_data.get("channel") != Channel.EMAIL or not self.cleaned_data.get("text"):
            return None
        return letters.preview_answer(
            question=self.scene.question, text=self.cleaned_data["text"], files=self.enclosures
        )

    def perform(self, *, by: Employee, at: datetime) -> None:
        data = self.cleaned_data
        question = self.scene.question
        operations.answer(
            question=question, text=data["text"], channel=data["channel"], files=self.enclosed_uuids, by=by, at=at
        )
        if data["article"]:
            note_given(
                article_keys=data["article"].split(),
                question_id=question.pk,
                is_confidential=question.is_confidential,
                searched=self.searched,
                person=_told_apart(self.scene),
                at=at,
            )


def _told_apart(scene: Scene) -> str:
    """Return what tells who asked from others: who he is when that is known, else this question."""
    party = scene.customer.party
    return f"party:{party.pk}" if party else f"question:{scene.question.pk}"


class AskResident(Letter):
    """Ask the resident something the answer needs; meanwhile the promise rests."""

    verb, key = "ask-resident", "v"
    name, submit = _("Ask the resident"), _("Ask")
    done = _("Asked. We wait for the reply, at most ten working days.")
    explanation = _("The promise rests until the reply comes, at most ten working days.")

    text = forms.CharField(label=_("What do you need to know?"), max_length=ANSWER_LENGTH, widget=forms.Textarea)

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and not scene.is_resting

    def preview(self) -> tuple[str, str] | None:
        """Return subject and text of the letter; None when nothing is sent."""
        if self.cleaned_data.get("channel") != Channel.EMAIL or not self.cleaned_data.get("text"):
            return None
        question = self.scene.question
        return letters.preview_asked_back(
            question=question,
            text=self.cleaned_data["text"],
            due_at=waits_until(question, at=self.scene.now),
            files=self.enclosures,
        )

    def perform(self, *, by: Employee, at: datetime) -> None:
        data = self.cleaned_data
        operations.ask_resident(
            question=self.scene.question,
            text=data["text"],
            channel=data["channel"],
            files=self.enclosed_uuids,
            by=by,
            at=at,
        )


class StopWaiting(Action):
    """Go on without the reply, because it is no longer needed; a new promise starts."""

    verb, key = "stop-waiting", "v"
    name, done = _("Go on without a reply"), _("The work goes on, with a new promise.")
    is_at_once = True

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work and scene.is_resting

    def perform(self, *, by: Employee, at: datetime) -> None:
        if not self.scene.may_work:
            raise NotYours
        operations.stop_waiting(question=self.scene.question, by=by, at=at)


class NoteAddition(Action):
    """Note what the resident added, by anyone he has on the line."""

    verb, key = "note-addition", "q"
    name, submit = _("Resident adds something"), _("Note it")
    done = _("Noted. The team sees that there is news.")

    text = forms.CharField(label=_("What does the resident add?"), max_length=ANSWER_LENGTH, widget=forms.Textarea)
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[(each.value, each.label) for each in (Channel.PHONE, Channel.COUNTER, Channel.LETTER, Channel.VISIT)],
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
    )

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.is_open

    def perform(self, *, by: Employee, at: datetime) -> None:
        data = self.cleaned_data
        operations.note_addition(question=self.scene.question, text=data["text"], channel=data["channel"], by=by, at=at)
