"""What each trouble with mail means, and what to do about it, in plain words for an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TROUBLES: Final[dict[str, _StrPromise]] = {
    "unknown_host": _("There is no server of this name. Look whether the name is spelled right and DNS works here."),
    "no_connection": _("The server is there but nobody listens on this port. Look at the port and at firewalls."),
    "no_answer": _("The server does not answer in time. Look at firewalls between here and there, and at the server."),
    "connection_lost": _("The connection was lost. We try again by ourselves; if it lasts, look at the server's log."),
    "certificate": _(
        "The certificate of the server cannot be trusted. Use the name that stands in it; "
        "for a certificate of your own, name the file of its authority in ca_file."
    ),
    "tls": _("No protected connection could be made. Look whether security (tls or starttls) fits the port."),
    "no_starttls": _("The server offers no STARTTLS on this port. Set security to tls, usually with port 993."),
    "secret_unreadable": _("The file with the password or secret cannot be read, or is empty. Look at its rights."),
    "no_login": _(
        "The server does not offer this way to log in here. Microsoft 365 and Google want oauth2; "
        "other servers want a protected connection first."
    ),
    "login_refused": _(
        "The server refused the login. Look at user and password; with oauth2, at whether this mailbox was opened to "
        "the application. We try again less and less often, so that the account is not locked."
    ),
    "login_put_off": _("The server does not let anyone in at the moment. We try again by ourselves."),
    "token_expired": _("The token ended; we fetch a new one by ourselves."),
    "token_refused": _(
        "No token was given out. Look at client_id, the secret (these expire), tenant and scope; with a refresh token, "
        "give consent anew."
    ),
    "token_server_away": _("The server for tokens cannot be reached or is busy. We try again by ourselves."),
    "no_such_folder": _("There is no such folder, or we may not open it. Folder names are case sensitive."),
    "read_only": _("The folder may only be read. To move or delete mails, this user needs the right to."),
    "cannot_move": _("Mails come in, but may not be moved to the folder in move_to. Give this user the right to."),
    "cannot_delete": _("Mails come in, but may not be deleted. Give this user the right to, or set after to leave."),
    "not_given": _("The server does not give a mail that is there. After some tries it goes into quarantine."),
    "protocol": _("The server said something we do not understand. If it lasts, tell us, with the line in the log."),
    "database": _("Our own database did not answer. Nothing is lost; look at the database."),
    "numbered_anew": _("The folder began its numbers anew. We begin at the beginning; nothing comes in twice."),
}


def words_for(error: str) -> str:
    """Say what an error means; `error` is its code, and perhaps what the other side said."""
    if not error:
        return ""
    code, _space, said = error.partition(" ")
    words = (
        str(TROUBLES[code]) if code in TROUBLES else gettext("Something else went wrong: %(code)s.") % {"code": code}
    )
    return f"{words} ({said})" if said else words
