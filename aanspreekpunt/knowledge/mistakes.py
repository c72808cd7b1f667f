"""What is wrong with a local value in a text, and how to write it right, in the language of the reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.common.folding import fold
from aanspreekpunt.knowledge.rules.values import LONGEST_NAME, Mistake, MistakeKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONGEST_SHOWN = 60
EXAMPLE = "paspoort_kosten"
SENTENCES: dict[MistakeKind, StrPromise] = {
    MistakeKind.NOT_CLOSED: gettext_lazy("“{{” has no end. Write }} after the name of the value, as in %(right)s."),
    MistakeKind.NOT_OPENED: gettext_lazy(
        "“}}” ends a value that never began. Write {{ before its name, as in %(right)s."
    ),
    MistakeKind.NO_NAME: gettext_lazy(
        "There is no name between {{ and }}. Write the name of a local value there, as in %(right)s."
    ),
    MistakeKind.BAD_NAME: gettext_lazy(
        "“%(written)s” is not the name of a local value: a name has small letters, digits and _ only, and begins with "
        "a letter. Write %(right)s."
    ),
}


def what_is_wrong(mistake: Mistake) -> str:
    """Return what is wrong and how to write it right. Plain text, not escaped."""
    said = {"written": mistake.written[:LONGEST_SHOWN], "right": f"{{{{ {_right_name(mistake.written)} }}}}"}
    return str(SENTENCES[mistake.kind]) % said


def wrong_on_line(mistake: Mistake) -> str:
    """Return the same with the line on which it stands."""
    return _("Line %(line)s: %(wrong)s") % {"line": mistake.line, "wrong": what_is_wrong(mistake)}


def _right_name(written: str) -> str:
    """Return the name that was probably meant, or that of an example."""
    name = re.sub(r"[^a-z0-9]+", "_", fold(written)).strip("_").lstrip("0123456789_")[:LONGEST_NAME].rstrip("_")
    return name or EXAMPLE
