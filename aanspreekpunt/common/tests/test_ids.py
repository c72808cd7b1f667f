"""Identifiers sort by the moment they were made."""

from __future__ import annotations

from uuid import UUID

from aanspreekpunt.common.ids import new_uuid


def test_identifiers_are_uuids_of_version_7_that_come_in_order() -> None:
    made = [new_uuid() for _ in range(1000)]
    assert {type(one) for one in made} == {UUID}
    assert {one.version for one in made} == {7}
    assert len(set(made)) == 1000
    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)
