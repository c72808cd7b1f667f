"""The form of a product, made from its description in `Product.form`: the same at the desk and on the portal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from aanspreekpunt.catalogue.address import read_address
from aanspreekpunt.catalogue.form_fields import NO, READERS, YES, as_json, field_for
from aanspreekpunt.common.times import spell_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.files.uploadedfile import UploadedFile
    from django.forms.boundfield import BoundField
    from django.utils.datastructures import MultiValueDict

    from aanspreekpunt.catalogue.models import Product

PREFIX = "form"


@dataclass(frozen=True)
class Row:
    """One line of the form: a field, or only an explanation; `only_if` is the name of the input it depends on."""

    key: str
    field: BoundField | None = None
    explanation: str = ""
    only_if: str = ""
    value: str = ""


class ProductForm(forms.Form):
    """What is asked of someone who wants this product, in the language of the screen.

    Fields whose condition is not met are neither required nor kept. `kept_files` names the files that were added in an
    earlier step, so that they need not be chosen again.
    """

    template_name = "catalogue/product_form.html"
    use_required_attribute = False

    def __init__(
        self,
        product: Product,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        kept_files: Mapping[str, str] | None = None,
        prefix: str = PREFIX,
    ) -> None:
        super().__init__(data, files, prefix=prefix, initial=dict(initial or {}))
        self.product = product
        self.kept_files = dict(kept_files or {})
        self.plans = product.form_fields
        for plan in self.plans:
            if plan["type"] != "explanation":
                self.fields[plan["key"]] = self._field(plan)

    @property
    def intro(self) -> str:
        """What stands above the form."""
        return in_language(self.product.form, "intro")

    def rows(self) -> list[Row]:
        """Return the lines of the form, in order."""
        return [self._row(plan) for plan in self.plans]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for key in self.keys_not_asked & self.fields.keys():
            cleaned.pop(key, None)
            self.errors.pop(key, None)
        return cleaned

    @cached_property
    def keys_not_asked(self) -> frozenset[str]:
        """Return the fields and explanations whose condition is not met by what was entered."""
        hidden: set[str] = set()
        for plan in self.plans:
            condition = plan.get("only_if")
            if condition and (condition["field"] in hidden or not self._is_met(condition)):
                hidden.add(plan["key"])
        return frozenset(hidden)

    def answers(self) -> dict[str, Any]:
        """Return what was entered as kept in `Question.form_data`: files by their name, empty answers left out."""
        given = {key: as_json(value) for key, value in self.cleaned_data.items() if value not in (None, "", [], {})}
        kept = {key: name for key, name in self.kept_files.items() if key in self.cleaned_data and key not in given}
        return given | kept

    def files_given(self) -> dict[str, UploadedFile[Any]]:
        """Return the files that came with this step, by the key of their field."""
        return {key: value for key, value in self.cleaned_data.items() if key in self.files_by_key and value}

    @property
    def files_by_key(self) -> frozenset[str]:
        """The keys of the fields for a file."""
        return frozenset(plan["key"] for plan in self.plans if plan["type"] == "file")

    def _field(self, plan: dict[str, Any]) -> forms.Field:
        options = [(option["value"], in_language(option, "label")) for option in plan.get("options") or []]
        field = field_for(plan, label=in_language(plan, "label"), help_text=in_language(plan, "help"), options=options)
        if plan["key"] in self.kept_files:
            field.required = False
        return field

    def _row(self, plan: dict[str, Any]) -> Row:
        condition = plan.get("only_if")
        is_explanation = plan["type"] == "explanation"
        return Row(
            key=plan["key"],
            field=None if is_explanation else self[plan["key"]],
            explanation=in_language(plan, "label") if is_explanation else "",
            only_if=self.add_prefix(condition["field"]) if condition else "",
            value=_plain(condition["is"]) if condition else "",
        )

    def _is_met(self, condition: Mapping[str, Any]) -> bool:
        field = self.fields.get(condition["field"])
        if field is None:
            return False
        given = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(condition["field"]))
        return _plain(condition["is"]) in (given if isinstance(given, list) else [given])


def readable_answers(product: Product | None, form_data: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Return what was entered as label and value, in the order of the form and the given language.

    Answers to fields that the form no longer has come last, under their key, so that nothing entered gets lost.
    """
    plans = product.form_fields if product else []
    with override(language):
        known = [
            (in_language(plan, "label"), _read(plan, form_data[plan["key"]]))
            for plan in plans
            if plan["key"] in form_data
        ]
        keys = {plan["key"] for plan in plans}
        rest = [(key, _read({"type": "text"}, value)) for key, value in form_data.items() if key not in keys]
    return known + rest


def in_language(texts: Mapping[str, Any], name: str) -> str:
    """Return the text `name` in the language of the screen, Dutch when it was not translated."""
    english = texts.get(f"{name}_en") if get_language() == "en" else ""
    return str(english or texts.get(name) or "")


def _read(plan: Mapping[str, Any], value: Any) -> str:
    match value:
        case dict():
            return read_address(value)
        case list():
            return ", ".join(_read(plan, each) for each in value)
        case bool():
            return _("Yes") if value else _("No")
        case int() | float():
            return number_format(value)
        case _:
            return _read_text(plan, str(value))


def _read_text(plan: Mapping[str, Any], value: str) -> str:
    if plan["type"] == "yes_no":
        return {YES: _("Yes"), NO: _("No")}.get(value, value)
    if plan["type"] == "date":
        return spell_date(date.fromisoformat(value), with_year=True)
    labels = {option["value"]: in_language(option, "label") for option in plan.get("options") or []}
    return labels.get(value) or READERS.get(plan["type"], str)(value)


def _plain(value: Any) -> str:
    # YAML reads a bare yes or no as true or false.
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)
