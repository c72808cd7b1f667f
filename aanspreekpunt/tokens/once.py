"""Doing once what another system sends twice: it gives each request a key, and gets the same answer again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection

from aanspreekpunt.tokens.models import KeptAnswer
from aanspreekpunt.tokens.refusals import AskedSomethingElse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor

ANSWERS_ARE_KEPT_FOR: Final = timedelta(hours=24)

_CLAIM = (
    "INSERT INTO tokens_kept_answer AS kept (token_id, key, asked_hash, status, headers, body, made_at)"
    " VALUES (%(token)s, %(key)s, %(asked)s, 0, '{}', '', %(at)s)"
    " ON CONFLICT (token_id, key) DO UPDATE SET asked_hash = excluded.asked_hash, made_at = excluded.made_at,"
    " status = 0, headers = '{}', body = '' WHERE kept.made_at <= %(outdated)s RETURNING id"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: status, headers and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def asked_hash(*, method: str, address: str, body: bytes) -> str:
    """Return by what two requests are seen to be the same."""
    return hashlib.sha256(b"\x00".join((method.encode(), address.encode(), body))).hexdigest()


def answer_given_before(*, key: str, asked: str, by: Actor, at: datetime) -> Answer | None:
    """Return what was answered to this very request; None when it is new, and from then on this one is the first.

    To be called in the transaction in which the request is carried out. Of two at once the second waits here until the
    first is done: then it gets that answer, or becomes the first when the other one failed. Refuses
    `AskedSomethingElse`. One query for a new request.
    """
    with connection.cursor() as cursor:
        outdated = at - ANSWERS_ARE_KEPT_FOR
        cursor.execute(_CLAIM, {"token": by.actor_id, "key": key, "asked": asked, "at": at, "outdated": outdated})
        if cursor.fetchone() is not None:
            return None
    kept = KeptAnswer.objects.get(token_id=by.actor_id or 0, key=key)
    if kept.asked_hash != asked:
        raise AskedSomethingElse
    return Answer(kept.status, kept.headers, bytes(kept.body))


def keep_answer(*, key: str, answer: Answer, by: Actor) -> None:
    """Keep what was answered to the request that was claimed with this key; in the same transaction."""
    KeptAnswer.objects.filter(token_id=by.actor_id or 0, key=key).update(
        status=answer.status, headers=dict(answer.headers), body=answer.body
    )


def forget_old_answers(*, at: datetime) -> int:
    """Erase the answers whose time is over, because they hold what people told us. Returns how many."""
    return KeptAnswer.objects.filter(made_at__lte=at - ANSWERS_ARE_KEPT_FOR).delete()[0]
