"""Phone numbers: kept in one form, so that the same caller is found again however the number was typed."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from aanspreekpunt.common.refusals import NotAPhoneNumber

__all__ = ["NotAPhoneNumber", "format_phone_number", "is_phone_number", "normalise_phone_number", "telephone_href"]

_HOME = "NL"
_HOME_CODE = 31

# Letters are refused, because the library would otherwise read words as the letters on a keypad.
_TYPED = re.compile(r"[0-9\s+()./\-\u2010-\u2015\u2212]+")
# A municipality's own number, 14 and its area code, can only be called from within the country.
_MUNICIPAL = re.compile(r"140[0-9]{2,3}")
# So can free and paid service numbers.
_SERVICE = re.compile(r"(?:800|90[069])[0-9]{4,7}")
_KEPT_AS_DIALLED = re.compile(r"1[0-9]+")
# Most numbers given are of Dutch mobile phones, of which the library says the same in forty times as long.
_MOBILE_TYPED = re.compile(r"06[ -]?([1-58][0-9]{7})")
_MOBILE_KEPT = re.compile(r"\+316([1-58][0-9]{7})")


def normalise_phone_number(text: str) -> str:
    """Return the number as we keep it; raises `NotAPhoneNumber`.

    That is E.164 ("+31201234567"), but the plain digits for numbers that only exist inside the Netherlands:
    14 and an area code ("14020"), service numbers ("09001234") and short numbers ("112").
    """
    mobile = _MOBILE_TYPED.fullmatch(text)
    if mobile:
        return f"+316{mobile[1]}"
    number = _parse(text)
    if number.country_code != _HOME_CODE:
        return _foreign(number)
    return _only_inside_the_country(number, text) or _dutch(number)


def is_phone_number(text: str) -> bool:
    """Tell whether `normalise_phone_number` would accept this text."""
    try:
        normalise_phone_number(text)
    except NotAPhoneNumber:
        return False
    return True


def telephone_href(number: str) -> str:
    """Return the address behind a phone number that may be pressed on; nothing when it is no number."""
    try:
        return f"tel:{normalise_phone_number(number)}"
    except NotAPhoneNumber:
        return ""


def format_phone_number(number: str) -> str:
    """Return a kept number as people write it: Dutch numbers as dialled here, others with their country code."""
    mobile = _MOBILE_KEPT.fullmatch(number)
    if mobile:
        return f"06 {mobile[1]}"
    if _KEPT_AS_DIALLED.fullmatch(number):
        return f"14 {number[2:]}" if _MUNICIPAL.fullmatch(number) else number
    try:
        parsed = phonenumbers.parse(number, _HOME)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == _HOME_CODE
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def _parse(text: str) -> PhoneNumber:
    if not _TYPED.fullmatch(text):
        raise NotAPhoneNumber
    try:
        return phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        raise NotAPhoneNumber from None


def _foreign(number: PhoneNumber) -> str:
    # Number plans abroad change faster than the library does, so a plausible length is enough.
    if not phonenumbers.is_possible_number(number):
        raise NotAPhoneNumber
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _dutch(number: PhoneNumber) -> str:
    if not phonenumbers.is_valid_number(number):
        raise NotAPhoneNumber
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _only_inside_the_country(number: PhoneNumber, text: str) -> str | None:
    digits = phonenumbers.national_significant_number(number)
    if _MUNICIPAL.fullmatch(digits):
        return digits
    if _SERVICE.fullmatch(digits) and phonenumbers.is_valid_number(number):
        return f"0{digits}"
    dialled = re.sub(r"[^0-9+]", "", text)
    # Possible is enough: the library's list of short numbers in use leaves out 144, for animals in need.
    is_short = digits.startswith("1") and phonenumbers.is_possible_short_number_for_region(number, _HOME)
    return digits if is_short and dialled == digits else None
