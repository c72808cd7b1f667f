"""What is not done to a message, and why not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal


class NotInDoubt(Refusal):
    """The message was sent, failed, or still waits."""

    message = _("This message is not in doubt.")


class NotInQuarantine(Refusal):
    """The message was understood, or still waits."""

    message = _("This message is not in quarantine.")


class AlreadyOnItsWay(Refusal):
    """Somebody began to send the message, or it was sent or taken back before."""

    message = _("The letter is already on its way, so it cannot be taken back any more.")


class NotSetAside(Refusal):
    """The message was not set aside, or is no longer kept."""

    message = _("This message was not set aside, or it is no longer kept.")
