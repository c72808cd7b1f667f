"""What is refused about answers, and the sentence that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.knowledge.mistakes import wrong_on_line

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.models import Version
    from aanspreekpunt.knowledge.rules.values import Mistake


class NotYourAnswer(Refusal):
    """An answer is changed by its owner and by content editors; publishing is for content editors."""

    message = _("You may not change this answer. Ask its owner or a content editor.")


class NotPossibleNow(Refusal):
    """The version is in a state from which this cannot be done."""

    message = _("This is not possible any more: the text is now “%(state)s”. Look at the newest version first.")


class SomebodyElseSaved(Refusal):
    """Two editors had the same draft open; the second one is told instead of overwriting the first."""

    message = _("%(name)s saved this answer while you were writing. Compare the two texts below, then save again.")

    def __init__(self, *, newest: Version) -> None:
        super().__init__(name=newest.written_by_name or "…")
        self.newest = newest


class NeedsASecondReader(Refusal):
    """This municipality wants somebody else than the writer to approve an answer."""

    message = _("You wrote this version yourself. Somebody else has to approve it.")


class ValuesAreMissing(Refusal):
    """An answer would be published with holes in it."""

    message = _("Fill in or confirm these local values first: %(names)s.")


class TextIsIncomplete(Refusal):
    """A question or an answer is missing, or one of the two is missing in English."""

    message = _("Write both the question and the answer; in English too, if one of them is there.")


class DaysAreInWrongOrder(Refusal):
    """The last day on which an answer is true lies before the first."""

    message = _("The last day on which the answer is true lies before the first.")


class VariableCannotBeRead(Refusal):
    """Something between braces in one of the texts of an answer is not the name of a local value."""

    def __init__(self, *, field: str, mistake: Mistake) -> None:
        super().__init__()
        self.field = field
        self.mistake = mistake

    def __str__(self) -> str:
        return wrong_on_line(self.mistake)


class IsBeingWritten(Refusal):
    """Somebody here works on a draft of the answer that an import would overwrite."""

    message = _("%(name)s is writing a new version of this answer. Publish or discard that one first.")


class OwnerCannotWrite(Refusal):
    """An answer needs an owner who works here."""

    message = _("%(name)s does not work here any more and cannot own an answer.")


class KeyIsTaken(Refusal):
    """Another answer or value has this name."""

    message = _("There is another one with the name %(key)s. Choose another name.")


class ReasonIsMissing(Refusal):
    """Somebody waits for a reason."""

    message = _("Say why, so that the other person can go on.")


class AlreadyDecided(Refusal):
    """Somebody else judged this proposal."""

    message = _("%(name)s judged this proposal already.")


class NobodyToJudge(Refusal):
    """There is no content editor to give a proposal to."""

    message = _("There is no content editor yet who can judge proposals.")


class TextHasBegun(Refusal):
    """Readers see this text already; what was said stays in the history."""

    message = _("Readers see this text already. Say something else from today on instead.")


class ValueIsInUse(Refusal):
    """Published answers would be left with a hole."""

    message = _("This value stands in published answers (%(count)s). Take it out of them first.")


class FileOfAnswersTooLarge(Refusal):
    """A file is larger than is taken on the screen."""

    message = _(
        "This file is too large. It may be %(most)s MB at most. Split it, or ask an administrator to bring it in."
    )


class ImportCannotGoOn(Refusal):
    """An import is under way, done, or has nothing to bring in."""

    message = _("This import is under way or finished already.")
