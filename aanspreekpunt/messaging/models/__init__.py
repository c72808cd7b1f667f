"""The tables of messages on their way out, of those that came in, and of what was the matter with them."""

from aanspreekpunt.messaging.models.alarms import ToldAlarm
from aanspreekpunt.messaging.models.incoming import Arrival, Mailbox
from aanspreekpunt.messaging.models.outgoing import Attempt, Delivery, Destination, Enclosure

__all__ = ["Arrival", "Attempt", "Delivery", "Destination", "Enclosure", "Mailbox", "ToldAlarm"]
