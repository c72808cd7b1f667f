"""What we remember of a visit: which question this visitor may follow, and the receipts he was just given.

All of it ends by itself after half an hour. A follow code is kept sealed, because sessions lie in the database.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from cryptography.fernet import InvalidToken

from aanspreekpunt.common.sealing import seal, unseal

if TYPE_CHECKING:
    from django.http import HttpRequest

    from aanspreekpunt.promises.operations import Registered

FOLLOWING_FOR: Final = timedelta(minutes=30)
RECEIPT_FOR: Final = timedelta(minutes=30)
MOST_RECEIPTS: Final = 5
_FOLLOWS, _RECEIPTS = "follows", "receipts"
_PURPOSE = "receipt"


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
