"""What is not promised or handed over, and why not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal


class SecondHop(Refusal):
    """An agent wants to hand a question over a second time."""

    message = _("This question was handed over before. Ask a supervisor to hand it over again.")


class ReasonNeeded(Refusal):
    """A reason is needed and there is none."""

    message = _("Say why.")


class AlreadyThere(Refusal):
    """The question is already with this team."""

    message = _("This question is already with that team.")


class AlreadyHeldBy(Refusal):
    """The question is already in the hands of the colleague who should get it."""

    message = _("%(name)s already has this question in hand.")


class NothingToReturn(Refusal):
    """The question was not handed over to the team that wants to return it."""

    message = _("This question was not handed over to you, so it cannot be returned.")


class OutsideHours(Refusal):
    """A moment outside the hours of the team that must keep the promise."""

    message = _("%(team)s is closed then. Choose a moment within its hours.")


class TeamIsNotAtWork(Refusal):
    """The team has no opening hours, or does not exist any more."""

    message = _("%(team)s has no opening hours or no longer exists, so nothing can be promised on its behalf.")


class NotInThatTeam(Refusal):
    """A question is meant for someone who does not work in the team that gets it."""

    message = _("%(name)s does not work in %(team)s. Choose somebody of that team.")


class InThePast(Refusal):
    """A moment that has passed."""

    message = _("That moment has passed. Choose a later one.")


class NoNumberToCall(Refusal):
    """A callback needs a phone number."""

    message = _("Enter the phone number to call back.")


class NoAddressToWrite(Refusal):
    """A written answer needs an e-mail address."""

    message = _("There is no e-mail address to send this to. Call, or note the answer as given in another way.")


class NoCallbackPromised(Refusal):
    """There is no open callback on this question."""

    message = _("No callback is promised for this question.")


class NotTogether(Refusal):
    """A confidential question would become part of one that others see."""

    message = _("A confidential question only goes together with a confidential question of the same team.")


class NotAnOutcome(Refusal):
    """The question cannot be settled this way."""

    message = _("Choose how this question ended.")


class FilesGoByMail(Refusal):
    """There are files to go along with an answer that is not an e-mail."""

    message = _("Files can only go along with an e-mail. Choose e-mail, or leave the files out.")
