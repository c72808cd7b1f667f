"""What is refused about deciding what the desk settles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal


class NotYoursToDecide(Refusal):
    """Somebody else decides this."""

    message = _("This is not yours to decide.")


class NoReasonGiven(Refusal):
    """Whoever made the proposal work wants to know why not."""

    message = _("Say why not, or why later.")


class NothingToCarryOut(Refusal):
    """There is no decision that still has to be carried out."""

    message = _("There is no decision here that still has to be carried out.")
