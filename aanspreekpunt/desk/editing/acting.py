"""What can be done with an answer besides writing it: each a small form with the one call that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.desk.actions.base import ActionOn
from aanspreekpunt.desk.editing.fields import COLLEAGUES, Text
from aanspreekpunt.desk.editing.one_answer import OneAnswer
from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.knowledge.operations import learning, restoring, writing
from aanspreekpunt.knowledge.operations.writing import Base
from aanspreekpunt.knowledge.refusals import NotPossibleNow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from aanspreekpunt.organisation.models import Employee


class AnswerAction(ActionOn[OneAnswer]):
    """Something one can do with an answer; it says which text the editor had before him."""

    is_shown_among_others: ClassVar[bool] = True

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, answer: OneAnswer, data: Mapping[str, Any] | None = None) -> None:
        self.answer = answer
        super().__init__(data, initial={"number": answer.base.number, "revision": answer.base.revision})

    @property
    def base(self) -> Base:
        """What the editor had before him."""
        return Base(self.cleaned_data["number"], self.cleaned_data["revision"])

    def writing(self) -> Version:
        """Return the version that is being written; refuses when there is none any more."""
        if self.answer.writing is None:
            raise NotPossibleNow(state=self.answer.newest.get_state_display())
        return self.answer.writing


class Publish(AnswerAction):
    """Let everybody read what is being written."""

    verb, key, is_at_once = "publish", "p", True
    name, done = _("Publish"), _("Published. Everybody reads this version now.")

    @classmethod
    def is_offered(cls, answer: OneAnswer) -> bool:
        return answer.approves and answer.writing is not None and not answer.needs_other_reader

    def perform(self, *, by: Employee, at: datetime) -> None:
        writing.publish(version=self.writing(), base=self.base, by=by, at=at)


class Submit(AnswerAction):
    """Ask an editor to read it."""

    verb, key, is_at_once = "submit", "r", True
    name, done = _("Ask for review"), _("Handed in. A content editor reads it and publishes it.")

    @classmethod
    def is_offered(cls, answer: OneAnswer) -> bool:
        return answer.writes and answer.newest.state == Version.State.DRAFT

    def perform(self, *, by: Employee, at: datetime) -> None:
        writing.submit_for_review(version=self.writing(), by=by, at=at)


class SendBack(AnswerAction):
    """Give it back to its writer."""

    verb, key = "send-back", "b"
    name, done = _("Send back"), _("Sent back to its writer.")

    reason = Text(label=_("What has to change?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}))

    @classmethod
    def is_offered(cls, answer: OneAnswer) -> bool:
        return answer.approves and answer.newest.state == Version.State.REVIEW

    def perform(self, *, by: Employee, at: datetime) -> None:
        writing.send_back(version=self.writing(), reason=self.cleaned_data["reason"], by=by, at=at)


class Discard(AnswerAction):
    """Throw away what is being written."""

    verb = "discard"
    name, done = _("Discard the draft"), _("The draft is discarded. Its text stays in the list of versions.")
    explanation = _("What readers see stays as it is. You can restore the draft later from the list of versions.")

    @classmethod
    def is_offered(cls, answer: OneAnswer) -> bool:
        return answer.writes and answer.writing is not None

    def perform(self, *, by: Employee, at: datetime) -> None:
        writing.discard(version=self.writing(), by=by, at=at)


class Withdraw(AnswerAction):
    """Take it away from every reader."""

    verb = "withdraw"
    name, done = _("Withdraw"), _("Withdrawn. Nobody finds this answer any more.")
    explanation = _("Nobody finds this answer any more: not at the desk and not on the website.")

    reason = Text(label=_("Why is it withdrawn?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))

    @classmethod
    def is_offered(cls, answer: OneAnswer) -> bool:
        return answer.approves and answer.published is not None

    def perform(self, *, by: Employee, at: datetime) -> None:
        writing.withdraw(article=self.answer.article, reason=self.cleaned_data["reason"], by=by, at=at)


class GiveOwner(AnswerAction):
    """Make somebody responsible for it."""

    verb, key = "give-owner", "o"
    name, done = _("Give an owner"), _("The answer has another owner.")
    explanation = _("The owner keeps the answer true: he gets its proposals, and the work it makes.")

    owner = forms.ModelChoiceField(label=_("Owner"), queryset=COLLEAGUES, empty_label=_("Choose"))

    def prepare(self) -> None:
        self.initial["owner"] = self.answer.article.owner_id

    @classmethod
    def is_offered(cls, answer: OneAnswer) -> bool:
        return answer.approves

    def perform(self, *, by: Employee, at: datetime) -> None:
        writing.give_owner(article=self.answer.article, owner=self.cleaned_data["owner"], by=by, at=at)


class Restore(AnswerAction):
    """Begin a new draft with the text of an earlier version."""

    verb, is_at_once, is_shown_among_others = "restore", True, False
    name, done = _("Restore"), _("A new draft has the text of that version. Read it once more and publish it.")

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @classmethod
    def is_offered(cls, answer: OneAnswer) -> bool:
        return answer.writes and answer.writing is None

    def perform(self, *, by: Employee, at: datetime) -> None:
        version = self.answer.article.versions.filter(number=self.cleaned_data["version"]).first()
        if version is None:
            raise NotPossibleNow(state=self.answer.newest.get_state_display())
        restoring.restore(version=version, base=self.base, by=by, at=at)


class OnLearnedWord(AnswerAction):
    """Something one can do with a word by which others found it; its buttons stand beside the word."""

    is_at_once, is_shown_among_others = True, False

    stem = forms.CharField(widget=forms.HiddenInput, max_length=100)

    @classmethod
    def is_offered(cls, answer: OneAnswer) -> bool:
        return answer.writes and bool(answer.learned_words)


class TakeWordOver(OnLearnedWord):
    """Make it a search word of the answer."""

    verb, name = "take-word-over", _("Make it a search word")
    done = _("A draft has it as a search word now. Publish the draft to keep it.")

    def perform(self, *, by: Employee, at: datetime) -> None:
        stem = self.cleaned_data["stem"]
        learning.take_word_over(article=self.answer.article, stem=stem, base=self.base, by=by, at=at)


class ForgetWord(OnLearnedWord):
    """Let the answer never be found by it again."""

    verb, name = "forget-word", _("Forget it")
    done = _("Forgotten. Nobody finds this answer by that word any more, and it is not learned again.")

    def perform(self, *, by: Employee, at: datetime) -> None:
        learning.forget_word(article=self.answer.article, stem=self.cleaned_data["stem"], by=by, at=at)


IN_ORDER: tuple[type[AnswerAction], ...] = (
    *(Publish, Submit, SendBack, GiveOwner, Discard, Withdraw),
    *(Restore, TakeWordOver, ForgetWord),
)
ACTIONS: dict[str, type[AnswerAction]] = {action.verb: action for action in IN_ORDER}
