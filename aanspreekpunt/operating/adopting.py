"""The subcommand that adopts the starter base."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.knowledge.access import is_editor
from aanspreekpunt.knowledge.operations.adopting import adopt_starter, themes
from aanspreekpunt.operating.schema import bring_up_to_date
from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from aanspreekpunt.knowledge.operations.adopting import Adopted


class NoSuchEditor(Refusal):
    """No content editor has this e-mail address."""

    message = gettext_lazy("No content editor who works here has the e-mail address %(email)s.")


def describe_adopt(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `adopt` to the subcommands of `aanspreekpunt knowledge`."""
    purpose = _("Adopt the starter base: answers for any municipality, to make your own; safe to repeat.")
    parser = subcommands.add_parser("adopt", help=purpose, description=purpose)
    parser.add_argument("--publish", action="store_true", help=_("publish the answers whose values are all confirmed"))
    parser.add_argument(
        "--themes", nargs="+", default=[], metavar=_("THEME"), help=_("only these: %(themes)s") % _listed_themes()
    )
    parser.add_argument("--owner", metavar=_("EMAIL"), help=_("the content editor who keeps the answers true"))
    parser.set_defaults(run=adopt)


def adopt(options: argparse.Namespace) -> int:
    """Adopt the starter base and print what that did; 1 when anything was left alone or not published."""
    bring_up_to_date()
    adopted = adopt_starter(
        only_themes=options.themes,
        products=dict(Product.objects.filter(is_active=True).values_list("key", "upl_name")),
        is_published=options.publish,
        owner=editor_named(options.owner),
        by=SYSTEM,
        at=timezone.now(),
    )
    _print_counts(adopted)
    for each in adopted:
        if each.remark:
            print(f"{each.key}: {each.remark}")
    return int(any(each.remark for each in adopted))


def editor_named(email: str | None) -> Employee | None:
    """Return the content editor with this address, nobody without one; refuses `NoSuchEditor`."""
    if not email:
        return None
    editor = Employee.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if editor is None or not is_editor(editor):
        raise NoSuchEditor(email=email)
    return editor


def _print_counts(adopted: Iterable[Adopted]) -> None:
    counted: Counter[tuple[str, str]] = Counter((each.kind, each.outcome) for each in adopted)
    for kind, name in (("value", _("Local values")), ("answer", _("Answers"))):
        line = _("%(kind)s: %(created)d created, %(changed)d changed, %(unchanged)d unchanged, %(left)d left alone")
        outcomes = ("created", "changed", "unchanged", "left")
        print(line % {"kind": name, **{outcome: counted[kind, outcome] for outcome in outcomes}})


def _listed_themes() -> dict[str, str]:
    return {"themes": ", ".join(themes())}
