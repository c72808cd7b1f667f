"""The tables of messages on their way out, and of those that came in."""

from aanspreekpunt.messaging.models.incoming import Arrival, Mailbox
from aanspreekpunt.messaging.models.outgoing import Attempt, Delivery, Destination, Enclosure

__all__ = ["Arrival", "Attempt", "Delivery", "Destination", "Enclosure", "Mailbox"]
