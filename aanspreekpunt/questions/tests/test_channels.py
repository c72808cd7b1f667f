"""Channels as other systems call them."""

from __future__ import annotations

import pytest

from aanspreekpunt.questions.choices import CHANNEL_NAMES, Channel, channel_called
from aanspreekpunt.questions.languages import language_called, three_letters_of


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("telefoon", "phone"),
        ("Telefoon ", "phone"),
        ("phone", "phone"),
        ("E-Mail", "email"),
        ("email", "email"),
        ("Balie", "counter"),
        ("web_form", "web_form"),
        ("webformulier", "web_form"),
        ("Social Media", "social"),
        ("sms", "sms"),
        ("duif", "other"),
        ("", "other"),
    ],
)
def test_which_channel_another_system_means(name: str, wanted: str) -> None:
    assert channel_called(name) == wanted


def test_each_of_our_channels_has_a_name_that_means_itself() -> None:
    assert set(CHANNEL_NAMES) == set(Channel) - {Channel.OTHER}
    assert all(channel_called(name) == channel for channel, name in CHANNEL_NAMES.items())


@pytest.mark.parametrize(
    ("name", "wanted"), [("nld", "nl"), ("DUT", "nl"), ("eng", "en"), ("de", "de"), ("qqq", "qqq")]
)
def test_languages_become_two_letters(name: str, wanted: str) -> None:
    assert language_called(name) == wanted


def test_languages_become_three_letters() -> None:
    assert [three_letters_of(each) for each in ("nl", "en", "qq")] == ["nld", "eng", "qq"]
