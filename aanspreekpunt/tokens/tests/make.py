"""Builders for tests: tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.operations import Grant, MadeToken, make_token
from aanspreekpunt.tokens.rules import all_rights, rights_said

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Team

ALL_RIGHTS = frozenset(all_rights(Resource.values, Verb.values))


def make(name: str = "Balie", *said: str, teams: tuple[Team, ...] = (), **grant: Any) -> MadeToken:
    """Make a token; `said` are rights such as `contacts=rw`, none means all of them."""
    rights = frozenset(rights_said(said, resources=Resource.values)) if said else ALL_RIGHTS
    given = Grant(rights=rights, team_ids=frozenset(team.pk for team in teams), **grant)
    return make_token(name=name, grant=given, by=SYSTEM, at=timezone.now())
