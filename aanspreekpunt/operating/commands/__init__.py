"""The subcommands: what each is called and is for. The module of that name here says what it takes and does it."""

from __future__ import annotations

from keyword import iskeyword
from typing import NamedTuple

from aanspreekpunt.operating.words import gettext_noop


class Command(NamedTuple):
    """One subcommand, and what it is for in English."""

    name: str
    purpose: str

    @property
    def module(self) -> str:
        """Name the module with its `describe` and `run`; it is only loaded when this subcommand is given."""
        return f"{__name__}.{self.name}_" if iskeyword(self.name) else f"{__name__}.{self.name}"


COMMANDS = (
    Command("serve", gettext_noop("Run everything on this machine, and keep it running.")),
    Command("web", gettext_noop("Run the web server only.")),
    Command("worker", gettext_noop("Do background jobs only: mail, reminders, cleaning up.")),
    Command("mailboxes", gettext_noop("Take mail in only: look in mailboxes and listen.")),
    Command("migrate", gettext_noop("Bring database and files to this version.")),
    Command("setup", gettext_noop("Set up the organisation from one file; safe to repeat.")),
    Command("password", gettext_noop("Give an employee a password to log in with.")),
    Command("token", gettext_noop("Let other systems in over the standard API.")),
    Command("import", gettext_noop("Copy another register over its API.")),
    Command("demo", gettext_noop("Fill the database with a made-up municipality.")),
    Command("check", gettext_noop("Tell whether this installation is healthy and safe.")),
    Command("mail", gettext_noop("Test the mail of this installation; or list mails in doubt, and decide on them.")),
    Command("catalogue", gettext_noop("Look after the names that products have in all of Dutch government.")),
    Command("knowledge", gettext_noop("Look after the answers and measure how well they are found.")),
    Command("backup", gettext_noop("Write everything into one file, while it runs.")),
    Command("restore", gettext_noop("Bring back what a backup holds.")),
)
