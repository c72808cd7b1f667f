"""The sentences for everything that can be wrong in a municipality file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    "not_a_style_sheet": _(
        "Expected a file in the directory for the theme, such as gemeente.css, or a path on this website."
    ),
    "not_a_field_key": _("Expected a key of small letters, digits and underscores, starting with a letter."),
    "not_a_value_name": _("Expected a name of small letters, digits and underscores, such as “paspoort_kosten”."),
    "not_a_theme": _("Expected the name of a theme, such as “afval”."),
    "not_an_email": _("Expected an e-mail address, such as naam@gemeente.example."),
    "not_a_web_address": _("Expected a web address that starts with https:// or http://."),
    "not_a_phone_number": _("Expected a phone number, such as 0199 44 00 00 or 14 0199."),
    "value_cannot_be_read": _("Between braces stands the name of a local value, but this is none: %(written)s"),
    "english_list_differs": _("“%(name)s” has %(english)s lines and the Dutch list has %(dutch)s; give as many."),
    "not_a_span": _("Expected opening hours, such as 08:30-17:00."),
    "ends_before_it_starts": _("These hours end before they start."),
    "hours_overlap": _("The hours %(first)s and %(second)s overlap."),
    "unknown_holiday": _("“%(name)s” is not a Dutch holiday known here. Choose from: %(expected)s."),
    "choice_without_options": _("A field to choose from needs at least two options."),
    "options_without_choice": _("Only a field of type choice or choices has options."),
    "option_stands_twice": _("The option “%(name)s” stands here twice."),
    "length_without_text": _("Only a field of type text or textarea has a greatest length."),
    "required_explanation": _("An explanation asks nothing, so it cannot be required."),
    "upl_half": _("A UPL address means nothing without its name: give the name too, or leave both out."),
    "fixed_names_no_team": _("The role %(role)s holds everywhere, so no team can be named."),
    # One thing that points at another.
    "unknown_team": _("There is no team with the key “%(key)s”."),
    "unknown_team_looks_like": _("There is no team with the key “%(key)s”. Do you mean “%(nearest)s”?"),
    "unknown_product": _("There is no product with the key “%(key)s”."),
    "unknown_product_looks_like": _("There is no product with the key “%(key)s”. Do you mean “%(nearest)s”?"),
    "unknown_employee": _("Nobody in this file has the e-mail address “%(key)s”."),
    "unknown_employee_looks_like": _(
        "Nobody in this file has the e-mail address “%(key)s”. Do you mean “%(nearest)s”?"
    ),
    "unknown_theme": _("The starter base has no theme “%(key)s”."),
    "unknown_theme_looks_like": _("The starter base has no theme “%(key)s”. Do you mean “%(nearest)s”?"),
    "unknown_value": _("There is no local value “%(key)s”: give it under “values”, with a label."),
    "unknown_value_looks_like": _("There is no local value “%(key)s”. Do you mean “%(nearest)s”?"),
    "value_without_label": _("“%(key)s” is not a value of the starter base, so it needs a label."),
    "unknown_upl_name": _("“%(key)s” is not a name of the Uniforme Productnamenlijst."),
    "unknown_upl_name_looks_like": _(
        "“%(key)s” is not a name of the Uniforme Productnamenlijst. Do you mean “%(nearest)s”?"
    ),
    "upl_other_address": _("The address that belongs to this UPL name is %(expected)s. You may leave it out."),
    "team_in_circle": _("A team cannot be part of itself; this chain of parents comes back to “%(key)s”."),
    "no_contact_centre": _("No team is the contact centre. Give one team the field is_contact_centre: true."),
    "contact_centre_stands_twice": _("There is one contact centre, and it is already the team on line %(line)s."),
    "key_stands_twice": _("The key “%(key)s” is already used on line %(line)s."),
    "email_stands_twice": _("The e-mail address “%(key)s” already belongs to someone on line %(line)s."),
    "question_stands_twice": _("This question is already answered on line %(line)s."),
    "role_stands_twice": _("This role is already given on line %(line)s."),
    "only_if_unknown_field": _("There is no field “%(key)s” earlier in this form."),
    "only_if_unknown_answer": _("“%(answer)s” can never be the answer to “%(key)s”. Choose from: %(expected)s."),
    "only_if_no_choice": _("“%(key)s” is not a field to choose from, so nothing can depend on it."),
    "no_way_without_computer": _(
        "Someone without a computer cannot reach this. Open at least one of these channels: %(expected)s.",
    ),
    "channel_is_closed": _("The channel %(key)s is not among the open channels of the municipality."),
}


def sentence(kind: str, facts: Mapping[str, object]) -> str:
    """Say what is wrong, in the active language."""
    return str(SENTENCES[kind]) % facts


def listed(names: list[str]) -> str:
    """Join names as a list for reading."""
    return ", ".join(names) or gettext("nothing")
