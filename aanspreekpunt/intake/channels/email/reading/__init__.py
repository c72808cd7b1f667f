"""From the bytes of a mail to what a person would see of it: plain Python, without database, clock or settings."""

from aanspreekpunt.intake.channels.email.reading.html import safe_html
from aanspreekpunt.intake.channels.email.reading.mail import Address, File, Mail, Unreadable
from aanspreekpunt.intake.channels.email.reading.reader import read_mail

__all__ = ["Address", "File", "Mail", "Unreadable", "read_mail", "safe_html"]
