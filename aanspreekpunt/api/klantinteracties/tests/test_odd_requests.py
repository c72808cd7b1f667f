"""What no document leads to and somebody sends all the same: each gets an answer that says what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aanspreekpunt.api.klantinteracties.tests.things import System
from aanspreekpunt.organisation.tests.make import make_cast

pytestmark = pytest.mark.django_db
ROOT = "/klantinteracties/api/v1/"
CONTACT = {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False}
BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "klantcontacten": ("onderwerp", CONTACT),
    "partijen": ("interneNotitie", {"soortPartij": "persoon", "indicatieActief": True}),
    "actoren": ("naam", {"naam": "Els", "soortActor": "medewerker"}),
    "categorieen": ("naam", {"naam": "Ondernemers"}),
}
REFUSED_TEXTS = ("\x00", "a\x00b", "\x1b[31m", "\ud800", "a\udfff", [], {}, True, None)
HUGE = (
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    "-Infinity",
    "9" * 400,
    "9" * 5000,
    "1e400000000",
    "0" * 50,
    "01",
    "1.",
    "0x1",
)
DAYS = (
    "0000-01-01",
    "10000-01-01",
    "2026-02-30",
    "2026-13-01",
    "-001-01-01",
    "2026-1-1",
    "9999-12-32",
    "\uff12026-01-01",
)
MOMENTS = (
    *(f"{day}T12:00:00Z" for day in DAYS),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-01-01T24:00:00Z", "2026-01-01T12:00:60Z"),
    *("2026-01-01T12:00:00+99:99", "9999-12-31T23:59:59", "0001-01-01T00:00:00"),
)


@pytest.fixture
def system(client: Any) -> System:
    make_cast()
    client.raise_request_exception = False
    return System(client, sees_confidential=True)


def status(answer: Any) -> int:
    """Return the status of an answer that is as every answer of ours is, whatever was asked."""
    code: int = answer.status_code
    assert code < 500, answer.content
    if code >= 400:
        assert answer["Content-Type"] == "application/json"
        said = answer.json()
        assert said["status"] == code
        assert said["code"]
    return code


@pytest.mark.parametrize("kind", BODIES)
def test_texts_that_no_register_can_keep_are_refused(system: System, kind: str) -> None:
    field, body = BODIES[kind]
    for text in REFUSED_TEXTS:
        assert status(system.calls("POST", ROOT + kind, {**body, field: text})) == 400, repr(text)
    assert status(system.calls("POST", ROOT + kind, {**body, field: "😀\u202e\ufffe\r\n\t"})) == 201


@pytest.mark.parametrize("number", HUGE)
def test_numbers_beyond_all_measure_get_an_answer(system: System, number: str) -> None:
    for kind, (field, body) in BODIES.items():
        for sent in (
            {**body, field: "@"},
            {**body, "bezoekadres": {"huisnummer": "@"}},
            {**body, "indicatieActief": "@"},
        ):
            raw = json.dumps(sent).replace('"@"', number).encode()
            assert status(system.calls("POST", ROOT + kind, raw)) in {201, 400}, (kind, raw)


@pytest.mark.parametrize("moment", MOMENTS)
def test_moments_that_are_none_are_refused_or_kept(system: System, moment: str) -> None:
    body = {**CONTACT, "plaatsgevondenOp": moment}
    answer = system.calls("POST", f"{ROOT}klantcontacten", body)
    if status(answer) == 201:
        assert status(system.calls("GET", answer.json()["url"])) == 200
        assert status(system.calls("GET", f"{ROOT}klantcontacten?ordering=plaatsgevondenOp")) == 200
    for name in ("plaatsgevondenOp", "plaatsgevondenOp__gte"):
        status(
            system.client.get(f"{ROOT}klantcontacten", {name: moment}, headers={"Authorization": f"Token {system.key}"})
        )


@pytest.mark.parametrize("day", DAYS)
def test_days_that_are_none_are_refused(system: System, day: str) -> None:
    assert status(
        system.calls("POST", "/contactgegevens/api/v1/persoon", {"geslachtsnaam": "Bos", "geboortedatum": day})
    ) in {201, 400}
    assert status(system.calls("POST", f"{ROOT}categorie-relaties", {"beginDatum": day})) in {201, 400}


@pytest.mark.parametrize(
    "raw",
    [
        *(
            b"[]",
            b'[{"naam": "Els"}]',
            b'"Els"',
            b"1",
            b"null",
            b"true",
            b"{",
            b"{}x",
            b"{'naam': 'Els'}",
            b'{"naam": }',
        ),
        *(
            b"[" * 100_000,
            b'{"a":' * 100_000,
            b'{"metadata": ' + b"[" * 900 + b"]" * 900 + b"}",
            b"\xff\xfe{}",
            b"\x00",
        ),
        *(
            b'{"naam": "\xff"}',
            '{"naam": "Els"}'.encode("utf-16"),
            b'{"naam": "\\ud83d"}',
            b'{"\\u0000": 1}',
            b'{"": 1}',
        ),
        b'{"naam": "' + b"a" * 900_000 + b'"}',
    ],
    ids=lambda raw: repr(raw[:20]),
)
def test_bodies_that_are_no_object_get_an_answer(system: System, raw: bytes) -> None:
    for kind in ("actoren", "categorieen", "klantcontacten", "partijen", "maak-klantcontact"):
        assert status(system.calls("POST", ROOT + kind, raw)) in {201, 400}


def test_of_a_name_that_is_said_twice_the_last_counts(system: System) -> None:
    answer = system.calls("POST", f"{ROOT}actoren", b'{"naam": "Els", "soortActor": "medewerker", "naam": "Eva"}')
    assert status(answer) == 201
    assert answer.json()["naam"] == "Eva"


@pytest.mark.parametrize(
    "kind",
    [
        *("text/plain", "text/html", "application/xml", "multipart/form-data", "multipart/form-data; boundary=a", "x"),
        *("application/x-www-form-urlencoded", "application/json; charset=utf-16", "/"),
    ],
)
def test_other_kinds_of_bodies_are_refused(system: System, kind: str) -> None:
    answer = system.calls("POST", f"{ROOT}actoren", b'{"naam": "Els"}', **{"Content-Type": kind})
    assert status(answer) == 415


@pytest.mark.parametrize(
    "query",
    [
        *(f"page={'9' * 31}", "page=0", "page=-1", "page=1e3", "page=", "page=%00", "page=1&page=2", "page[]=1"),
        *(
            f"pageSize={'9' * 31}",
            "pageSize=-5",
            "pageSize=%00",
            "pageSize=0",
            "%",
            "%zz",
            "%ff",
            "page=%ff",
            "=",
            "&&&;;==",
        ),
        *(
            "onderwerp__icontains=%00",
            "onderwerp=%ed%a0%80",
            "kanaal=%00",
            "kanaal=%ff%fe",
            "expand=%00",
            "expand=,,,",
            "ordering=%00",
        ),
        *(
            "uuid=%00",
            "uuid=0",
            "vertrouwelijk=%00",
            "hadBetrokkene__url=x",
            "hadBetrokkene__url=http://[",
            "nummer=" + "9" * 900,
        ),
        *("plaatsgevondenOp=%00", "a=" * 200, "&".join(f"a{number}=1" for number in range(900)), "a&" * 2_000),
        "expand=" + "hadBetrokkenen," * 400,
    ],
)
def test_queries_of_every_kind_get_an_answer(system: System, query: str) -> None:
    for kind in ("klantcontacten", "partijen", "internetaken", "digitaleadressen"):
        answer = system.client.generic(
            "GET", ROOT + kind, QUERY_STRING=query, headers={"Authorization": f"Token {system.key}"}
        )
        assert status(answer) in {200, 400, 404}


@pytest.mark.parametrize(
    "uuid", ["%00", "x" * 4_000, "..", "%2e%2e", "%ff", "٣" * 32, "{" + "0" * 32 + "}", "0" * 33, " ", "%20", "null"]
)
def test_addresses_of_nothing_are_not_found(system: System, uuid: str) -> None:
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        assert status(system.calls(method, f"{ROOT}actoren/{uuid}", {})) == 404


@pytest.mark.parametrize("path", ["zaken", "zaken/", "zaken/1", "actoren/", "actoren/1/2", "openapi.json/1", "%00"])
@pytest.mark.parametrize("root", [ROOT, "/contactgegevens/api/v1/", "/notificaties/api/v1/"])
def test_kinds_that_do_not_exist_are_not_found(system: System, root: str, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        assert status(system.calls(method, root + path, {})) == 404


@pytest.mark.parametrize("value", ["x" * 60_000, "\x7f", "é", "'; --", '"', 'W/"', '""', "*, *", "\t"])
def test_headers_of_every_kind_get_an_answer(system: System, value: str) -> None:
    one = system.calls("POST", f"{ROOT}actoren", {"naam": "Els", "soortActor": "medewerker"}).json()["url"]
    for name in (
        "If-Match",
        "If-None-Match",
        "X-Doelbinding",
        "X-Gebruiker",
        "traceparent",
        "Accept",
        "Accept-Language",
        "Origin",
    ):
        for method, body in (("GET", None), ("PATCH", {"naam": "Eva"})):
            assert status(system.calls(method, one, body, **{name: value})) in {200, 304, 412}
    status(system.calls("POST", f"{ROOT}actoren", {"naam": "Els", "soortActor": "medewerker"}, Idempotency_Key=value))
    assert status(system.calls("GET", one, Authorization=value)) == 401
