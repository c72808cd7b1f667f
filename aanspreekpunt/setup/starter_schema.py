"""The format of local values and of what is adopted of the starter base, as parts of `municipality.yaml`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from aanspreekpunt.common.settings_files.fields import Email, Key, Optional, Part
from aanspreekpunt.setup.fields import ThemeName, ValueName


class ValuePart(Part):
    """What a local value says here: a fee, an address, a term; said once, and filled in wherever it stands."""

    key: ValueName
    text: Annotated[str, Field(min_length=1, max_length=1000)]
    text_en: Annotated[str, Field(max_length=1000)] = ""
    from_on: Annotated[date | None, Field(alias="from")] = None
    label: Optional = ""
    label_en: Optional = ""
    kind: Literal["text", "money", "phone", "email", "url", "hours", "days", "date", "number"] | None = None
    scope: Literal["local", "national"] | None = None
    theme: ThemeName | None = None


class StarterPart(Part):
    """What of the starter base this municipality adopts."""

    themes: tuple[Key, ...] = ()
    publish: bool = False
    owner: Email | None = None
    referrals: bool = False
    team: Key | None = None
