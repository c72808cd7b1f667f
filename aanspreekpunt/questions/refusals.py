"""What is not done to a question, and why not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal


class QuestionIsClosed(Refusal):
    """The question is settled."""

    message = _("This question is already settled. Reopen it first.")


class QuestionIsOpen(Refusal):
    """The question is not settled yet."""

    message = _("This question is still open.")


class QuestionIsHeld(Refusal):
    """A colleague holds the question."""

    message = _("%(name)s is working on this question.")


class NotPossibleNow(Refusal):
    """The question is in a state from which this cannot be done."""

    message = _("This is not possible for a question in this state. Look at the latest state and try again.")


class NotYours(Refusal):
    """The employee may not do this with this question."""

    message = _("You may not do this with this question.")


class NobodyWouldSeeIt(Refusal):
    """A confidential question would end where nobody may see it."""

    message = _("Nobody works in %(team)s, so nobody would see this confidential question.")


class NothingWritten(Refusal):
    """A text is needed and there is none."""

    message = _("Write something first.")


class SameQuestion(Refusal):
    """A question cannot be linked to or merged with itself."""

    message = _("Choose another question.")


class AlreadyAsked(Refusal):
    """The same delivery was already registered."""

    message = _("This question was already registered.")


class NotHeldBack(Refusal):
    """The file is not one that somebody may decide to hand out."""

    message = _("This file is not held back, or it may not be released.")


class FollowUpNotNeeded(Refusal):
    """Somebody was reached, so that nothing more has to be done to reach him."""

    message = _("A contact that succeeded needs no further action.")


class AnswerMustStay(Refusal):
    """The only answer on record of a question that was settled with it."""

    message = _("This question was settled with this answer. Reopen it before you take the answer away.")


class NumberInUse(Refusal):
    """Another contact has this number."""

    message = _("Another contact already has this number.")


class AlreadyLinked(Refusal):
    """The same actor is linked to the same contact already."""

    message = _("This actor is linked to this contact already.")
