"""The sentences for what can be wrong in any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SENTENCES: dict[str, _StrPromise] = {
    # The file itself.
    "file_is_missing": _("This file does not exist, or may not be read."),
    "file_is_not_text": _("This file is not UTF-8 text. Save it as UTF-8 and try again."),
    "file_is_too_large": _("This file is larger than %(limit)s MB. Is it the right file?"),
    "file_is_empty": _("This file is empty."),
    "file_is_not_yaml": _("This line cannot be read as YAML (%(reason)s). Look for a wrong indentation or quote."),
    "alias_is_refused": _("References with & and * are not read here. Write the value out."),
    "name_stands_twice": _("“%(name)s” stands here a second time; it is already on line %(line)s. Remove one."),
    # A single value.
    "missing": _("This field is missing: “%(name)s”."),
    "unknown_field": _("There is no field “%(name)s” here. Choose from: %(expected)s."),
    "unknown_field_looks_like": _("There is no field “%(name)s” here. Do you mean “%(nearest)s”?"),
    "not_text": _("Expected a text."),
    "too_short": _("This may not be empty."),
    "too_long": _("Expected at most %(limit)s characters."),
    "not_a_whole_number": _("Expected a whole number."),
    "number_too_small": _("Expected a number of at least %(limit)s."),
    "number_too_large": _("Expected a number of at most %(limit)s."),
    "not_true_or_false": _("Expected true or false."),
    "not_a_date": _("Expected a date that exists, such as 2026-12-24."),
    "not_one_of": _("Expected one of: %(expected)s."),
    "not_a_list": _("Expected a list: lines that start with a hyphen."),
    "not_a_group": _("Expected a group of fields: name, colon, value."),
    "not_a_key": _("Expected a key of small letters, digits and hyphens, such as “wegen-en-groen”."),
    "not_an_email": _("Expected an e-mail address, such as naam@gemeente.example."),
    "not_a_web_address": _("Expected a web address that starts with https:// or http://."),
    "key_stands_twice": _("The key “%(key)s” is already used on line %(line)s."),
}


def listed(names: list[str]) -> str:
    """Join names as a list for reading."""
    return ", ".join(names) or gettext("nothing")
