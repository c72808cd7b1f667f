"""What we do not do, and why not: the base of every refusal, and those for something that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refusal(Exception):
    """Something a person asked for that we do not do; `str()` of it says why, in the language of the screen.

    A subclass sets `message`. Parameters given when it is raised fill the `%(name)s` places in that message.
    """

    message: ClassVar[StrOrPromise] = _("This is not possible.")

    def __init__(self, **parameters: object) -> None:
        super().__init__()
        self.parameters = parameters

    def __str__(self) -> str:
        message = str(self.message)
        return message % self.parameters if self.parameters else message


class NotAReference(Refusal):
    """What was entered is not a reference number, or a digit of it is wrong."""

    message = _("This is not a reference number. A reference number has 11 digits. Please check each digit.")


class NotAFollowCode(Refusal):
    """What was entered does not have the form of a follow code."""

    message = _("This is not a follow code. A follow code has 12 letters and digits. Please check what you entered.")


class NotAPhoneNumber(Refusal):
    """What was entered is not a phone number that can be called."""

    message = _("This is not a phone number. Enter digits only, and for a number abroad + and the country code first.")


class NotAPostcode(Refusal):
    """What was entered is not a Dutch postcode."""

    message = _("This is not a postcode. A postcode has four digits and two letters, for example 1234 AB.")
