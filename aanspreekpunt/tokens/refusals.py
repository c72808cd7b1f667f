"""What is refused about tokens, and the sentence that says why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal


class NotYoursToGive(Refusal):
    """Only a functional administrator makes, changes and revokes tokens."""

    message = _("Tokens are for functional administrators. Ask yours.")


class NameIsTaken(Refusal):
    """The log would not tell two tokens of one name apart."""

    message = _("There is a token in use with the name %(name)s. Choose another name, or revoke that one first.")


class NameIsMissing(Refusal):
    """Nobody would know whose token it is."""

    message = _("Say which system the token is for.")


class NameIsTooLong(Refusal):
    """It would fill every line of a list and a log."""

    message = _("This name is too long: at most %(limit)d characters.")


class NoRights(Refusal):
    """A token that may do nothing is of no use."""

    message = _("Choose at least one thing this token may do.")


class RightIsUnknown(Refusal):
    """A right that does not exist was asked for."""

    message = _("“%(right)s” is no right. Write a name and letters, such as contacts=rw; names: %(names)s.")


class EndsBeforeItBegins(Refusal):
    """The last moment of a token lies in the past."""

    message = _("This day is over. Choose a later one.")


class TeamIsUnknown(Refusal):
    """One of the teams does not exist (any more)."""

    message = _("One of these teams does not exist any more.")


class TokenIsRevoked(Refusal):
    """A token that was revoked stays revoked."""

    message = _("This token was revoked. Make a new one.")


class NoSuchToken(Refusal):
    """No token has this name."""

    message = _("There is no token in use with the name %(name)s.")


class KeyIsUnknown(Refusal):
    """No token has this key, or it was revoked, or its time is over; which of these is nobody's business."""

    message = _("This key opens nothing.")


class AskedSomethingElse(Refusal):
    """A request bears the key of another request, so that one of the two would get the wrong answer."""

    message = _("This Idempotency-Key was used for another request. Take a new one for each request.")
