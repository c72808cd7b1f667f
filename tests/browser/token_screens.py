"""Every screen about letting other systems in, about what they did, and about registers that were copied."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.imports.models import ImportRun
from aanspreekpunt.imports.operations import stop_run
from aanspreekpunt.imports.tests.make import end, make_list, make_run, refuse
from aanspreekpunt.journal.access_log import Asked, Shown, record_access
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.tests.make import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.browser.stage import Stage

LIST, NEW, COPIES = "/desk/systemen", "/desk/systemen/toelaten", "/desk/systemen/overgenomen"


def token(stage: Stage) -> Token:
    """Let a system be in that sees a little."""
    found = Token.objects.filter(name="KISS", revoked_at=None).first()
    return found or make("KISS", "contacts=rw", "tasks=r", teams=(stage.town.cast.waste,), sees_confidential=True).token


def _of(name: str, stage: Stage) -> str:
    return reverse(f"desk:{name}", args=[token(stage).uuid])


def fills_in(person: Person, name: str) -> Person:
    """Fill in the form for a system that may read everything."""
    return person.fills("Which system", name).chooses("Read everything, change nothing")


def _refused(stage: Stage) -> Person:
    token(stage)
    person = fills_in(stage.staff(stage.town.frits, NEW), "kiss").expects("422")
    return person.presses("Make the key").sees("Er is al een sleutel in gebruik met de naam kiss.")


def _made(stage: Stage) -> Person:
    name = f"Systeem {uuid4().hex[:6]}"
    return fills_in(stage.staff(stage.town.frits, NEW), name).presses("Make the key").sees("Authorization: Token apt_")


def _log(stage: Stage) -> Person:
    shown = [Shown(verb="list", resource="contacts", ids=[uuid4() for _ in range(3)])]
    asked = Asked(purpose="klantcontact", on_behalf_of="els", trace_id=uuid4().hex)
    record_access(shown=shown, asked=asked, by=token(stage), at=timezone.now())
    return stage.staff(stage.town.cast.olga, "/desk/inzagen/systemen").sees("KISS", "klantcontact")


def _nobody_let_in(stage: Stage) -> Person:
    Token.objects.filter(revoked_at=None).update(revoked_at=timezone.now())
    return stage.staff(stage.town.frits, LIST).sees("No other system is let in.")


def _copied(state: str) -> str:
    """Let a register be copied, and return where that is shown."""
    ImportRun.objects.all().delete()
    at = timezone.now()
    run = make_run("https://openklant.voorbeeldgemeente.example/registers/klantinteracties-test", at=at)
    if state == "stopped":
        stop_run(run=run, code="http_503")
    elif state == "whole":
        run.stretches.filter(name="klantcontacten").update(count=1000)
        end(run, at=at)
    else:
        for number in range(1, 131):
            refuse(run, number, field="plaatsgevondenOp", is_whole=number % 7 > 0)
        make_list(run, "partij-identificatoren", is_done=True, trouble="not_allowed")
        end(run, at=at)
    return reverse("desk:copied-register", args=[run.pk])


def _copies(stage: Stage) -> Person:
    _copied("stopped")
    end(make_run("https://openklant.example.nl", at=timezone.now()), at=timezone.now())
    return stage.staff(stage.town.frits, COPIES).sees("Stopped")


def _no_copies(stage: Stage) -> Person:
    ImportRun.objects.all().delete()
    return stage.staff(stage.town.frits, COPIES).sees("No register was copied yet.")


def _copy(state: str) -> Callable[[Stage], Person]:
    return lambda stage: stage.staff(stage.town.frits, _copied(state))


TOKEN_SCREENS: dict[str, Callable[[Stage], Person]] = {
    "other systems, none": _nobody_let_in,
    "other systems": lambda stage: (token(stage), stage.staff(stage.town.frits, LIST))[1].sees("KISS"),
    "let in a system": lambda stage: stage.staff(stage.town.frits, NEW),
    "let in a system, refused": _refused,
    "the key of a system": _made,
    "one system": lambda stage: stage.staff(stage.town.frits, _of("token", stage)),
    "revoke a key": lambda stage: stage.staff(stage.town.frits, _of("revoke-token", stage)),
    "access log of other systems": _log,
    "registers that were copied, none": _no_copies,
    "registers that were copied": _copies,
    **{f"a copied register, {state}": _copy(state) for state in ("stopped", "with refusals", "whole")},
}

TOKENS_WITHOUT_SCREEN = {"desk:copied-register-refusals": "a file"}
