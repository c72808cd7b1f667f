"""Making tokens for other systems, changing what they may do, and revoking them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Employee, Team
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.keys import hash_of, hint_of, new_key
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.refusals import (
    EndsBeforeItBegins,
    NameIsMissing,
    NameIsTaken,
    NameIsTooLong,
    NoRights,
    NotYoursToGive,
    RightIsUnknown,
    TeamIsUnknown,
    TokenIsRevoked,
)
from aanspreekpunt.tokens.rules import all_rights

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from aanspreekpunt.journal.actors import Actor


LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a token may do and see: rights such as `contacts.read`; without teams it sees the questions of all."""

    rights: frozenset[str]
    sees_confidential: bool = False
    team_ids: frozenset[int] = frozenset()
    needs_purpose: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token that was just made, with its key: the only time that anybody sees it."""

    token: Token
    key: str


@transaction.atomic
def make_token(
    *,
    name: str,
    grant: Grant,
    organisation: str = "",
    contact_person: str = "",
    key: str | None = None,
    by: Actor,
    at: datetime,
) -> MadeToken:
    """Make a token for the system `name`, and return it with its key.

    Refuses `NotYoursToGive`, `NameIsMissing`, `NameIsTooLong`, `NameIsTaken`, `NoRights`, `RightIsUnknown`,
    `TeamIsUnknown` and `EndsBeforeItBegins`. `key` is for a demo, whose key is the same each time.
    """
    refuse_unless_administrator(by)
    known = _checked(grant, at=at)
    secret = key or new_key()
    token = Token(
        name=_name(name),
        organisation=organisation.strip(),
        contact_person=contact_person.strip(),
        key_hint=hint_of(secret),
        key_hash=hash_of(secret),
        made_at=at,
        made_by=by if isinstance(by, Employee) else None,
        **known,
    )
    _save(token)
    record("token.made", subject=token, data=_as_written(known), by=by, at=at)
    return MadeToken(token, secret)


@transaction.atomic
def change_token(
    *, token: Token, name: str, grant: Grant, organisation: str, contact_person: str, by: Actor, at: datetime
) -> Token:
    """Let `token` do and see what `grant` says from now on, under this name. Its key stays. Refuses as `make_token`."""
    refuse_unless_administrator(by)
    locked = _in_use(token)
    was = _known(locked)
    known = _checked(grant, at=at, ended_at=locked.expires_at)
    for field, value in known.items():
        setattr(locked, field, value)
    locked.name, locked.organisation, locked.contact_person = _name(name), organisation.strip(), contact_person.strip()
    _save(locked)
    if known != was:
        record("token.changed", subject=locked, data={**_as_written(known), "was": _as_written(was)}, by=by, at=at)
    return locked


@transaction.atomic
def revoke_token(*, token: Token, by: Actor, at: datetime) -> None:
    """Let the key of `token` open nothing from now on. Cannot be undone; refuses `TokenIsRevoked` the second time."""
    refuse_unless_administrator(by)
    locked = _in_use(token)
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    record("token.revoked", subject=locked, by=by, at=at)


def last_moment_of(day: date) -> datetime:
    """Return when a token ends whose last day this is: with the day, here."""
    return timezone.make_aware(datetime.combine(day, time.max))


def refuse_unless_administrator(by: Actor) -> None:
    """Refuse (`NotYoursToGive`) an employee who does not administer everything; the command line may."""
    if isinstance(by, Employee) and not rights_of(by).is_everywhere(Permission.ADMINISTER):
        raise NotYoursToGive
    if by.actor_kind == "token":  # no system opens the door to another one
        raise NotYoursToGive


def _in_use(token: Token) -> Token:
    locked = Token.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is not None:
        raise TokenIsRevoked
    return locked


def _name(name: str) -> str:
    if not name.strip():
        raise NameIsMissing
    if len(name) > LONGEST_NAME:
        raise NameIsTooLong(limit=LONGEST_NAME)
    return " ".join(name.split())


def _checked(grant: Grant, *, at: datetime, ended_at: datetime | None = None) -> dict[str, Any]:
    """Return the fields that `grant` gives a token, or refuse; an end that it had before may lie in the past."""
    _refuse_rights(grant.rights)
    if grant.expires_at is not None and grant.expires_at <= at and grant.expires_at != ended_at:
        raise EndsBeforeItBegins
    if Team.objects.filter(pk__in=grant.team_ids).count() != len(grant.team_ids):
        raise TeamIsUnknown
    return {
        "rights": [each for each in all_rights(Resource.values, Verb.values) if each in grant.rights],
        "sees_confidential": grant.sees_confidential,
        "team_ids": sorted(grant.team_ids),
        "needs_purpose": grant.needs_purpose,
        "expires_at": grant.expires_at,
    }


def _refuse_rights(rights: Iterable[str]) -> None:
    unknown = sorted(set(rights) - set(all_rights(Resource.values, Verb.values)))
    if unknown:
        raise RightIsUnknown(right=unknown[0], names=", ".join(Resource.values))
    if not set(rights):
        raise NoRights


def _known(token: Token) -> dict[str, Any]:
    return {name: getattr(token, name) for name in GRANTED}


def _as_written(known: dict[str, Any]) -> dict[str, Any]:
    ends = known["expires_at"]
    return {**known, "expires_at": ends.isoformat() if ends else None}


def _save(token: Token) -> None:
    try:
        with transaction.atomic():
            token.save()
    except IntegrityError as problem:
        if "token_in_use_has_its_own_name" in str(problem):
            raise NameIsTaken(name=token.name) from problem
        raise


GRANTED = ("rights", "sees_confidential", "team_ids", "needs_purpose", "expires_at")
"""The fields of a token that say what it may do; a change of one of them is a line in the journal."""
