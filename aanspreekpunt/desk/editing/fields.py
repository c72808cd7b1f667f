"""Fields that clean what is typed, and say in plain words what is wrong between braces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aanspreekpunt.catalogue.queries import is_same_upl_name, upl_names_like
from aanspreekpunt.common.cleaning import cleaned
from aanspreekpunt.knowledge.mistakes import wrong_on_line
from aanspreekpunt.knowledge.rules.values import mistakes_in
from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_MISTAKES_SAID = 5
COLLEAGUES = Employee.objects.filter(is_active=True).order_by("name", "pk")
"""Who can be chosen as owner; read anew for each form."""
DateInput = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def mistakes_in_words(text: str) -> list[str]:
    """Return what is wrong between braces, one sentence each, the first few."""
    return [wrong_on_line(each) for each in mistakes_in(text)[:MOST_MISTAKES_SAID]]


class Text(forms.CharField):
    """Text without what cannot be seen or kept."""

    def to_python(self, value: Any) -> str:
        return super().to_python(cleaned(str(value)) if value else "") or ""


class TextWithValues(Text):
    """Markdown in which `{{ local values }}` may stand."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        wrong = mistakes_in_words(text)
        if wrong:
            raise ValidationError(wrong)
        return text


class Lines(Text):
    """A list, one to a line."""

    def __init__(self, *, most: int = 50, longest: int = 200, rows: int = 3, **kwargs: Any) -> None:
        self.most, self.longest = most, longest
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, max_length=20_000, widget=widget, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = tuple(dict.fromkeys(line.strip() for line in super().clean(value).split("\n") if line.strip()))
        if len(lines) > self.most:
            raise ValidationError(_("At most %(most)s lines.") % {"most": self.most})
        too_long = next((line for line in lines if len(line) > self.longest), None)
        if too_long:
            said = {"most": self.longest, "line": too_long[:40]}
            raise ValidationError(_("This line has more than %(most)s letters: “%(line)s …”") % said)
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (tuple, list)) else value


class UplNames(Lines):
    """Names of the Uniforme Productnamenlijst; one that is nearly right is put right or asked about."""

    stay: tuple[str, ...] = ()
    """names that were there already: one may have left the list since, and is no reason to refuse the text"""

    def clean(self, value: Any) -> tuple[str, ...]:
        names = super().clean(value)
        like = upl_names_like(name for name in names if name not in self.stay)
        right = {typed: found[0] for typed, found in like.items() if found and is_same_upl_name(typed, found[0])}
        wrong = [_about(typed, found) for typed, found in like.items() if typed not in right]
        if wrong:
            raise ValidationError(wrong)
        return tuple(dict.fromkeys(right.get(name, name) for name in names))


def _about(typed: str, near: Iterable[str]) -> str:
    """Say that a name is not on the list, and which may be meant."""
    names = ", ".join(f"“{name}”" for name in near)
    said = {"typed": typed[:80], "names": names}
    if names:
        return _("“%(typed)s” is not a name in the UPL. Did you mean %(names)s?") % said
    return _("“%(typed)s” is not a name in the UPL. Choose one, or leave it out.") % said


class Choices(forms.MultipleChoiceField):
    """A few of many, as boxes to tick; what was chosen stands first, also when it is no longer there to choose."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def offer(self, choices: Iterable[tuple[str, str]], *, chosen: Iterable[str]) -> None:
        """Offer these, the chosen ones first; a chosen one that is unknown stays, and says so."""
        known = dict(choices)
        first = [(key, known.get(key) or _("%(key)s (does not exist)") % {"key": key}) for key in chosen]
        self.choices = [*first, *((key, name) for key, name in known.items() if key not in dict(first))]

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(super().clean(value))
