"""Distils the facts of an OpenAPI document (names, types, limits; no sentences) into a file to hold ours against.

Usage: python tools/contract_facts.py DOCUMENT.yaml FACTS.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import yaml

from aanspreekpunt.api.klantinteracties.contract.facts import facts_of, folded


def main(document: str, target: str) -> None:
    """Write the facts of `document` to `target`."""
    read: dict[str, Any] = yaml.safe_load(Path(document).read_text(encoding="utf-8"))
    text = json.dumps(folded(facts_of(read)), indent=0, sort_keys=True)
    Path(target).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
