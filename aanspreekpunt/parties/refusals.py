"""What is not kept about a person, and why not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal


class NameNeeded(Refusal):
    """Somebody without any name cannot be remembered."""

    message = _("Enter a name to remember this person by. Without a name the contact stays anonymous.")


class NotAnIdentifier(Refusal):
    """The number cannot be right: its length or its check digit is wrong."""

    message = _("This number cannot be right. Please check each digit.")


class IdentifierInUse(Refusal):
    """Another person or organisation has this number."""

    message = _("This number belongs to another person or organisation already.")
