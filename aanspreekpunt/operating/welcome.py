"""Tells who starts a demo where to go."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from aanspreekpunt.demo.queries import followed_question, key_to_try, logins


def print_welcome() -> None:
    """Print the addresses and, in a demo, with whose name and password to log in."""
    base = settings.BASE_URL or f"http://{settings.BIND}:{settings.HTTP_PORT}"
    lines = [(_("For residents"), f"{base}/"), (_("For employees"), f"{base}/desk/")]
    if settings.IS_DEMO:
        lines.append((_("Caught mail"), f"{base}/demo/mail/"))
        if settings.MAILBOXES_FILE is None:
            place = f"127.0.0.1:{settings.DEMO_MAIL_PORT}"
            lines.append((_("Mail to the municipality"), _("any address, over SMTP to %(place)s") % {"place": place}))
        lines += [(login.role, f"{login.email}  {login.password}") for login in logins()]
        if key := key_to_try():
            lines.append((_("Key for the standard API"), key))
        followed = followed_question()
        if followed is not None:
            lines.append((_("Follow a question"), f"{followed.reference}  {followed.follow_code}"))
    width = max(len(name) for name, _address in lines) + 2
    print(_("Aanspreekpunt is running. Stop it with Ctrl-C."))
    for name, value in lines:
        print(f"  {name:<{width}}{value}", flush=True)
