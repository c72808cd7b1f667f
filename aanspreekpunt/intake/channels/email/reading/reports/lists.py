"""Mail that goes to many: mailing lists and newsletters. RFC 2369, RFC 2919, RFC 8058 and practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from aanspreekpunt.intake.channels.email.reading.mail import Mail

_OF_DISCUSSION = (
    "list-post",
    "mailing-list",
    "x-mailing-list",
    "x-beenthere",
    "x-mailman-version",
    "x-google-group-id",
)
_OF_LISTS = ("list-id", "list-unsubscribe", "list-subscribe", "list-help", "list-owner", "list-archive", "x-list-id")
_OF_BULK = (
    "list-unsubscribe-post",
    "feedback-id",
    "x-campaign",
    "x-campaign-id",
    "x-campaignid",
    "x-mc-user",
    "x-bulkmail",
)


def list_header(mail: Mail) -> str:
    """Return the header by which a mail shows that it went to many, or ""."""
    precedence = (mail.header("precedence") or mail.header("x-precedence")).strip().lower()
    if precedence in {"list", "bulk", "junk"}:
        return f"Precedence: {precedence}"
    found = next((name for name in (*_OF_LISTS, *_OF_DISCUSSION, *_OF_BULK) if mail.header(name).strip()), "")
    return "-".join(part.capitalize() for part in found.split("-"))


def name_of_list(mail: Mail) -> str:
    """Return how the list calls itself: what stands between the brackets of List-Id, else its address."""
    named = mail.header("list-id").rpartition("<")[2].rstrip("> ") or mail.header("x-beenthere")
    return named.strip() or mail.header("list-post").partition("mailto:")[2].rstrip("> ")


def is_person_on_list(mail: Mail, *, ours: Collection[str]) -> bool:
    """Whether a person wrote to us by name, and a list was among the others.

    Certain only when the list is one on which people talk, none of its marks of bulk are there, and our address
    stands in To or Cc.
    """
    talks = any(mail.header(name).strip() for name in _OF_DISCUSSION)
    is_bulk = any(mail.header(name).strip() for name in _OF_BULK)
    own = {each.lower() for each in ours}
    return talks and not is_bulk and any(each.email.lower() in own for each in (*mail.to, *mail.cc))
