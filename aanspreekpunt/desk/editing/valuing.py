"""The forms in which local values are made and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.desk.editing.fields import DateInput, Text
from aanspreekpunt.knowledge.models import LocalValue
from aanspreekpunt.knowledge.operations.values import put_value, say_value
from aanspreekpunt.knowledge.refusals import KeyIsTaken
from aanspreekpunt.knowledge.themes import LONGEST_THEME, theme_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.knowledge.models import ValueText
    from aanspreekpunt.organisation.models import Employee

LONGEST_TEXT = 500


class SayForm(forms.Form):
    """What a value says, and from which day."""

    do_not_call_in_templates = True

    text = Text(label=_("What it says"), max_length=LONGEST_TEXT)
    text_en = Text(
        label=_("In English"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"lang": "en"}),
        help_text=_("Only if it differs."),
    )
    from_on = forms.DateField(
        label=_("From"), widget=DateInput, help_text=_("A later day may be set now: the answers follow by themselves.")
    )

    def __init__(self, value: LocalValue, data: Mapping[str, Any] | None = None, *, now: ValueText | None) -> None:
        said = {"text": now.text, "text_en": now.text_en} if now else {}
        super().__init__(data, initial={**said, "from_on": timezone.localdate()})
        self.value = value

    def perform(self, *, by: Employee, at: datetime) -> None:
        """Let the value say this from that day on."""
        data = self.cleaned_data
        say_value(key=self.value.key, text=data["text"], text_en=data["text_en"], from_on=data["from_on"], by=by, at=at)


class NameForm(forms.Form):
    """What a value is called, and what kind of thing it says."""

    label = Text(label=_("What it is"), max_length=200)
    label_en = Text(label=_("What it is, in English"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=LocalValue.Kind.choices)
    scope = forms.ChoiceField(label=_("Who decides on it"), choices=LocalValue.Scope.choices)
    theme = Text(
        label=_("Theme"),
        required=False,
        max_length=LONGEST_THEME,
        help_text=_("What it is about. Choose one that is there, or write one of your own."),
        widget=forms.TextInput(attrs={"list": "themes", "autocomplete": "off"}),
    )

    @classmethod
    def of(cls, value: LocalValue, data: Mapping[str, Any] | None = None) -> NameForm:
        """Return the form about a value that exists."""
        known = {"label": value.label, "label_en": value.label_en, "kind": value.kind, "scope": value.scope}
        known["theme"] = theme_name(value.theme) if value.theme else ""
        return cls(data, initial=known, prefix="name")

    def perform(self, *, key: str, by: Employee, at: datetime) -> None:
        """Call the value this from now on."""
        data = self.cleaned_data
        put_value(
            key=key,
            label=data["label"],
            label_en=data["label_en"],
            kind=data["kind"],
            scope=data["scope"],
            theme=data["theme"],
            by=by,
            at=at,
        )


class NewValueForm(NameForm):
    """A value that does not exist yet, with what it says from today on."""

    key = Text(
        label=_("Name"),
        max_length=80,
        help_text=_("Small letters, digits and _ only. It stands between {{ and }} in answers: paspoort_kosten."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    text = Text(label=_("What it says"), max_length=LONGEST_TEXT)
    text_en = Text(label=_("In English"), required=False, max_length=LONGEST_TEXT, help_text=_("Only if it differs."))

    field_order = ("key", "label", "label_en", "theme", "kind", "scope", "text", "text_en")

    def clean_key(self) -> str:
        """Refuse a name that is in use: what it says would change under the answers that have it."""
        key: str = self.cleaned_data["key"]
        if LocalValue.objects.filter(key=key).exists():
            raise forms.ValidationError(str(KeyIsTaken(key=key)))
        return key

    def make(self, *, by: Employee, at: datetime) -> str:
        """Make the value and let it speak; return its name."""
        data = self.cleaned_data
        self.perform(key=data["key"], by=by, at=at)
        say_value(
            key=data["key"],
            text=data["text"],
            text_en=data["text_en"],
            from_on=timezone.localdate(at),
            by=by,
            at=at,
        )
        return str(data["key"])
