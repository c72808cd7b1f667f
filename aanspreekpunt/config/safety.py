"""What makes an installation unsafe, one named check each. Production refuses to start when one finds an error."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST_SECRET = 50
SHORTEST_KEY = 32
FEWEST_DIFFERENT_CHARACTERS = 10
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Verdict(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """What one check found; an empty `message` means nothing to say."""

    name: str
    verdict: Verdict
    message: str = ""


def unsafe_settings() -> list[Finding]:
    """Go through all checks, in the order in which they are documented."""
    return [check(name) for name, check in CHECKS.items()]


def refuse_unsafe_settings() -> None:
    """Stop a production installation that is not safe, naming each setting that makes it so."""
    if not settings.IS_PRODUCTION:
        return
    errors = [finding for finding in unsafe_settings() if finding.verdict is Verdict.ERROR]
    if errors:
        lines = "\n".join(f"  {finding.name}: {finding.message}" for finding in errors)
        raise ImproperlyConfigured(f"{_('This installation is not safe to run in production:')}\n{lines}")


def _secret_key(name: str) -> Finding:
    return _strength(name, _known_secret_key(), shortest=SHORTEST_SECRET)


def _known_secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # Django does not show an empty one
        return ""


def _follow_code_key(name: str) -> Finding:
    if settings.FOLLOW_CODE_KEY and _known_secret_key() == settings.FOLLOW_CODE_KEY:
        return Finding(name, Verdict.ERROR, _("must be another than the other secrets."))
    return _strength(name, settings.FOLLOW_CODE_KEY, shortest=SHORTEST_KEY)


def _field_key(name: str) -> Finding:
    if settings.FIELD_KEY and settings.FIELD_KEY in {_known_secret_key(), settings.FOLLOW_CODE_KEY}:
        return Finding(name, Verdict.ERROR, _("must be another than the other secrets."))
    return _strength(name, settings.FIELD_KEY, shortest=SHORTEST_KEY)


def _strength(name: str, secret: str, *, shortest: int) -> Finding:
    if not secret:
        return Finding(name, Verdict.ERROR, _("is missing."))
    if len(secret) < shortest:
        message = _("is too short: %(length)d characters, at least %(shortest)d are needed.")
        return Finding(name, Verdict.ERROR, message % {"length": len(secret), "shortest": shortest})
    if len(set(secret)) < FEWEST_DIFFERENT_CHARACTERS or "insecure" in secret or "change" in secret.lower():
        return Finding(name, Verdict.ERROR, _("is an example or easy to guess, not a random secret."))
    return Finding(name, Verdict.OK)


def _debug(name: str) -> Finding:
    return _error_when(settings.DEBUG, name, _("shows visitors the inside of the program; leave it out."))


def _base_url(name: str) -> Finding:
    if not settings.BASE_URL:
        return Finding(name, Verdict.ERROR, _("is missing."))
    return _error_when(not settings.IS_HTTPS, name, _("must begin with https://."))


def _allowed_hosts(name: str) -> Finding:
    everyone = any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS)
    return _error_when(everyone, name, _("must name each host; * or a whole domain lets strangers choose the name."))


def _database(name: str) -> Finding:
    if settings.DATABASE_URL:
        return Finding(name, Verdict.OK)
    return Finding(name, Verdict.WARNING, _("is missing, so the embedded database is used: fit for one machine."))


def _smtp_host(name: str) -> Finding:
    return _error_when(not settings.EMAIL_HOST, name, _("is missing, so no receipt or promise would be sent."))


def _smtp_security(name: str) -> Finding:
    if settings.SMTP_SECURITY != "none" or settings.EMAIL_HOST in LOOPBACK_NAMES:
        return Finding(name, Verdict.OK)
    if settings.EMAIL_HOST_PASSWORD:
        return Finding(name, Verdict.ERROR, _("is none, so the password of the mail server would be sent in the open."))
    return Finding(name, Verdict.WARNING, _("is none, so mail crosses the network in the open."))


def _mail_from(name: str) -> Finding:
    return _error_when("@" not in settings.DEFAULT_FROM_EMAIL, name, _("must be the address our mail comes from."))


def _proxy_count(name: str) -> Finding:
    bare = settings.PROXY_COUNT == 0 and settings.IS_HTTPS
    message = _("is 0, but our web server does not speak https by itself: put a proxy in front and set it to 1.")
    return Finding(name, Verdict.ERROR, message) if bare else Finding(name, Verdict.OK)


def _metrics_token(name: str) -> Finding:
    if not settings.METRICS_TOKEN:
        return Finding(name, Verdict.OK)
    return _strength(name, settings.METRICS_TOKEN, shortest=SHORTEST_KEY)


def _error_when(wrong: bool, name: str, message: str) -> Finding:  # noqa: FBT001 - reads as one sentence where it is used
    return Finding(name, Verdict.ERROR, message) if wrong else Finding(name, Verdict.OK)


CHECKS: dict[str, Callable[[str], Finding]] = {
    "AANSPREEKPUNT_SECRET_KEY": _secret_key,
    "AANSPREEKPUNT_FOLLOW_CODE_KEY": _follow_code_key,
    "AANSPREEKPUNT_FIELD_KEY": _field_key,
    "AANSPREEKPUNT_DEBUG": _debug,
    "AANSPREEKPUNT_BASE_URL": _base_url,
    "AANSPREEKPUNT_ALLOWED_HOSTS": _allowed_hosts,
    "AANSPREEKPUNT_PROXY_COUNT": _proxy_count,
    "DATABASE_URL": _database,
    "AANSPREEKPUNT_SMTP_HOST": _smtp_host,
    "AANSPREEKPUNT_SMTP_SECURITY": _smtp_security,
    "AANSPREEKPUNT_MAIL_FROM": _mail_from,
    "AANSPREEKPUNT_METRICS_TOKEN": _metrics_token,
}
