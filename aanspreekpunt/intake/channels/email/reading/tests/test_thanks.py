"""Mails that only thank."""

from __future__ import annotations

import pytest

from aanspreekpunt.intake.channels.email.reading.thanks import is_only_thanks


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("Hartelijk dank!", True),
        ("Bedankt <https://a.example/?x=1> voor de hulp. Groet, Jan <mailto:jan@a.example>", True),
        ("Bedankt. Kunt u <https://a.example> ook de stoep doen?", False),
        ("Bedankt, zie https://a.example/2", False),
        ("<https://a.example>", False),
    ],
)
def test_where_links_lead_is_not_said_by_who_wrote(text: str, *, thanks: bool) -> None:
    assert is_only_thanks(text) is thanks
