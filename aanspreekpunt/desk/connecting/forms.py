"""The form in which a token is made or changed: which system, what it may do, what it sees, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.desk.editing.fields import DateInput, Text
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.organisation.queries import teams
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.operations import LONGEST_NAME, Grant, MadeToken, change_token, last_moment_of, make_token
from aanspreekpunt.tokens.rules import all_rights, right

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.tokens.models import Token

EVERYTHING, READ_ALL, CHOSEN = "everything", "read", "chosen"


class RightsRow:
    """One line of the table of rights: a kind of thing, with a box for each verb."""

    def __init__(self, resource: Resource, held: frozenset[str]) -> None:
        self.name = resource.label
        self.boxes = [(right(resource, verb), verb.label, right(resource, verb) in held) for verb in Verb]


class TokenForm(forms.Form):
    """What there is to say about a token."""

    name = Text(
        label=_("Which system"), max_length=LONGEST_NAME, help_text=_("Stands in timelines and in the access log.")
    )
    organisation = Text(label=_("Whose system"), max_length=LONGEST_NAME, required=False)
    contact_person = Text(
        label=_("Whom to ask about it"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("A name with a phone number or e-mail address, for when something goes wrong."),
    )
    scope = forms.ChoiceField(
        label=_("What it may do"),
        widget=forms.RadioSelect,
        choices=[
            (EVERYTHING, _("Read, add, change and delete everything")),
            (READ_ALL, _("Read everything, change nothing")),
            (CHOSEN, _("Only what is ticked below")),
        ],
    )
    rights = forms.MultipleChoiceField(
        required=False, choices=[(each, each) for each in all_rights(Resource.values, Verb.values)]
    )
    sees_confidential = forms.BooleanField(
        label=_("Sees confidential questions too"),
        required=False,
        help_text=_("Without this they do not exist for this system: not in lists, counts or by their number."),
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Only of these teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It then sees contacts and tasks of questions these teams have or had, and what it wrote itself."),
    )
    needs_purpose = forms.BooleanField(
        label=_("Has to say with each request what it is for"),
        required=False,
        help_text=_("Leave this off for systems that cannot do so."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty to let it end with revoking."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, token: Token | None = None) -> None:
        super().__init__(data, initial=_said_of(token) if token else {"scope": CHOSEN})
        self.token = token
        self.fields["teams"].queryset = teams()  # type: ignore[attr-defined]  # a field of choices from a table

    def rows(self) -> list[RightsRow]:
        """Return the table of rights, with what is ticked now."""
        held = frozenset(self["rights"].value() or ())
        return [RightsRow(resource, held) for resource in Resource]

    def make(self, *, by: Employee, at: datetime) -> MadeToken:
        """Make the token."""
        return make_token(grant=self._grant(), **self._about(), by=by, at=at)

    def change(self, *, token: Token, by: Employee, at: datetime) -> None:
        """Change the token."""
        change_token(token=token, grant=self._grant(), **self._about(), by=by, at=at)

    def _about(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "organisation", "contact_person")}

    def _grant(self) -> Grant:
        said = self.cleaned_data
        return Grant(
            rights=_rights(said["scope"], said["rights"]),
            sees_confidential=said["sees_confidential"],
            team_ids=frozenset(team.pk for team in said["teams"]),
            needs_purpose=said["needs_purpose"],
            expires_at=last_moment_of(said["last_day"]) if said["last_day"] else None,
        )


def _rights(scope: str, ticked: list[str]) -> frozenset[str]:
    if scope == CHOSEN:
        return frozenset(ticked)
    return frozenset(all_rights(Resource.values, Verb.values if scope == EVERYTHING else [Verb.READ]))


def _said_of(token: Token) -> dict[str, Any]:
    held = frozenset(token.rights)
    scope = next((scope for scope in (EVERYTHING, READ_ALL) if held == _rights(scope, [])), CHOSEN)
    return {
        "name": token.name,
        "organisation": token.organisation,
        "contact_person": token.contact_person,
        "scope": scope,
        "rights": token.rights,
        "sees_confidential": token.sees_confidential,
        "teams": token.team_ids,
        "needs_purpose": token.needs_purpose,
        "last_day": timezone.localdate(token.expires_at) if token.expires_at else None,
    }
