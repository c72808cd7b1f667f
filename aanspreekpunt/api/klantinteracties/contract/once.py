"""Doing once what comes twice: a POST with an `Idempotency-Key` gets the answer that was given before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.timezone import now
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.answering import respond_with
from aanspreekpunt.api.klantinteracties.contract.bodies import raw_body_of
from aanspreekpunt.api.klantinteracties.contract.errors import invalid, key_used_before
from aanspreekpunt.tokens.once import Answer, answer_given_before, asked_hash, keep_answer
from aanspreekpunt.tokens.refusals import AskedSomethingElse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller

LONGEST_KEY: Final = 255
HEADER: Final = "Idempotency-Key"
KEPT_HEADERS: Final = ("Location", "ETag")


def has_key(request: HttpRequest) -> bool:
    """Say whether a request asks to be carried out once."""
    return HEADER in request.headers


def given_before(request: HttpRequest, caller: Caller) -> HttpResponse | None:
    """Return the answer that this request got before; None when it has no key, or comes for the first time.

    In the transaction that carries it out, so that of two at once the second waits for the first.
    """
    key = _key(request)
    if not key:
        return None
    asked = asked_hash(method=request.method or "", address=request.get_full_path(), body=raw_body_of(request))
    try:
        answer = answer_given_before(key=key, asked=asked, by=caller.actor, at=now())
    except AskedSomethingElse as error:
        raise key_used_before() from error
    if answer is None:
        return None
    return respond_with(answer.body, status=answer.status, headers={**answer.headers, "Idempotency-Replayed": "true"})


def keep(request: HttpRequest, response: HttpResponse, caller: Caller) -> None:
    """Keep the answer to a request that has a key, for when it comes again."""
    key = _key(request)
    if key:
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        keep_answer(key=key, answer=Answer(response.status_code, headers, response.content), by=caller.actor)


def _key(request: HttpRequest) -> str:
    key = request.headers.get(HEADER, "").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise invalid(HEADER, _("An Idempotency-Key has 255 characters at most, all of them visible."))
    return key
