"""A refusal is a sentence for the person who asked."""

from __future__ import annotations

import pickle

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import NotAFollowCode, NotAPhoneNumber, NotAPostcode, NotAReference, Refusal


class HallIsFull(Refusal):
    message = "100% full"


class MoreThanFits(Refusal):
    message = "No more than %(seats)d people."


class CannotBeSunday(Refusal):
    message = _("Sunday")


def test_a_refusal_says_its_message() -> None:
    assert str(Refusal()) == str(Refusal.message)
    assert str(HallIsFull()) == "100% full"


def test_the_places_in_a_message_are_filled_when_it_is_raised() -> None:
    assert str(MoreThanFits(seats=12)) == "No more than 12 people."


def test_a_message_is_in_the_language_of_the_screen() -> None:
    refusal = CannotBeSunday()
    with translation.override("en"):
        assert str(refusal) == "Sunday"
    with translation.override("nl"):
        assert str(refusal) == "zondag"


def test_a_refusal_survives_a_journey_between_processes() -> None:
    back = pickle.loads(pickle.dumps(MoreThanFits(seats=12)))  # noqa: S301 - our own bytes
    assert str(back) == "No more than 12 people."


@pytest.mark.parametrize("refusal", [NotAReference, NotAFollowCode, NotAPhoneNumber, NotAPostcode])
def test_what_cannot_be_read_is_a_refusal(refusal: type[Refusal]) -> None:
    assert issubclass(refusal, Refusal)
    assert str(refusal())
