"""Words without case and accents."""

from __future__ import annotations

import pytest

from aanspreekpunt.common.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Renée", "renee"),
        ("Ødegård", "odegard"),
        ("Groß", "gross"),
        ("Łukasz", "lukasz"),
        ("O’Brien", "obrien"),  # noqa: RUF001 - as it is typed
        ("Jansen-de  Vries", "jansen de vries"),
        ("Şahin", "sahin"),
        ("", ""),
    ],
)
def test_words_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded
