"""Languages as other systems call them: three letters (ISO 639-2), of which there are two sets, or two."""

from __future__ import annotations

from typing import Final

_THREE_LETTERS: Final = {
    "nl": ("nld", "dut"),
    "en": ("eng",),
    "de": ("deu", "ger"),
    "fr": ("fra", "fre"),
    "es": ("spa",),
    "it": ("ita",),
    "pt": ("por",),
    "pl": ("pol",),
    "ro": ("ron", "rum"),
    "bg": ("bul",),
    "tr": ("tur",),
    "ar": ("ara",),
    "uk": ("ukr",),
    "ru": ("rus",),
    "fa": ("fas", "per"),
    "so": ("som",),
    "ti": ("tir",),
    "zh": ("zho", "chi"),
    "fy": ("fry",),
}
"""Two letters, as we keep them, with the three that are used most first."""

_BY_THREE: Final = {three: two for two, threes in _THREE_LETTERS.items() for three in threes}


def language_called(name: str) -> str:
    """Return the two letters of a language that another system names; what we do not know stays as it said it."""
    folded = name.strip().lower()
    return _BY_THREE.get(folded, folded)


def three_letters_of(language: str) -> str:
    """Return the three letters by which other systems know a language of ours."""
    return _THREE_LETTERS.get(language, (language,))[0]
