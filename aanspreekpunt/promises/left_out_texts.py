"""What a letter says about things we could not take in: how large they may be, and how to give them to us after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.common.paper import Block, Facts, Heading, Paragraph
from aanspreekpunt.common.phone_numbers import format_phone_number
from aanspreekpunt.organisation.queries import municipality
from aanspreekpunt.questions.choices import Channel

if TYPE_CHECKING:
    from aanspreekpunt.questions.intake import LeftOut


def what_was_too_large(left_out: LeftOut) -> list[Block]:
    """Tell that a mail was too large, how large it may be, and how we get what is missing."""
    told = _("Your e-mail is too large for us. We received only the beginning of it.")
    limit = _("An e-mail to us may be %(most)s MB at most.") % {"most": left_out.most_megabytes}
    return [
        Paragraph(f"{told} {limit}" if left_out.most_megabytes else told),
        Heading(_("How to give us what is missing")),
        Paragraph(
            _(
                "Reply to this e-mail and send what is missing in several smaller e-mails. Then it comes with your "
                "question. Photos often become small enough when you make them smaller first."
            )
        ),
        *_other_ways(),
    ]


def what_stays_closed(left_out: LeftOut) -> list[Block]:
    """Tell which files we do not open, and in which form we do take them."""
    if not left_out.files:
        return []
    return [
        Heading(_("What we could not open")),
        Paragraph(_("Files like these can do harm, so we do not open them:")),
        Facts([(_("You sent along"), "\n".join(left_out.files))]),
        Paragraph(_("Reply to this e-mail and send them in another form, for example as a photo or a PDF.")),
        *_other_ways(),
    ]


def _other_ways() -> list[Block]:
    everyone = municipality()
    contact, channels = everyone.contact, everyone.open_channels
    place = f"{contact.get('postcode', '')} {contact.get('city', '')}".strip()
    counter = ", ".join(part for part in (contact.get("street", ""), place) if part)
    ways = []
    if Channel.PHONE in channels and contact.get("phone"):
        ways.append((_("You can also call us"), format_phone_number(contact["phone"])))
    if Channel.COUNTER in channels and counter:
        ways.append((_("Or bring it to our counter"), counter))
    return [Facts(ways)] if ways else []
