"""The words the command says before Django is set up, which takes longer than to say them."""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOGUE = Path(__file__).with_name("locale")


def language_of_user() -> str:
    """Speak Dutch to who set the terminal to Dutch, English to anyone else."""
    chosen = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "nl" if chosen.lower().startswith("nl") else "en"


def gettext_noop(text: str) -> str:
    """Mark a text as one to translate; that of Django reads all settings for it."""
    return text


def translator() -> Callable[[str], str]:
    """Return what translates the words of this part for the user."""
    return gettext.translation("django", CATALOGUE, languages=[language_of_user()], fallback=True).gettext
