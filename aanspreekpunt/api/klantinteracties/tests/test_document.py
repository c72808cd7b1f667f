"""Our documents promise what the standard promises: the facts of the documents of Open Klant 2.18.0 (EUPL 1.2)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aanspreekpunt.api.klantinteracties.contract.facts import facts_of, folded, unfolded
from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, KLANTINTERACTIES
from aanspreekpunt.api.klantinteracties.documents import document_of

HERE = Path(__file__).parent
ROOTS = {"klantinteracties": KLANTINTERACTIES, "contactgegevens": CONTACTGEGEVENS}


def standard(name: str) -> dict[str, Any]:
    return unfolded(json.loads((HERE / f"{name}.json").read_text()))


def differences(ours: Any, theirs: Any, where: str = "") -> list[str]:
    """Where a fact of theirs is absent or other with us; our answers may be wider where theirs do not conform."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return [
            found
            for key, value in theirs.items()
            for found in (
                differences(ours[key], value, f"{where}/{key}")
                if key in ours
                else ([] if key == "minLength" and value else [f"{where}/{key} absent"])
            )
        ]
    if ours == theirs or (isinstance(ours, str) and ours == f"^$|{theirs}"):
        return []
    if isinstance(ours, list) and len(ours) == 1 and f"/oneOf/{ours[0]}/" in where and ours[0] in theirs:
        return []  # of several kinds each says which it is, so that no answer conforms to two of them
    return [f"{where}: {ours!r} is not {theirs!r}"]


@pytest.mark.parametrize("name", ROOTS)
def test_every_operation_of_the_standard_is_there_with_its_parameters_fields_and_limits(name: str) -> None:
    ours = facts_of(document_of(ROOTS[name]))
    theirs = standard(name)
    found = [each for one in theirs for each in differences(ours.get(one, {}), theirs[one], one)]
    assert not found, "\n".join(found[:40])


@pytest.mark.parametrize("name", ROOTS)
def test_what_is_ours_alone_is_marked_as_an_addition(name: str) -> None:
    document = document_of(ROOTS[name])
    theirs = standard(name)
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            known = theirs.get(f"{verb.upper()} {path}", {}).get("parameters", {})
            for parameter in operation.get("parameters", []):
                assert parameter["name"] in known or parameter.get("x-addition"), (path, verb, parameter["name"])


def test_folding_loses_nothing() -> None:
    facts = facts_of(document_of(KLANTINTERACTIES))
    assert unfolded(json.loads(json.dumps(folded(facts)))) == facts
