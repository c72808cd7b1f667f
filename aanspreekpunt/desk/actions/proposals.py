"""What the desk proposes: windows to call back in, and dates a team can promise, each as a sentence to say aloud."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.desk.times import day_and_time, window_in_words
from aanspreekpunt.organisation.queries import teams
from aanspreekpunt.promises.proposals import proposed_due, proposed_windows
from aanspreekpunt.promises.refusals import TeamIsNotAtWork
from aanspreekpunt.promises.rules.deadlines import Window

if TYPE_CHECKING:
    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.organisation.models import Team


class SayingSelect(forms.Select):
    """A choice in which every option carries the sentence to say when it is chosen."""

    sentences: dict[str, str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sentences = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        sentence = self.sentences.get(str(value))
        if sentence:
            option["attrs"]["data-say"] = sentence
        return option


def windows_for(team: Team, *, start: datetime, now: datetime) -> list[tuple[str, str]]:
    """Return the first windows in which `team` can call back, as choices; none when it never opens."""
    try:
        windows = proposed_windows(product=None, team=team, at=start).windows
    except TeamIsNotAtWork:
        return []
    return [
        (
            f"{window.starts_at.isoformat()}/{window.ends_at.isoformat()}",
            window_in_words(window.starts_at, window.ends_at, now=now),
        )
        for window in windows
    ]


def read_window(value: str) -> Window:
    """Read a window from its choice, which came from `windows_for`."""
    starts_at, _slash, ends_at = value.partition("/")
    return Window(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at))


def teams_to_hand_to(scene: Scene) -> list[tuple[Team, datetime]]:
    """Return every other team that ever opens, with the date by which it would answer this question."""
    found = []
    for team in teams():
        if team.pk != scene.question.owner_id:
            try:
                found.append((team, proposed_due(product=scene.question.product, team=team, at=scene.now)))
            except TeamIsNotAtWork:
                continue
    return found


def sentence_on_handing_over(team: Team, due_at: datetime, *, now: datetime) -> str:
    """Return what to say to the resident when a question goes to `team`."""
    return _("I pass your question on to %(team)s. You hear from them before %(when)s.") % {
        "team": team.shown_name,
        "when": day_and_time(due_at, now=now),
    }


CHOOSE = gettext_lazy("Choose a team")
