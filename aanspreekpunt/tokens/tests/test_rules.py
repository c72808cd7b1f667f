"""Rights as one writes them."""

from __future__ import annotations

import pytest

from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.rules import LETTERS, RightIsUnreadable, all_rights, rights_said, rights_shown

NAMES = ["contacts", "tasks"]


def test_rights_are_read_as_they_are_written() -> None:
    for said, meant in (
        (["contacts=r"], ["contacts.read"]),
        (["tasks=dw", "contacts=r"], ["contacts.read", "tasks.write", "tasks.delete"]),
        (["everything=r"], ["contacts.read", "tasks.read"]),
        (["everything=r", "tasks=w"], ["contacts.read", "tasks.read", "tasks.write"]),
        ([], []),
    ):
        rights = rights_said(said, resources=NAMES)
        assert rights == meant, said
        assert rights_said(rights_shown(rights, resources=NAMES), resources=NAMES) == meant


@pytest.mark.parametrize("wrong", ["contacts", "contacts=", "contacts=x", "parties=r", "=r", "contacts=r,w"])
def test_what_names_no_right_is_refused(wrong: str) -> None:
    with pytest.raises(RightIsUnreadable, match=wrong):
        rights_said(["tasks=r", wrong], resources=NAMES)


def test_the_short_way_of_writing_is_short() -> None:
    assert rights_shown(all_rights(NAMES, LETTERS.values()), resources=NAMES) == ["everything=rwd"]
    assert rights_shown(["tasks.read"], resources=NAMES) == ["tasks=r"]
    assert set(LETTERS.values()) == set(Verb.values)
    assert "everything" not in Resource.values
