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
