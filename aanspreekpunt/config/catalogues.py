"""Turns the catalogues people edit into those the program reads, without the gettext programs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parents[1]


def compile_catalogues() -> None:
    """Compile each catalogue that changed since it was compiled; quick when none did."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, target)


def catalogues() -> Iterator[Path]:
    """Find the catalogues of all parts of the product."""
    yield from sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"))


def _compile(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - costs a moment that most starts need not spend
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    with source.open("rb") as stream:
        catalogue = read_po(stream)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    with aside.open("wb") as stream:
        write_mo(stream, catalogue)
    aside.replace(target)
