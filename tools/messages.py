"""Keeps one catalogue per part of the product complete: finds its texts, adds new ones, and says which lack Dutch."""

from __future__ import annotations

import argparse
import ast
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("AANSPREEKPUNT_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanspreekpunt.config.settings")

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from aanspreekpunt.config.catalogues import PACKAGE, compile_catalogues

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

READERS = {  # how many texts a call begins with, and whether the first of them is a context
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (1, True),
    "pgettext_lazy": (1, True),
    "npgettext": (2, True),
    "npgettext_lazy": (2, True),
}
READERS_STAND_IN = {"django.utils.translation", "aanspreekpunt.operating.words"}
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL_IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sdfr]|\{(\w+)\}")

HEADER = b"""msgid ""
msgstr ""
"Language: nl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


class Text(NamedTuple):
    """One text to translate."""

    text: str
    plural: str = ""
    context: str = ""


def main() -> int:
    """Add what is new to the catalogues, or with `--check` only say what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a text has no Dutch")
    check = parser.parse_args().check
    problems: list[str] = []
    for part in sorted(path.parent for path in PACKAGE.glob("*/__init__.py")):
        found = set(texts_of(part))
        catalogue = read_catalogue(part)
        problems += [f"{part.name}: {problem}" for problem in problems_of(catalogue, found)]
        if found and not check:
            write_catalogue(part, catalogue, found)
    compile_catalogues()
    print("\n".join(problems) if problems else "Every text has a Dutch translation.")
    return 1 if problems and check else 0


def texts_of(part: Path) -> Iterator[Text]:
    """Find all texts of one part in its code and templates."""
    for file in sorted(part.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.relative_to(part).parts):
            yield from texts_in_code(file.read_text(encoding="utf-8"))
    for file in sorted([*part.rglob("templates/**/*.html"), *part.rglob("templates/**/*.txt")]):
        yield from texts_in_template(file.read_text(encoding="utf-8"))


def texts_in_code(source: str) -> Iterator[Text]:
    """Find the texts that are given to one of the translating functions, by whatever name it was imported."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: READERS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in READERS_STAND_IN
        for alias in node.names
        if alias.name in READERS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield from as_text(*names[node.func.id], [constant_in(argument) for argument in node.args])


def texts_in_template(source: str) -> Iterator[Text]:
    """Find the texts in one template."""
    for name, arguments in CALL_IN_TEMPLATE.findall(templatize(source)):
        words = [ast.literal_eval(word) for word in re.findall(TEXT, arguments)]
        yield from as_text(*READERS["gettext" if name == "_" else name], words)


def constant_in(node: ast.expr) -> str | None:
    """Return the text of a literal, None for anything that is only known when the program runs."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def as_text(count: int, has_context: bool, words: list[str | None]) -> Iterator[Text]:  # noqa: FBT001 - from the table
    """Make a text of the first arguments of a call, when all of them are literal."""
    wanted = words[: count + has_context]
    if len(wanted) == count + has_context and None not in wanted:
        known = [word or "" for word in wanted]
        context = known.pop(0) if has_context else ""
        yield Text(known[0], known[1] if count > 1 else "", context)


def catalogue_file(part: Path) -> Path:
    """Say where the Dutch catalogue of one part is."""
    return part / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def read_catalogue(part: Path) -> Catalog:
    """Read the Dutch catalogue of one part; an empty one when there is none."""
    file = catalogue_file(part)
    if not file.exists():
        return Catalog(locale="nl")
    with file.open("rb") as stream:
        return read_po(stream, locale="nl")


def problems_of(catalogue: Catalog, found: Iterable[Text]) -> Iterator[str]:
    """Say which texts have no Dutch, and which translations lost or invented a placeholder."""
    for text in sorted(found):
        message = catalogue.get(text.text, text.context or None)
        if message is None or message.fuzzy or not all(translations(message)):
            yield f"no Dutch for {text.text!r}"
        elif any(placeholders(word) - placeholders(text.text, text.plural) for word in translations(message)):
            yield f"a placeholder in the Dutch for {text.text!r} is not in the English"


def translations(message: Message) -> tuple[str, ...]:
    """Return all forms of a translation."""
    return message.string if isinstance(message.string, tuple) else (str(message.string),)


def placeholders(*texts: str) -> set[str]:
    """Name the places in texts that are filled in later."""
    return {match.group(0) for text in texts for match in PLACEHOLDER.finditer(text)}


def write_catalogue(part: Path, old: Catalog, found: Iterable[Text]) -> None:
    """Write the catalogue with exactly the texts found, keeping the translations there are."""
    new = Catalog(locale="nl", fuzzy=False)
    for text in sorted(found):
        known = old.get(text.text, text.context or None)
        identity = (text.text, text.plural) if text.plural else text.text
        new.add(identity, known.string if known else "", context=text.context or None)
    file = catalogue_file(part)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        stream.write(HEADER)
        write_po(stream, new, width=120, omit_header=True, sort_output=True, ignore_obsolete=True)


if __name__ == "__main__":
    sys.exit(main())
