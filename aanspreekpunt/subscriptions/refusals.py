"""What is refused about subscriptions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal


class NotYoursToSubscribe(Refusal):
    """Somebody else decides which systems are told what."""

    message = _("You may not do this with subscriptions.")


class NoName(Refusal):
    """A subscription without a name cannot be told from another."""

    message = _("Give it a name.")


class NotAnAddress(Refusal):
    """What was given is no web address that can be sent to."""

    message = _("This is not a web address that we can send to.")


class NotProtected(Refusal):
    """What is sent could be read on the way."""

    message = _("Only addresses that begin with https:// are sent to, because others can be read on the way.")


class IsInside(Refusal):
    """The address is inside our own network, where a notice could do what its receiver may not."""

    message = _(
        "This address is inside our own network. Whoever runs this installation can allow it by name,"
        " with AANSPREEKPUNT_INTERNAL_RECEIVERS."
    )


class UnknownChannel(Refusal):
    """There is no such channel."""

    message = _("There is no channel “%(name)s”.")


class UnknownFilter(Refusal):
    """Messages on this channel do not have that feature."""

    message = _("Messages about “%(channel)s” cannot be filtered on “%(name)s”.")


class NoSecret(Refusal):
    """The receiver wants to know that it is us."""

    message = _("Fill in with what the receiver recognises us.")


class NotAHeader(Refusal):
    """What was given would not fit in one header."""

    message = _("This has characters in it that cannot be sent along.")


class TooManySubscriptions(Refusal):
    """One token with endless subscriptions would keep us busy for nobody's sake."""

    message = _("There are %(limit)d subscriptions with this token already; remove one first.")


class IsRemoved(Refusal):
    """The subscription was removed."""

    message = _("This subscription was removed.")


class IsRunning(Refusal):
    """It is not paused."""

    message = _("This subscription is not paused.")


class IsPaused(Refusal):
    """It is paused already."""

    message = _("This subscription is paused.")


class NotDead(Refusal):
    """Only what was given up can be sent again."""

    message = _("This notice was not given up, so it need not be sent again.")
