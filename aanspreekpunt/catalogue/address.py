"""An address as one field of a form: street, number, postcode and town, of which not all need be known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.postcodes import format_postcode, normalise_postcode
from aanspreekpunt.common.refusals import NotAPostcode

PARTS = ("street", "house_number", "addition", "postcode", "city")
_LABELS = {
    "street": _("Street"),
    "house_number": _("House number"),
    "addition": _("Addition"),
    "postcode": _("Postcode"),
    "city": _("Town"),
}
_AUTOCOMPLETE = {"street": "address-line1", "postcode": "postal-code", "city": "address-level2"}
_LONGEST = 100
_HIGHEST_NUMBER = 99_999


class AddressWidget(forms.MultiWidget):
    """Five inputs, each with its own label."""

    template_name = "catalogue/widgets/address.html"

    def __init__(self) -> None:
        super().__init__({part: forms.TextInput(self._attrs(part)) for part in PARTS})

    def decompress(self, value: dict[str, Any] | None) -> list[Any]:
        kept = value or {}
        shown = {**kept, "postcode": format_postcode(kept["postcode"])} if kept.get("postcode") else kept
        return [shown.get(part, "") for part in PARTS]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for part, widget in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            widget["label"], widget["part"] = _LABELS[part], part
        return context

    @staticmethod
    def _attrs(part: str) -> dict[str, str]:
        attrs = {"class": "utrecht-textbox utrecht-textbox--html-input", "type": "text", "dir": "auto"}
        if part in _AUTOCOMPLETE:
            attrs["autocomplete"] = _AUTOCOMPLETE[part]
        return attrs | ({"inputmode": "numeric"} if part == "house_number" else {})


class AddressField(forms.MultiValueField):
    """Gives a dictionary of the parts that were filled in; needs a street, or a postcode with a house number."""

    widget = AddressWidget

    def __init__(self) -> None:
        fields = tuple(forms.CharField(max_length=_LONGEST, required=False) for _part in PARTS)
        super().__init__(fields, require_all_fields=False, required=False)

    def clean(self, value: Any) -> dict[str, Any]:
        # Emptiness is judged as a whole, not part by part.
        required, self.required = self.required, False
        try:
            address: dict[str, Any] = super().clean(value) or {}
        finally:
            self.required = required
        if not address and required:
            raise ValidationError(_("This is still empty. Fill in a street, or a postcode and house number."))
        if address and not (address.get("street") or {"postcode", "house_number"} <= address.keys()):
            raise ValidationError(_("Fill in a street, or a postcode and house number."))
        return address

    def compress(self, data_list: list[str]) -> dict[str, Any]:
        given = {part: value.strip() for part, value in zip(PARTS, data_list, strict=False) if value and value.strip()}
        if "postcode" in given:
            try:
                given["postcode"] = normalise_postcode(given["postcode"])
            except NotAPostcode as refusal:
                raise ValidationError(str(refusal)) from refusal
        return given | _number_of(given)


def read_address(kept: dict[str, Any]) -> str:
    """Return a kept address in one line."""
    number = f"{kept.get('house_number', '')} {kept.get('addition', '')}".strip()
    postcode = format_postcode(kept["postcode"]) if kept.get("postcode") else ""
    lines = (f"{kept.get('street', '')} {number}".strip(), f"{postcode} {kept.get('city', '')}".strip())
    return ", ".join(line for line in lines if line)


def _number_of(given: dict[str, str]) -> dict[str, int]:
    text = given.get("house_number")
    if text is None:
        return {}
    if not text.isdecimal() or not 0 < int(text) <= _HIGHEST_NUMBER:
        raise ValidationError(_("The house number is a number. Put letters in the box for the addition."))
    return {"house_number": int(text)}
