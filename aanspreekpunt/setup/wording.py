"""The sentences for everything that can be wrong in a municipality file, besides what is wrong in any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.settings_files.wording import SENTENCES as GENERAL

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SENTENCES: dict[str, _StrPromise] = {
    **GENERAL,
    # A single value.
    "not_a_style_sheet": _(
        "Expected a file in the directory for the theme, such as gemeente.css, or a path on this website."
    ),
    "not_a_field_key": _("Expected a key of small letters, digits and underscores, starting with a letter."),
    "not_a_value_name": _("Expected a name of small letters, digits and underscores, such as “paspoort_kosten”."),
    "not_a_theme": _("Expected the name of a theme, such as “afval”."),
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
