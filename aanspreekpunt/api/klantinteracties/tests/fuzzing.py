"""Playing an interface by chance, from its own document: what it may be asked it takes, and answers as it promises."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from schemathesis import hook, hooks
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from aanspreekpunt.api.klantinteracties.tests.fuzzing_allowed import is_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemathesis.core.failures import Failure
    from schemathesis.core.transport import Response
    from schemathesis.engine.recorder import ScenarioRecorder
    from schemathesis.generation.case import Case
    from schemathesis.hooks import HookContext
    from schemathesis.specs.openapi.schemas import OpenApiSchema

REFERENCES: Final = {
    "aanleidinggevendKlantcontact": "klantcontacten",
    "actor": "actoren",
    "categorie": "categorieen",
    "digitaleAdressen": "digitaleadressen",
    "hadKlantcontact": "klantcontacten",
    "identificeerdePartij": "partijen",
    "klantcontact": "klantcontacten",
    "partij": "partijen",
    "rekeningnummers": "rekeningnummers",
    "subIdentificatorVan": "partij-identificatoren",
    "toegewezenAanActor": "actoren",
    "toegewezenAanActoren": "actoren",
    "verstrektDoorBetrokkene": "betrokkenen",
    "verstrektDoorPartij": "partijen",
    "vertegenwoordigdePartij": "partijen",
    "vertegenwoordigendePartij": "partijen",
    "voorkeursDigitaalAdres": "digitaleadressen",
    "voorkeursRekeningnummer": "rekeningnummers",
    "wasBijlageVanKlantcontact": "klantcontacten",
    "wasKlantcontact": "klantcontacten",
    "wasPartij": "partijen",
    "werkteVoorPartij": "partijen",
}
"""Where each reference to another thing points to, so that most of them point to something that is there."""
ANSWERS_TO_VALID: Final = ["2xx", "304", "404", "409", "412", "422"]
"""What may come of a valid request; 412 and 422 are about its `If-Match` and `Idempotency-Key`, nothing else."""
LAST: Final = str(UUID(int=1))
EARLIEST: Final = str(UUID(int=2))
_THERE: Final = {"uuid": LAST}
FIRST: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("/actoren", {"naam": "Els", "soortActor": "medewerker"}),
    (
        "/partijen",
        {
            "soortPartij": "persoon",
            "indicatieActief": True,
            "partijIdentificatie": {"contactnaam": {"achternaam": "Bos"}},
        },
    ),
    ("/partijen", {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": "Bos BV"}}),
    ("/klantcontacten", {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False}),
    ("/betrokkenen", {"wasPartij": _THERE, "hadKlantcontact": _THERE, "rol": "klant", "initiator": True}),
    (
        "/digitaleadressen",
        {
            "verstrektDoorPartij": _THERE,
            "verstrektDoorBetrokkene": None,
            "adres": "els@example.org",
            "soortDigitaalAdres": "email",
            "omschrijving": "thuis",
        },
    ),
    ("/rekeningnummers", {"partij": _THERE, "iban": "NL91ABNA0417164300"}),
    ("/categorieen", {"naam": "Ondernemers"}),
    (
        "/partij-identificatoren",
        {
            "identificeerdePartij": _THERE,
            "partijIdentificator": {
                "codeObjecttype": "natuurlijk_persoon",
                "codeSoortObjectId": "bsn",
                "objectId": "123456782",
                "codeRegister": "brp",
            },
        },
    ),
    ("/categorie-relaties", {"partij": _THERE, "categorie": _THERE}),
    ("/actorklantcontacten", {"actor": _THERE, "klantcontact": _THERE}),
    (
        "/onderwerpobjecten",
        {
            "klantcontact": _THERE,
            "wasKlantcontact": None,
            "onderwerpobjectidentificator": {
                "objectId": "1",
                "codeObjecttype": "zaak",
                "codeRegister": "openzaak",
                "codeSoortObjectId": "uuid",
            },
        },
    ),
    (
        "/bijlagen",
        {
            "wasBijlageVanKlantcontact": _THERE,
            "bijlageidentificator": {
                "objectId": "1",
                "codeObjecttype": "document",
                "codeRegister": "openzaak",
                "codeSoortObjectId": "uuid",
            },
        },
    ),
    (
        "/internetaken",
        {
            "gevraagdeHandeling": "Bel terug",
            "aanleidinggevendKlantcontact": _THERE,
            "toegewezenAanActor": _THERE,
            "status": "te_verwerken",
        },
    ),
    ("/vertegenwoordigingen", {"vertegenwoordigendePartij": _THERE, "vertegenwoordigdePartij": {"uuid": EARLIEST}}),
    ("/persoon", {"geslachtsnaam": "Bos", "geboortedatum": "1980-01-31"}),
    ("/organisatie", {"handelsnaam": "Bos BV"}),
)
"""One thing of each kind; `LAST` and `EARLIEST` stand for what was made before."""
OF_TEN: Final = 8
"""So many of ten made-up references are replaced by one that is there."""
LATEST: Final = 20


@dataclass
class Played:
    """What came of it."""

    cases: int = 0
    operations: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = ", ".join(f"{count} times {status}" for status, count in sorted(self.statuses.items()))
        return f"{len(self.operations)} operations, {self.cases} cases ({said}), {len(self.failures)} failures"


class Things:
    """What was made while playing and is still there, by kind."""

    def __init__(self, seed: int) -> None:
        self._there: dict[str, list[str]] = {}
        self._known: set[str] = set()
        self._chance = random.Random(seed)

    def plant(self, schema: OpenApiSchema) -> None:
        """Make one thing of each kind, so that there is something to point to from the first request on."""
        for path, told in FIRST:
            if path in schema.raw_schema["paths"]:
                body = json.loads(json.dumps(told))  # a copy in which nothing stands twice
                self._point_in(body)
                response = (
                    schema[path]["POST"]
                    .Case(body=body, media_type="application/json")
                    .call(headers=schema.config.headers)
                )
                assert response.status_code == 201, (path, response.content)

    def point(self, _context: HookContext, case: Case[Any], _kwargs: dict[str, Any]) -> None:
        """Let a request point to things that are there, most of the time."""
        kind = case.operation.path.split("/")[1]
        if "uuid" in (case.path_parameters or {}):
            case.path_parameters["uuid"] = self._instead_of(case.path_parameters["uuid"], kind)
        for name in case.query or {}:
            pointed = kind if name == "uuid" else REFERENCES.get(name.removesuffix("__uuid"), "")
            case.query[name] = self._instead_of(case.query[name], pointed)
        self._point_in(case.body)

    def notice(self, _context: HookContext, case: Case[Any], response: Response) -> None:
        """Remember what was made, and forget what went."""
        kind, method = case.operation.path.split("/")[1], case.operation.method.upper()
        if method == "POST" and response.status_code == 201 and "uuid" in (made := response.json()):
            self._there.setdefault(kind, []).append(made["uuid"])
            self._known.add(made["uuid"])
        gone = str((case.path_parameters or {}).get("uuid"))
        if (method == "DELETE" or response.status_code == 404) and gone in self._there.get(kind, []):
            self._there[kind].remove(gone)

    def _point_in(self, body: Any, kind: str = "") -> None:
        if isinstance(body, list):
            for each in body:
                self._point_in(each, kind)
        elif isinstance(body, dict):
            if kind and "uuid" in body:
                body["uuid"] = self._instead_of(body["uuid"], kind)
            for name, each in body.items():
                self._point_in(each, REFERENCES.get(name, ""))

    def _instead_of(self, value: Any, kind: str) -> Any:
        there = self._there.get(kind, [])[-LATEST:]
        if not there or not _is_uuid(value) or value in self._known:
            return value
        if value in {LAST, EARLIEST}:
            return there[-1 if value == LAST else 0]
        return self._chance.choice(there) if self._chance.randrange(10) < OF_TEN else value


def rules(*, key: str, seed: int, examples: int, without: Sequence[str] = ()) -> SchemathesisConfig:
    """Return the rules of a game: what each document borders on is asked, and so many things by chance.

    Of the verbs and addresses `without` only the things by chance are asked.
    """
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "headers": {"Authorization": f"Token {key}"},
            "workers": 1,
            "continue-on-failure": True,
            "generation": {"max-examples": examples, "database": "none", "no-shrink": True},
            "operations": [{**each, "phases": {"coverage": {"enabled": False}}} for each in _named(without)],
            "checks": {"positive_data_acceptance": {"expected-statuses": ANSWERS_TO_VALID}},
        }
    )


def _named(some: Sequence[str]) -> list[dict[str, str]]:
    return [{"include-path" if each.startswith("/") else "include-method": each} for each in some]


def told_more(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document that says what the standard's may not: which texts may not be empty, and what countries are."""
    if document.get("x-not-blank"):
        return {**document, "minLength": document.get("minLength", 1)}
    told = {name: _told_more(each) for name, each in document.items()}
    if "land" in told.get("properties", {}):
        told["properties"]["land"] = {"type": "string", "enum": ["NL", "BE", ""]}
    for name in {"nummer", "referentienummer"} & set(told.get("properties", {})):
        told["properties"][name]["pattern"] = "^[0-9]*$"
    return told


def _told_more(value: Any) -> Any:
    if isinstance(value, list):
        return [_told_more(each) for each in value]
    return told_more(value) if isinstance(value, dict) else value


def play(schema: OpenApiSchema, *, seed: int) -> Played:
    """Play an interface by the rules it was loaded with, and say what came of it."""
    played, things = Played(), Things(seed)

    def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
        played.statuses[response.status_code] += 1
        things.notice(context, case, response)

    def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
        things.point(context, case, kwargs)

    def filter_failure(_context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:
        return not is_allowed(failure, case, response)

    for each in (after_call, before_call, filter_failure):
        hook(each)
    try:
        things.plant(schema)
        for event in from_schema(schema).execute():
            _noted(played, event)
    finally:
        hooks.unregister_all()
    return played


def _noted(played: Played, event: events.EngineEvent) -> None:
    if isinstance(event, events.NonFatalError | events.FatalError):
        played.failures.append(f"{event}")
    if isinstance(event, events.ScenarioFinished):
        played.cases += len(event.recorder.cases)
        played.operations |= {node.value.operation.label for node in event.recorder.cases.values()}
        played.failures += _failures_in(event.recorder)


def _failures_in(recorder: ScenarioRecorder) -> list[str]:
    return [
        "\n".join((_said(recorder, pk, node.name), str(node.failure_info.failure), node.failure_info.code_sample))
        for pk, nodes in recorder.checks.items()
        for node in nodes
        if node.status is Status.FAILURE and node.failure_info is not None
    ]


def _said(recorder: ScenarioRecorder, pk: str, check: str) -> str:
    response = recorder.interactions[pk].response
    answer = f"{response.status_code} {(response.content or b'')[:2000].decode(errors='replace')}" if response else ""
    return f"{recorder.cases[pk].value.operation.label}: {check}: {answer}"


def _is_uuid(value: Any) -> bool:
    try:
        return bool(UUID(value)) if isinstance(value, str) else False
    except ValueError:
        return False
