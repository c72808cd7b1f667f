"""Identifiers of mails and of parts, without the angle brackets around them."""

from __future__ import annotations

from aanspreekpunt.intake.channels.email.reading import limits

LONGEST = 998


def parse(value: str) -> tuple[str, ...]:
    """Give the identifiers in a header; without brackets, each word with an @ counts as one."""
    found: list[str] = []
    at = value.find("<")
    while at >= 0 and len(found) < limits.IDENTIFIERS:
        end = value.find(">", at)
        another = value.find("<", at + 1)
        if end < 0 or 0 <= another < end:
            end = another if another >= 0 else len(value)
        found.append("".join(value[at + 1 : end].split()))
        at = value.find("<", end)
    if not found:
        found = [word for word in value.replace(",", " ").split()[: limits.IDENTIFIERS] if "@" in word] or _only(value)
    return tuple(dict.fromkeys(identifier[:LONGEST] for identifier in found if identifier))


def _only(value: str) -> list[str]:
    """Take the only word of a header as an identifier, however it looks."""
    words = value.split()
    return words if len(words) == 1 else []


def content_id(value: str) -> str:
    """Give the identifier by which HTML refers to a part."""
    return value.strip().removeprefix("<").removesuffix(">").strip()[:LONGEST]
