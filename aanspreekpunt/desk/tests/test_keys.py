"""Keys: each means one thing on its screen, those of the bar mean it everywhere, and the documentation tells them."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils import timezone

from aanspreekpunt.desk.actions import ACTIONS
from aanspreekpunt.desk.bar import PLACES
from aanspreekpunt.desk.conversing.fields import Fields
from aanspreekpunt.desk.conversing.outcomes import Outcome

HERE = Path(__file__).resolve().parents[1]
DOCUMENTED = (HERE.parents[1] / "docs" / "keys.md").read_text(encoding="utf-8")
KEY = re.compile(r'data-key="([^"{])"')


def keys_in(*names: str) -> set[str]:
    pages = [page for name in names for page in (HERE / "templates" / "desk").glob(name)]
    assert pages
    return {key for page in pages for key in KEY.findall(page.read_text(encoding="utf-8"))}


def documented(title: str) -> set[str]:
    section = DOCUMENTED.split(f"## {title}\n")[1].split("\n## ")[0]
    return set(re.findall(r"`(\S)`", "".join(line.split("|")[1] for line in section.splitlines() if "| `" in line)))


OF_THE_BAR = keys_in("partials/bar.html") | {key for _permission, _name, _route, key in PLACES if key}
OF_A_QUESTION = {action.key for action in ACTIONS.values()} | keys_in("questions/*.html")
OF_A_CONVERSATION = keys_in("conversations/conversation.html", "conversations/parts/*.html") | {
    choice.key for choice in Outcome(Fields(), None, timezone.now()).choices
}
OF_OTHER_SCREENS = keys_in("queues/*.html", "home/*.html", "conversations/receipt.html")


def test_a_key_of_the_bar_means_nothing_else_on_any_screen() -> None:
    assert {"w", "t", "A", "g", "n", "/", "?"} == OF_THE_BAR
    assert set() == OF_THE_BAR & (OF_A_QUESTION | OF_A_CONVERSATION | OF_OTHER_SCREENS)
    assert set() == {"j", "k"} & (OF_THE_BAR | OF_A_QUESTION | OF_A_CONVERSATION | OF_OTHER_SCREENS)


def test_every_key_is_documented_and_every_documented_one_exists() -> None:
    assert documented("Everywhere") == OF_THE_BAR | {"j", "k"}
    assert documented("A question") == OF_A_QUESTION
    assert documented("A conversation") == OF_A_CONVERSATION | {"1"}
