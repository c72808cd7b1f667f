"""The mail server as we see it: it accepts a mail, refuses it, or leaves us in doubt. A real one, and one for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage


@dataclass
class NotAccepted(Exception):
    """The server certainly did not accept the mail: it said so, or we never finished handing it over."""

    code: str
    is_permanent: bool = False
    is_away: bool = False
    """Whether the trouble is with the server and not with this mail, so that trying the next one makes no sense."""


@dataclass
class PerhapsAccepted(Exception):
    """The mail was handed over completely, and then the answer of the server did not come."""

    code: str


class MailServer(Protocol):
    """Takes mails, one after the other, as long as it is entered."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def send(self, mail: EmailMessage, *, to: str, before_the_end: Callable[[], None]) -> str:
        """Hand over `mail` for `to`; return the server's answer. Raises `NotAccepted` or `PerhapsAccepted`.

        `before_the_end` is called at the last moment at which the server cannot have accepted the mail yet. What it
        raises ends the handing over, and then the server has not accepted it.
        """


def mail_server() -> MailServer:
    """Return the mail server of this installation."""
    server: MailServer = import_string(settings.MAIL_SERVER)()
    return server


@dataclass
class RecordingMailServer:
    """For tests: keeps what it is given, in `sent`; `answers` holds what it raises first, if anything."""

    sent: ClassVar[list[tuple[str, EmailMessage]]] = []
    answers: ClassVar[list[Exception]] = []
    is_open: bool = field(default=False)

    def __enter__(self) -> Self:
        self.is_open = True
        return self

    def __exit__(self, *exc: object) -> None:
        self.is_open = False

    def send(self, mail: EmailMessage, *, to: str, before_the_end: Callable[[], None]) -> str:
        """Keep the mail, or raise the next answer that a test prepared."""
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, NotAccepted):
            raise answer
        before_the_end()
        if answer is not None:
            raise answer
        self.sent.append((to, mail))
        return "250"

    @classmethod
    def forget(cls) -> None:
        """Forget all mails and answers."""
        cls.sent.clear()
        cls.answers.clear()
