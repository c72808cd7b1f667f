"""Which token a key belongs to, asked with every request; and the tokens for who looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

from django.db import connection

from aanspreekpunt.common.reading import found
from aanspreekpunt.tokens.keys import hash_of
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.refusals import KeyIsUnknown
from aanspreekpunt.tokens.rules import right

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

LONGEST_KEY: Final = 200
USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)

_FIND = (
    "SELECT id, uuid, name, array_to_string(rights, ' '), sees_confidential, team_ids, needs_purpose, last_used_at"
    " FROM tokens_token WHERE key_hash = %s AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %s)"
)
_NOTE_USE = "UPDATE tokens_token SET last_used_at = %s WHERE id = %s AND (last_used_at IS NULL OR last_used_at <= %s)"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The other system that asks something now, with what it may do."""

    id: int
    uuid: UUID
    name: str
    rights: frozenset[str]
    sees_confidential: bool
    team_ids: tuple[int, ...]
    needs_purpose: bool

    actor_kind: ClassVar[str] = "token"

    @property
    def actor_id(self) -> int:
        return self.id

    @property
    def actor_name(self) -> str:
        return self.name

    @property
    def sees_everything(self) -> bool:
        """Whether no contact or question is hidden from it."""
        return self.sees_confidential and not self.team_ids

    def may(self, resource: str, verb: str) -> bool:
        """Say whether it may do this with things of this kind."""
        return right(resource, verb) in self.rights


def token_for_key(key: str, *, at: datetime) -> Bearer:
    """Return whose key this is; raises `KeyIsUnknown`. One query, and once a minute one that notes the use.

    It is asked of the database each time: a token that was revoked opens nothing from then on, in any process.
    """
    if not key or len(key) > LONGEST_KEY:
        raise KeyIsUnknown
    known = found(_FIND, [hash_of(key), at])
    if not known:
        raise KeyIsUnknown
    pk, uuid, name, rights, sees_confidential, team_ids, needs_purpose, last_used_at = known[0]
    if last_used_at is None or at - last_used_at >= USE_IS_NOTED_EVERY:
        with connection.cursor() as cursor:
            cursor.execute(_NOTE_USE, [at, pk, at - USE_IS_NOTED_EVERY])
    return Bearer(pk, uuid, name, _rights_in(rights), sees_confidential, tuple(team_ids), needs_purpose)


@lru_cache(maxsize=64)
def _rights_in(words: str) -> frozenset[str]:
    """Read the rights of a token; what the words are is asked of the database each time, what they mean is not."""
    return frozenset(words.split())


def tokens_in_use() -> QuerySet[Token]:
    """Return the tokens that were not revoked, by name; those whose time is over too."""
    return Token.objects.filter(revoked_at__isnull=True).select_related("made_by").order_by("name", "id")


def revoked_tokens(*, limit: int) -> QuerySet[Token]:
    """Return the tokens that were revoked lately, newest first."""
    return Token.objects.filter(revoked_at__isnull=False).select_related("made_by").order_by("-revoked_at")[:limit]


def token_named(name: str) -> Token | None:
    """Return the token in use for the system of this name."""
    return tokens_in_use().filter(name__iexact=name.strip()).first()


def token_of(uuid: UUID) -> Token | None:
    """Return one token, also one that was revoked."""
    return Token.objects.select_related("made_by").filter(uuid=uuid).first()
