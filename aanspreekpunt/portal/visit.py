"""What we remember of a visit: which question this visitor may follow, what he is filling in, and his receipts.

All of it ends by itself after half an hour. What he typed and his follow code are kept sealed, because sessions lie in
the database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from cryptography.fernet import InvalidToken
from django.http import QueryDict

from aanspreekpunt.common.sealing import seal, unseal

if TYPE_CHECKING:
    from django.http import HttpRequest

    from aanspreekpunt.promises.operations import Registered


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody filled in and handed in, and what he is shown of it: to check, to correct, or to change."""

    product: str
    shown: str
    query: str

    @property
    def data(self) -> QueryDict:
        """What was filled in, as the form sent it."""
        return QueryDict(self.query)


FOLLOWING_FOR: Final = timedelta(minutes=30)
RECEIPT_FOR: Final = timedelta(minutes=30)
MOST_RECEIPTS: Final = 5
TYPED_FOR: Final = timedelta(minutes=30)
MOST_TYPED: Final = 2
LONGEST_TYPED: Final = 200_000
"""Sealed, in bytes. Who fills in more is shown the next step without it being kept."""

_FOLLOWS, _RECEIPTS, _TYPED = "follows", "receipts", "typed"
_PURPOSE, _TYPED_PURPOSE = "receipt", "typed"


def begin_following(request: HttpRequest, *, question_id: int, at: datetime) -> None:
    """Give this visitor the right to follow this one question, instead of any other."""
    # A new session id, so that nobody who knew the old one comes along.
    request.session.cycle_key()
    request.session[_FOLLOWS] = {"question": question_id, "until": (at + FOLLOWING_FOR).isoformat()}


def followed_question_id(request: HttpRequest, *, at: datetime) -> int | None:
    """Return which question this visitor may follow now; each look gives him half an hour more."""
    kept = request.session.get(_FOLLOWS)
    if kept is None:
        return None
    if datetime.fromisoformat(kept["until"]) <= at:
        stop_following(request)
        return None
    request.session[_FOLLOWS] = {**kept, "until": (at + FOLLOWING_FOR).isoformat()}
    question_id: int = kept["question"]
    return question_id


def stop_following(request: HttpRequest) -> None:
    """Take the right to follow away."""
    request.session.pop(_FOLLOWS, None)


def keep_typed(request: HttpRequest, typed: Typed, *, token: str, at: datetime) -> bool:
    """Remember what was filled in, so that going back to it or reloading shows it again; not when it is very much."""
    text = json.dumps([typed.product, typed.shown, typed.query])
    sealed = seal(text, purpose=_TYPED_PURPOSE).decode()
    if len(sealed) > LONGEST_TYPED:
        return False
    others = {each: kept for each, kept in request.session.get(_TYPED, {}).items() if each != token}
    others[token] = {"sealed": sealed, "until": (at + TYPED_FOR).isoformat()}
    request.session[_TYPED] = dict(list(others.items())[-MOST_TYPED:])
    return True


def kept_typed(request: HttpRequest, *, token: str, at: datetime) -> Typed | None:
    """Return what was filled in in this visit, for half an hour."""
    kept = request.session.get(_TYPED, {}).get(token)
    if kept is None or datetime.fromisoformat(kept["until"]) <= at:
        return None
    try:
        return Typed(*json.loads(unseal(kept["sealed"].encode(), purpose=_TYPED_PURPOSE)))
    except InvalidToken:
        return None


def forget_typed(request: HttpRequest, *, token: str) -> None:
    """Forget what was filled in, once it is sent."""
    kept = request.session.get(_TYPED, {})
    if token in kept:
        request.session[_TYPED] = {each: typed for each, typed in kept.items() if each != token}


def keep_receipt(request: HttpRequest, *, token: str, registered: Registered, at: datetime) -> None:
    """Remember the receipt, so that a reload or a second press of the button shows it again."""
    receipts: dict[str, Any] = dict(request.session.get(_RECEIPTS, {}))
    receipts[token] = {
        "question": registered.question.pk,
        "code": seal(registered.follow_code, purpose=_PURPOSE).decode(),
        "until": (at + RECEIPT_FOR).isoformat(),
    }
    request.session[_RECEIPTS] = dict(list(receipts.items())[-MOST_RECEIPTS:])


def kept_receipt(request: HttpRequest, *, token: str, at: datetime) -> tuple[int, str] | None:
    """Return question and follow code of a receipt that was given in this visit."""
    kept = request.session.get(_RECEIPTS, {}).get(token)
    if kept is None or datetime.fromisoformat(kept["until"]) <= at:
        return None
    try:
        return kept["question"], unseal(kept["code"].encode(), purpose=_PURPOSE)
    except InvalidToken:
        return None
