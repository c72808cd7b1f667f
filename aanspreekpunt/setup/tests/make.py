"""A small municipality file for tests, and a way to change one thing in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from aanspreekpunt.common.settings_files.checking import FileHasProblems
from aanspreekpunt.setup.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from aanspreekpunt.common.settings_files.problems import Problem

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
SMALL = """\
municipality:
  name: Kleinveen
  slug: kleinveen
  theme: voorbeeld-theme
  contact:
    phone: 14 0199
    email: info@kleinveen.example
    street: Brink 1
    postcode: 1292 AA
    city: Kleinveen
    website: https://www.kleinveen.example
  open_channels: [phone, counter, web_form]
  hours:
    mon: [08:30-12:00, 13:00-17:00]
  closed_holidays: [Koningsdag]
  extra_closed_days:
    - {on: 2026-12-24, reason: Kerstavond}
norms:
  question: {kind: working_days, amount: 2}
  request: {kind: working_days, amount: 5}
  report: {kind: working_hours, amount: 24}
  complaint: {kind: calendar_days, amount: 7}
  compliment: {kind: working_days, amount: 5}
  idea: {kind: working_days, amount: 10}
teams:
  - key: balie
    name: Balie
    mailbox: balie@kleinveen.example
    is_contact_centre: true
  - key: werf
    name: Werf
    mailbox: werf@kleinveen.example
    parent: balie
    closed_days: [2026-06-01]
employees:
  - name: Ada Bos
    email: a.bos@kleinveen.example
    roles:
      - {role: agent, team: balie}
      - {role: functional_administrator}
products:
  - key: stoep
    name: Stoep
    team: werf
    kind: report
    form:
      fields:
        - key: danger
          type: yes_no
          label: Gevaar?
        - key: which
          type: text
          label: Welk gevaar?
          only_if: {field: danger, is: yes}
articles:
  - key: stoep-kapot
    product: stoep
    question: Wie maakt de stoep?
    answer: De werf.
"""


def file_with(folder: Path, old: str = "", new: str = "", *, text: str = SMALL) -> Path:
    """Write the small file with `old` replaced by `new`."""
    assert old in text
    path = folder / "municipality.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def line_of(text: str, part: str) -> int:
    """Find the line on which `part` first stands, counted from 1."""
    return text[: text.index(part)].count("\n") + 1


def problems_in(path: Path) -> tuple[Problem, ...]:
    """Read the file, which must be refused, and return why."""
    with pytest.raises(FileHasProblems) as refused:
        read(path)
    return refused.value.problems
