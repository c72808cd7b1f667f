"""The forms of the portal itself; the form of a product comes from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.catalogue.form_fields import EMPTY, LONG_TEXT, LowerCaseEmailField, PhoneField, textbox
from aanspreekpunt.common.references import NotAReference, parse_reference
from aanspreekpunt.parties.rules import split_name
from aanspreekpunt.questions.intake import Customer

if TYPE_CHECKING:
    from aanspreekpunt.catalogue.models import Product

_LONGEST_NAME = 120
_AREA = {"class": "utrecht-textarea utrecht-textarea--html-textarea", "rows": 6, "dir": "auto"}


class AskForm(forms.Form):
    """What somebody wants to ask, and, if he likes, who he is."""

    use_required_attribute = False

    text = forms.CharField(max_length=LONG_TEXT, widget=forms.Textarea(_AREA), error_messages={"required": EMPTY})
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=_LONGEST_NAME,
        widget=forms.TextInput(textbox(autocomplete="name")),
    )
    email = LowerCaseEmailField(
        label=_("Your e-mail address"),
        help_text=_("Here we send a copy of your question, and our answer."),
        required=False,
        widget=forms.EmailInput(textbox("email", autocomplete="email")),
        error_messages={"invalid": _("This is not an e-mail address. It has an @ in it, for example name@example.nl.")},
    )
    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("Then we can call you when something is not clear."),
        required=False,
        max_length=40,
        widget=forms.TextInput(textbox("tel", autocomplete="tel")),
    )
    homepage = forms.CharField(
        label=_("Leave this box empty"),
        required=False,
        widget=forms.TextInput(textbox(autocomplete="off", tabindex="-1")),
    )

    def __init__(self, product: Product | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        text = self.fields["text"]
        if product and product.form_fields:
            text.required = False
            text.label = _("Is there anything else we should know?")
        else:
            text.label = _("What do you want to ask or tell us?")
            text.help_text = _("Write it in your own words. Do not give your citizen service number (BSN).")

    def clean_homepage(self) -> str:
        # People do not see this box; programs that fill in forms do.
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Empty this box to send your question."))
        return ""

    def customer(self) -> Customer:
        """Return who asks, as far as he said."""
        name = split_name(self.cleaned_data["name"])
        return Customer(
            initials=name.initials,
            first_name=name.first_name,
            infix=name.infix,
            last_name=name.last_name,
            email=self.cleaned_data["email"],
            phone=self.cleaned_data["phone"],
        )


class FollowForm(forms.Form):
    """The number and code from the receipt."""

    use_required_attribute = False

    reference = forms.CharField(
        label=_("Number of your question"),
        help_text=_("Eleven digits, for example 260 0000 1236."),
        max_length=40,
        widget=forms.TextInput(textbox(autocomplete="off", inputmode="numeric")),
        error_messages={"required": EMPTY},
    )
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Twelve letters and digits, for example ABCD-EFGH-JKMN."),
        max_length=40,
        widget=forms.TextInput(textbox(autocomplete="off", autocapitalize="characters", spellcheck="false")),
        error_messages={"required": EMPTY},
    )

    def clean_reference(self) -> str:
        # The check digit says by itself that a digit is wrong; it tells nothing about which questions there are.
        try:
            return parse_reference(self.cleaned_data["reference"])
        except NotAReference as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class WordsForm(forms.Form):
    """One box for words: something to add, a reply, why an answer was none, what could have gone better."""

    use_required_attribute = False

    text = forms.CharField(
        max_length=LONG_TEXT, widget=forms.Textarea({**_AREA, "rows": 4}), error_messages={"required": EMPTY}
    )
    token = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
