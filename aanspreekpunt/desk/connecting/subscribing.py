"""The form in which a subscription is made or changed: which system, where, about what, and how it knows us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.desk.editing.fields import Lines, Text
from aanspreekpunt.subscriptions.addresses import LONGEST_URL
from aanspreekpunt.subscriptions.models import Subscription
from aanspreekpunt.subscriptions.operations import LONGEST_SECRET, Subscribed, Wanted, change_subscription, subscribe
from aanspreekpunt.subscriptions.wording import wording_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee

LONGEST: Final = 200
SECRETS: Final = {
    Subscription.Kind.NOTIFICATIES: (
        gettext_lazy("Authorization header"),
        gettext_lazy("We send it along as it is, for example: Bearer and a token that the receiver made for us."),
    ),
    Subscription.Kind.ROUTER: (
        gettext_lazy("Secret"),
        gettext_lazy("As it was made in Open Notificaties, with the client id above."),
    ),
}


class SubscriptionForm(forms.Form):
    """What there is to say about a subscription of one kind."""

    name = Text(label=gettext_lazy("Which system"), max_length=LONGEST)
    callback_url = Text(
        label=gettext_lazy("Where to send it"),
        max_length=LONGEST_URL,
        help_text=gettext_lazy("A web address that begins with https://, without a password in it."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    client_id = Text(label=gettext_lazy("Client id"), max_length=LONGEST)
    secret = Text(
        max_length=LONGEST_SECRET, widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    channels = forms.MultipleChoiceField(label=gettext_lazy("About what"), widget=forms.CheckboxSelectMultiple)
    filters = Lines(label=gettext_lazy("Only when"), most=20)
    sees_confidential = forms.BooleanField(
        label=gettext_lazy("Also about confidential questions"),
        required=False,
        help_text=gettext_lazy("Without this it never hears that they exist."),
    )

    def __init__(
        self, kind: str, data: Mapping[str, Any] | None = None, *, subscription: Subscription | None = None
    ) -> None:
        super().__init__(data, initial=_said_of(subscription) if subscription else None)
        self.kind = Subscription.Kind(kind)
        self.is_new = subscription is None
        self._fit()

    def _fit(self) -> None:
        """Ask what this kind of subscription needs, and nothing else."""
        wording = wording_for(self.kind)
        channels = wording.channels
        self.fields["channels"].choices = [(each.name, each.label) for each in channels]  # type: ignore[attr-defined]  # a field of choices
        features = "; ".join(f"{each.name}: {', '.join(each.features)}" for each in channels)
        self.fields["filters"].help_text = _(
            "One to a line, for example: %(example)s. What one can filter on: %(features)s."
        ) % {"example": wording.example, "features": features}
        if self.kind != Subscription.Kind.ROUTER:
            del self.fields["client_id"]
        if self.kind not in SECRETS:
            del self.fields["secret"]
            return
        label, about = SECRETS[self.kind]
        self.fields["secret"].label = label
        self.fields["secret"].required = self.is_new
        self.fields["secret"].help_text = about if self.is_new else _("Leave it empty to keep what it is now.")

    def clean(self) -> dict[str, Any]:
        """Put channels and filters together."""
        said = super().clean() or {}
        filters: dict[str, dict[str, str]] = {name: {} for name in said.get("channels", ())}
        for line in said.get("filters", ()):
            name, _space, rest = line.partition(" ")
            feature, equals, value = rest.strip().partition("=")
            if name not in filters or not equals or not feature.strip() or not value.strip():
                message = _("We cannot read “%(line)s”, or what it is about is not ticked above.") % {"line": line}
                self.add_error("filters", ValidationError(message))
            else:
                filters[name][feature.strip()] = value.strip()
        said["asked"] = [{"name": name, "filters": each} for name, each in filters.items()]
        return said

    def make(self, *, by: Employee, at: datetime) -> Subscribed:
        """Make the subscription."""
        return subscribe(kind=self.kind, wanted=self._wanted(), by=by, at=at)

    def change(self, *, subscription: Subscription, by: Employee, at: datetime) -> None:
        """Change the subscription."""
        change_subscription(subscription=subscription, wanted=self._wanted(), by=by, at=at)

    def _wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            name=said["name"],
            callback_url=said["callback_url"],
            channels=said["asked"],
            secret=said.get("secret", ""),
            client_id=said.get("client_id", ""),
            sees_confidential=said["sees_confidential"],
        )


def _said_of(subscription: Subscription) -> dict[str, Any]:
    lines = [
        f"{channel['name']} {feature}={value}"
        for channel in subscription.channels
        for feature, value in (channel.get("filters") or {}).items()
    ]
    return {
        "name": subscription.name,
        "callback_url": subscription.callback_url,
        "client_id": subscription.client_id,
        "channels": [channel["name"] for channel in subscription.channels],
        "filters": "\n".join(lines),
        "sees_confidential": subscription.sees_confidential,
    }
