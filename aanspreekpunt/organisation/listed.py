"""The teams as lists and filters show them: read in one row, and made sense of once until one of them changes."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads it
from functools import lru_cache

import msgspec
from django.db import connection
from django.utils.translation import get_language


class TeamListed(msgspec.Struct, frozen=True, array_like=True):
    """A team, as far as lists and filters need it."""

    pk: int
    key: str
    name: str
    name_en: str
    hours: str
    closed_days: tuple[date, ...]

    @property
    def shown_name(self) -> str:
        """The name in the language of the screen."""
        return self.name_en if self.name_en and get_language() == "en" else self.name


TEAMS_IN_ONE_TEXT = (
    "(SELECT json_agg(json_build_array(id, key, name, name_en, hours::text, closed_days) ORDER BY name)::text"
    " FROM organisation_team WHERE is_active)"
)


def teams_listed() -> tuple[TeamListed, ...]:
    """Return the teams that work now, by name. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {TEAMS_IN_ONE_TEXT}")
        (text,) = cursor.fetchone()
    return read_teams(text)


@lru_cache(maxsize=8)  # by all that is read, so that any change in any team is seen at once
def read_teams(text: str | None) -> tuple[TeamListed, ...]:
    """Return the teams in that text."""
    return msgspec.json.decode(text or "[]", type=tuple[TeamListed, ...])
