"""What stands under the search box while somebody types; drawn at every key, so with no more than it needs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from aanspreekpunt.search.results import Results

_LINKS_KEPT = 4_096


def drawn_suggestions(found: Results, *, words: str) -> str:
    """Return the finds as a short list of links; without a request, because it is the same for everybody."""
    tags = {"form": _("with form"), "product": _("subject")}
    rows = [(_link(each.kind, each.key), each.title_marked, tags.get(each.kind, "")) for each in found.results]
    return get_template("portal/parts/suggestions.html").render({"rows": rows, "words": words})


@lru_cache(_LINKS_KEPT)
def _link(kind: str, key: str) -> str:
    """Return where a find leads."""
    return reverse("portal:answer" if kind == "answer" else "portal:product", args=[key])
