"""The tool that keeps the catalogues complete finds every text, and knows when one lacks Dutch."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import messages
from messages import Text

CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
title = gettext_lazy("A title")
def f(n, x):
    return _("One " "sentence."), ngettext("%(n)d day", "%(n)d days", n), pgettext("month", "May"), _(x), g("no")
"""
TEMPLATE = """{% load i18n %}<h1>{% translate "It's open" %}</h1>{% trans 'Old' context "age" %}
{% blocktranslate count n=n %}one {{ n }}{% plural %}many {{ n }}{% endblocktranslate %}
<p title="{{ _("Hint")|title }}">{% include "x.html" with label=_("Label") %}</p>
{% blocktranslate trimmed %}
  Two
  lines
{% endblocktranslate %}"""


def test_texts_in_code_are_found() -> None:
    expected = {Text("A title"), Text("One sentence."), Text("%(n)d day", "%(n)d days"), Text("May", "", "month")}
    assert set(messages.texts_in_code(CODE)) == expected


def test_texts_in_templates_are_found() -> None:
    assert set(messages.texts_in_template(TEMPLATE)) == {
        Text("It's open"),
        Text("Old", "", "age"),
        Text("one %(n)s", "many %(n)s"),
        Text("Hint"),
        Text("Label"),
        Text("Two lines"),
    }


def test_what_lacks_dutch_is_said() -> None:
    catalogue = Catalog(locale="nl")
    catalogue.add("Good", "Goed")
    catalogue.add("Empty", "")
    catalogue.add("Guess", "Gok", flags=["fuzzy"])
    catalogue.add("Dear %(name)s", "Beste %(naam)s")
    catalogue.add(("a day", "%(n)d days"), ("een dag", "%(n)d dagen"))
    found = [
        Text("Good"),
        Text("Empty"),
        Text("Guess"),
        Text("New"),
        Text("Dear %(name)s"),
        Text("a day", "%(n)d days"),
    ]
    problems = list(messages.problems_of(catalogue, found))
    assert [problem.rpartition("for ")[2].split("'")[1] for problem in problems] == [
        "Dear %(name)s",
        "Empty",
        "Guess",
        "New",
    ]


def test_writing_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    part = tmp_path / "part"
    old = Catalog(locale="nl")
    old.add("Kept", "Gehouden")
    old.add("Gone", "Weg")
    messages.write_catalogue(part, old, [Text("Kept"), Text("New"), Text("May", "", "month")])
    written = messages.read_catalogue(part)
    kept = written.get("Kept")
    assert kept is not None
    assert (kept.string, written.get("Gone")) == ("Gehouden", None)
    assert messages.read_catalogue(tmp_path / "other").get("Kept") is None
    assert "://" not in messages.catalogue_file(part).read_text(encoding="utf-8")
