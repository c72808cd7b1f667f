"""The documented fields are the fields there are, and the other way round; every sentence exists in Dutch."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from aanspreekpunt.common.settings_files.checking import KIND_OF, names_of, part_in
from aanspreekpunt.setup.schema import MunicipalityFile
from aanspreekpunt.setup.wording import SENTENCES

if TYPE_CHECKING:
    from pydantic import BaseModel

DOCS = Path(__file__).resolve().parents[3] / "docs" / "setup.md"
ROOMS = Path(__file__).resolve().parents[2]
CATALOGUES = [ROOMS / room / "locale" / "nl" / "LC_MESSAGES" / "django.po" for room in ("common", "setup")]
Found = dict[type["BaseModel"], tuple[str, set[str], set[str]]]


def _parts(model: type[BaseModel], path: str, found: Found) -> Found:
    if model in found:
        return found
    required = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    found[model] = (path or "municipality.yaml", set(names_of(model)), required)
    for name, field in model.model_fields.items():
        inner = part_in(field.annotation)
        if inner:
            many = "[]" if "tuple" in str(field.annotation) else ""
            _parts(inner, f"{path}.{field.alias or name}{many}".removeprefix("."), found)
    return found


def _documented() -> dict[str, dict[str, str]]:
    sections = re.split(r"^### .*: `(.+)`$", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    rows = re.compile(r"^\| `(\w+)` \| (yes|no) \| .+ \|$", re.MULTILINE)
    return {path: dict(rows.findall(text)) for path, text in zip(sections[::2], sections[1::2], strict=True)}


def test_docs_and_schema_name_the_same_fields() -> None:
    documented = _documented()
    parts = _parts(MunicipalityFile, "", {})
    assert set(documented) == {path for path, _names, _required in parts.values()}
    for path, names, required in parts.values():
        assert set(documented[path]) == names, path
        assert {name for name, is_required in documented[path].items() if is_required == "yes"} == required, path


def test_every_sentence_has_a_dutch_one_with_the_same_places() -> None:
    known = "".join(catalogue.read_text(encoding="utf-8") for catalogue in CATALOGUES)
    pairs = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', known, re.MULTILINE))
    places = re.compile(r"%\((\w+)\)\w")
    for sentence in SENTENCES.values():
        english = str(sentence._args[0])
        assert set(places.findall(pairs[english])) == set(places.findall(english)), english


def test_every_kind_of_problem_has_a_sentence() -> None:
    assert set(KIND_OF.values()) <= set(SENTENCES)
