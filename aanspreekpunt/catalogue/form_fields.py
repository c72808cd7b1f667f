"""The kinds of field a product's form may have: how each is asked, checked, kept as JSON and read back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.catalogue.address import AddressField
from aanspreekpunt.common.file_types import ACCEPTED, content_type_of
from aanspreekpunt.common.phone_numbers import format_phone_number, normalise_phone_number
from aanspreekpunt.common.postcodes import format_postcode, normalise_postcode
from aanspreekpunt.common.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.uploadedfile import UploadedFile

SHORT_TEXT, LONG_TEXT = 200, 4000
MOST_DIGITS = 12
MOST_RADIO_BUTTONS = 10
YES, NO = "yes", "no"
EMPTY = _("This is still empty. Please fill it in.")
NOT_CHOSEN = _("Please choose an answer.")
DATE_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y"]


class PhoneField(forms.CharField):
    """A phone number, kept in one form."""

    def clean(self, value: Any) -> str:
        return _normalised(super().clean(value), normalise_phone_number)


class PostcodeField(forms.CharField):
    """A Dutch postcode, kept as 1234AB."""

    def clean(self, value: Any) -> str:
        return _normalised(super().clean(value), normalise_postcode)


class LowerCaseEmailField(forms.EmailField):
    """An e-mail address, kept in lower case."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        return text.lower()


class NumberField(forms.DecimalField):
    """A number as people write it in the language of the screen."""

    def prepare_value(self, value: Any) -> Any:
        """Show a number that was kept as JSON the way people write it; leave what somebody typed alone."""
        return localize_input(value) if isinstance(value, int | float) else value


class FileField(forms.FileField):
    """One file of a kind and size that we take."""

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if file is None:
            return None
        most = settings.UPLOAD_MEGABYTES
        if file.size is not None and file.size > most * 1024 * 1024:
            raise ValidationError(_("This file is too large. It may be %(most)s MB at most."), params={"most": most})
        if file.file is None or not content_type_of(file.file):
            raise ValidationError(_("We cannot take this kind of file. Choose a photo, a PDF or a Word document."))
        return file


class Radios(forms.RadioSelect):
    """Choices of which one counts, each with its own label beside it."""

    template_name = "catalogue/widgets/choices.html"
    option_template_name = "django/forms/widgets/input.html"


class Checkboxes(forms.CheckboxSelectMultiple):
    """Choices of which several may count, each with its own label beside it."""

    template_name = "catalogue/widgets/choices.html"
    option_template_name = "django/forms/widgets/input.html"


def field_for(plan: dict[str, Any], *, label: str, help_text: str, options: list[tuple[str, str]]) -> forms.Field:
    """Return the form field for one field of a product's form (see `Product.form`)."""
    field = _BUILDERS[plan["type"]](plan, options)
    field.label = label
    field.help_text = help_text
    field.required = bool(plan.get("required"))
    field.widget.is_required = field.required
    return field


def as_json(value: Any) -> Any:
    """Return a cleaned value as it is kept in JSON: dates as text, whole numbers whole, files by their name."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "as_integer_ratio"):
        return int(value) if value == int(value) else float(value)
    return getattr(value, "name", value)


def textbox(kind: str = "text", **attrs: str) -> dict[str, Any]:
    """Return the attributes every one-line field has."""
    return {"type": kind, "class": "utrecht-textbox utrecht-textbox--html-input", "dir": "auto", **attrs}


def _normalised(text: str, normalise: Callable[[str], str]) -> str:
    if not text:
        return ""
    try:
        return normalise(text)
    except Refusal as refusal:
        raise ValidationError(str(refusal)) from refusal


def _text(plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    widget = forms.TextInput(textbox())
    return forms.CharField(
        max_length=plan.get("max_length") or SHORT_TEXT, widget=widget, error_messages={"required": EMPTY}
    )


def _textarea(plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    widget = forms.Textarea({"class": "utrecht-textarea utrecht-textarea--html-textarea", "rows": 5, "dir": "auto"})
    return forms.CharField(
        max_length=plan.get("max_length") or LONG_TEXT, widget=widget, error_messages={"required": EMPTY}
    )


def _number(_plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    widget = forms.TextInput(textbox(inputmode="decimal"))
    wrong = _("This is not a number. Use digits only, for example 12.")
    return NumberField(
        max_digits=MOST_DIGITS, localize=True, widget=widget, error_messages={"required": EMPTY, "invalid": wrong}
    )


def _date(_plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    wrong = _("This is not a date. Write day, month and year, for example 4-3-2026.")
    widget = forms.DateInput(textbox("date"), format="%Y-%m-%d")
    return forms.DateField(
        input_formats=DATE_FORMATS, widget=widget, error_messages={"required": EMPTY, "invalid": wrong}
    )


def _email(_plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    wrong = _("This is not an e-mail address. It has an @ in it, for example name@example.nl.")
    widget = forms.EmailInput(textbox("email", autocomplete="email"))
    return LowerCaseEmailField(widget=widget, error_messages={"required": EMPTY, "invalid": wrong})


def _phone(_plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    widget = forms.TextInput(textbox("tel", autocomplete="tel"))
    return PhoneField(max_length=40, widget=widget, error_messages={"required": EMPTY})


def _postcode(_plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    widget = forms.TextInput(textbox(autocomplete="postal-code"))
    return PostcodeField(max_length=10, widget=widget, error_messages={"required": EMPTY})


def _choice(_plan: dict[str, Any], options: list[tuple[str, str]]) -> forms.Field:
    messages = {"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN}
    if len(options) <= MOST_RADIO_BUTTONS:
        radio = Radios({"class": "utrecht-radio-button utrecht-radio-button--html-input"})
        return forms.ChoiceField(choices=options, widget=radio, error_messages=messages)

    select = forms.Select({"class": "utrecht-select utrecht-select--html-select"})
    return forms.ChoiceField(choices=[("", ""), *options], widget=select, error_messages=messages)


def _choices(_plan: dict[str, Any], options: list[tuple[str, str]]) -> forms.Field:
    widget = Checkboxes({"class": "utrecht-checkbox utrecht-checkbox--html-input"})
    return forms.MultipleChoiceField(
        choices=options, widget=widget, error_messages={"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN}
    )


def _yes_no(plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    return _choice(plan, [(YES, str(_("Yes"))), (NO, str(_("No")))])


def _address(_plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    return AddressField()


def _file(_plan: dict[str, Any], _options: list[tuple[str, str]]) -> forms.Field:
    widget = forms.FileInput({"class": "portal-file", "accept": ACCEPTED})
    return FileField(max_length=200, widget=widget, error_messages={"required": _("Please choose a file.")})


_BUILDERS: Final[dict[str, Callable[[dict[str, Any], list[tuple[str, str]]], forms.Field]]] = {
    "text": _text,
    "textarea": _textarea,
    "number": _number,
    "date": _date,
    "email": _email,
    "phone": _phone,
    "postcode": _postcode,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "address": _address,
    "file": _file,
}


READERS: Final[dict[str, Callable[[str], str]]] = {"phone": format_phone_number, "postcode": format_postcode}
"""How a kept text of this type is shown."""
