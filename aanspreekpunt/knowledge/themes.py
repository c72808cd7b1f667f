"""What local values are about: the themes of the starter base in the language of the screen, and one's own."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aanspreekpunt.common.folding import fold
from aanspreekpunt.knowledge.rules.values import on_one_line

LONGEST_THEME = 60
NAMES = {
    "afval": gettext_lazy("Waste"),
    "belastingen": gettext_lazy("Taxes"),
    "bestuur-en-contact": gettext_lazy("Council and contact"),
    "burgerzaken": gettext_lazy("Passports, driving licences and the register"),
    "gemeente": gettext_lazy("The municipality as a whole"),
    "ondernemen-en-evenementen": gettext_lazy("Business and events"),
    "openbare-ruimte-en-melden": gettext_lazy("Streets, parks and reports"),
    "verkeer-en-parkeren": gettext_lazy("Traffic and parking"),
    "wonen-en-bouwen": gettext_lazy("Living and building"),
    "zorg-en-ondersteuning": gettext_lazy("Care and support"),
}
"""The themes of the starter base, by the names of its files."""


def theme_name(theme: str) -> str:
    """Return what a theme is called on the screen; one of our own as it was typed."""
    return str(NAMES.get(theme, theme)) or _("No theme yet")


def theme_typed(text: str) -> str:
    """Return the theme somebody means by what he typed: one of the starter base by its name, or one of his own.

    The names are known in every language, so that colleagues who read another one mean the same theme.
    """
    typed = on_one_line(text)[:LONGEST_THEME].strip(" -")
    for language, _name in settings.LANGUAGES:
        with override(language):
            meant = {fold(word): theme for theme, name in NAMES.items() for word in (theme, str(name))}
        if fold(typed) in meant:
            return meant[fold(typed)]
    return typed
