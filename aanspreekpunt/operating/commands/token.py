"""`aanspreekpunt token`: make a token, list them, revoke one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.organisation.queries import teams
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.operations import Grant, last_moment_of, make_token, revoke_token
from aanspreekpunt.tokens.queries import token_named, tokens_in_use
from aanspreekpunt.tokens.refusals import NoSuchToken, RightIsUnknown, TeamIsUnknown
from aanspreekpunt.tokens.rules import RightIsUnreadable, all_rights, rights_said, rights_shown

if TYPE_CHECKING:
    import argparse

    from aanspreekpunt.tokens.models import Token


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `aanspreekpunt token`."""
    subcommands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    purpose = _("Make a token for another system, and print its key: the only time it is shown.")
    making = subcommands.add_parser("make", help=purpose, description=purpose)
    making.add_argument("name", metavar=_("NAME"), help=_("the system it is for"))
    rights = making.add_mutually_exclusive_group(required=True)
    rights.add_argument("--all", action="store_true", help=_("it may read, add, change and delete everything"))
    meaning = _("what it may do: contacts=rw tasks=r …, or everything=r; r reads, w adds and changes, d deletes")
    rights.add_argument("--rights", nargs="+", default=[], metavar=_("RIGHT"), help=meaning)
    making.add_argument("--confidential", action="store_true", help=_("it sees confidential questions too"))
    making.add_argument(
        "--teams", nargs="+", default=[], metavar=_("TEAM"), help=_("only of these teams, by key as in the setup file")
    )
    making.add_argument("--until", type=date.fromisoformat, metavar=_("DAY"), help=_("its last day, as 2027-01-31"))
    making.add_argument("--purpose", action="store_true", help=_("it has to say with each request what it is for"))
    making.add_argument("--organisation", default="", metavar=_("NAME"), help=_("whose system it is"))
    making.add_argument("--contact", default="", metavar=_("PERSON"), help=_("whom to ask about it"))
    making.set_defaults(run=make)
    purpose = _("List the tokens in use, with what each may do and when it was last used.")
    subcommands.add_parser("list", help=purpose, description=purpose).set_defaults(run=show)
    purpose = _("Revoke a token: its key opens nothing from that moment on.")
    revoking = subcommands.add_parser("revoke", help=purpose, description=purpose)
    revoking.add_argument("name", metavar=_("NAME"))
    revoking.set_defaults(run=revoke)


def run(_options: argparse.Namespace) -> None:
    """Do nothing: each subcommand sets what runs, and one has to be given."""


def make(options: argparse.Namespace) -> None:
    """Make a token and print nothing but its key, so that a script can take it."""
    grant = Grant(
        rights=_rights(options),
        sees_confidential=options.confidential,
        team_ids=_teams(options.teams),
        needs_purpose=options.purpose,
        expires_at=last_moment_of(options.until) if options.until else None,
    )
    made = make_token(
        name=options.name,
        grant=grant,
        organisation=options.organisation,
        contact_person=options.contact,
        by=SYSTEM,
        at=timezone.now(),
    )
    print(made.key)


def show(_options: argparse.Namespace) -> None:
    """Print one line for each token in use."""
    for token in tokens_in_use():
        print(_line(token))


def revoke(options: argparse.Namespace) -> None:
    """Revoke the token of this name."""
    token = token_named(options.name)
    if token is None:
        raise NoSuchToken(name=options.name)
    revoke_token(token=token, by=SYSTEM, at=timezone.now())
    print(_("Revoked. The key of %(name)s opens nothing any more.") % {"name": token.name})


def _rights(options: argparse.Namespace) -> frozenset[str]:
    if options.all:
        return frozenset(all_rights(Resource.values, Verb.values))
    try:
        return frozenset(rights_said(options.rights, resources=Resource.values))
    except RightIsUnreadable as wrong:
        raise RightIsUnknown(right=wrong, names=", ".join(["everything", *Resource.values])) from wrong


def _teams(keys: list[str]) -> frozenset[int]:
    """Return the teams with these keys: none of them means all, so an unknown one is never left out."""
    found = dict(teams().values_list("key", "pk"))
    if unknown := [key for key in keys if key not in found]:
        raise TeamIsUnknown(key=unknown[0])
    return frozenset(found[key] for key in keys)


def _line(token: Token) -> str:
    parts = [token.name, f"{token.key_hint}…", *rights_shown(token.rights, resources=Resource.values)]
    if token.sees_confidential:
        parts.append(_("confidential too"))
    if token.team_ids:
        parts.append(_("some teams"))
    if token.expires_at:
        parts.append(_("until %(day)s") % {"day": date_format(timezone.localtime(token.expires_at))})
    used = date_format(timezone.localtime(token.last_used_at), "DATETIME_FORMAT") if token.last_used_at else _("never")
    return "  ".join([*parts, _("last used: %(when)s") % {"when": used}])
