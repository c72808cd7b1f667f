"""Abonnementen: which other systems are told what happens. A token sees and changes only its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import Invalid, invalid, permission_denied
from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    Group,
    Many,
    Text,
    WebAddress,
    Words,
)
from aanspreekpunt.api.klantinteracties.contract.filters import NOTHING, Where
from aanspreekpunt.api.klantinteracties.contract.resource import NOTIFICATIES, Record, Resource
from aanspreekpunt.subscriptions.addresses import LONGEST_URL
from aanspreekpunt.subscriptions.models import Subscription
from aanspreekpunt.subscriptions.operations import Wanted, change_subscription, remove_subscription, subscribe
from aanspreekpunt.subscriptions.refusals import (
    IsInside,
    NotAHeader,
    NotAnAddress,
    NotProtected,
    NotYoursToSubscribe,
    TooManySubscriptions,
    UnknownChannel,
    UnknownFilter,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing
    from aanspreekpunt.common.refusals import Refusal

LONGEST_AUTH = 1000
KANAAL = Group(
    part="FilterGroup",
    fields={"filters": Words(max_length=1000), "naam": Text(required=True, blank=False, min_length=1)},
)
REFUSALS: dict[type[Refusal], tuple[str, str]] = {
    NotAnAddress: ("callbackUrl", "invalid"),
    NotProtected: ("callbackUrl", "https-required"),
    IsInside: ("callbackUrl", "internal-address"),
    NotAHeader: ("auth", "invalid"),
    UnknownChannel: ("naam", "kanaal_naam"),
    UnknownFilter: ("filters", "inconsistent-abonnement-filters"),
    TooManySubscriptions: ("nonFieldErrors", "too-many"),
}


class Abonnement(Resource):
    """A subscription to notifications; the secret in `auth` goes in and never comes out."""

    root = NOTIFICATIES
    path = "abonnement"
    name = "Abonnement"
    tag = "abonnement"
    table = "subscriptions_subscription"
    order = "t.id ASC"
    is_paged = False
    fields = {
        "url": URL_FIELD,
        "callbackUrl": WebAddress(required=True, blank=False, min_length=1, max_length=LONGEST_URL),
        "auth": Text(required=True, blank=False, min_length=1, max_length=LONGEST_AUTH, write_only=True),
        "kanalen": Many(of=KANAAL, required=True),
    }

    def visible(self, caller: Caller) -> list[Where]:
        if caller.actor.actor_kind != "token":
            return [Where(NOTHING)]
        return [Where("t.token_id = %s AND t.kind = 'notificaties' AND t.removed_at IS NULL", (caller.actor.actor_id,))]

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        found = Subscription.objects.filter(pk__in=ids).only("uuid", "callback_url", "channels")
        return {each.pk: Record(_shown(each, reading)) for each in found}

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        wanted = Wanted(
            name=writing.by.actor_name,
            callback_url=data["callbackUrl"],
            channels=_channels(data["kanalen"]),
            secret=data["auth"],
            sees_confidential=writing.caller.sees_confidential,
        )
        made = _asked(lambda: subscribe(kind="notificaties", wanted=wanted, by=writing.by, at=writing.at))
        return int(made.subscription.pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        known = Subscription.objects.get(pk=pk)
        wanted = Wanted(
            name=known.name,
            callback_url=data.get("callbackUrl", known.callback_url),
            channels=_channels(data["kanalen"]) if "kanalen" in data else known.channels,
            secret=data.get("auth", ""),
            sees_confidential=known.sees_confidential and writing.caller.sees_confidential,
        )
        _asked(lambda: change_subscription(subscription=known, wanted=wanted, by=writing.by, at=writing.at))

    def remove(self, pk: int, writing: Writing) -> None:
        remove_subscription(subscription=Subscription.objects.get(pk=pk), by=writing.by, at=writing.at)


def _shown(subscription: Subscription, reading: Reading) -> dict[str, Any]:
    return {
        "url": f"{reading.base}{NOTIFICATIES}{Abonnement.path}/{subscription.uuid}",
        "callbackUrl": subscription.callback_url,
        "kanalen": [{"filters": each["filters"], "naam": each["name"]} for each in subscription.channels],
    }


def _channels(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"name": each["naam"], "filters": each.get("filters", {})} for each in asked]


def _asked(operation: Callable[[], Any]) -> Any:
    """Do it, and say what is refused in the words of the standard."""
    try:
        return operation()
    except NotYoursToSubscribe:
        raise permission_denied() from None
    except tuple(REFUSALS) as refusal:
        raise _said(refusal) from None


def _said(refusal: Refusal) -> Invalid:
    name, code = REFUSALS[type(refusal)]
    if isinstance(refusal, UnknownChannel):
        return invalid(name, _("There is no kanaal by this name."), code=code)
    return invalid(name, str(refusal), code=code)
