"""Writing safely: once what comes twice, nothing over what somebody else changed, and clear answers to odd bodies."""

from __future__ import annotations

import io
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from aanspreekpunt.api.klantinteracties.contract.openapi import document
from aanspreekpunt.api.klantinteracties.tests.things import CONTACTS, PEOPLE, People, System
from aanspreekpunt.journal.models import Access
from aanspreekpunt.parties.models import Party
from aanspreekpunt.tokens.models import KeptAnswer
from aanspreekpunt.tokens.once import ANSWERS_ARE_KEPT_FOR

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.urls("aanspreekpunt.api.klantinteracties.tests.things")]


@pytest.fixture
def kiss(client: Client) -> System:
    return System(client)


def post(system: System, name: str = "Els", **headers: str) -> Any:
    return system.calls("POST", PEOPLE, {"naam": name}, **headers)


def made(system: System) -> tuple[str, str]:
    answer = post(system)
    return answer.json()["url"], answer["ETag"]


def test_the_same_request_twice_is_carried_out_once(kiss: System) -> None:
    first, second = post(kiss, Idempotency_Key="k"), post(kiss, Idempotency_Key="k")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert (first["Location"], first["ETag"]) == (second["Location"], second["ETag"])
    assert second["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Party.objects.count() == 1
    assert post(System(kiss.client, "Ander"), Idempotency_Key="k").status_code == 201
    assert Party.objects.count() == 2, "another system's keys are its own"


def test_a_key_for_another_request_is_refused(kiss: System) -> None:
    post(kiss, Idempotency_Key="k")
    answer = post(kiss, "Eva", Idempotency_Key="k")
    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_reused"
    assert Party.objects.count() == 1


def test_what_was_refused_or_failed_may_come_again_with_its_key(kiss: System) -> None:
    kiss.client.raise_request_exception = False
    assert kiss.calls("POST", PEOPLE, {}, Idempotency_Key="k").status_code == 400
    assert post(kiss, "Boem", Idempotency_Key="k").status_code == 500
    assert not KeptAnswer.objects.exists()
    assert post(kiss, Idempotency_Key="k").status_code == 201


def test_a_key_counts_for_a_day(kiss: System) -> None:
    post(kiss, Idempotency_Key="k")
    KeptAnswer.objects.update(made_at=timezone.now() - ANSWERS_ARE_KEPT_FOR - timedelta(seconds=1))
    assert post(kiss, "Eva", Idempotency_Key="k").status_code == 201
    assert Party.objects.count() == 2


@pytest.mark.parametrize("key", ["k" * 256, "a\x07b"])
def test_a_key_that_is_none_is_refused(kiss: System, key: str) -> None:
    answer = post(kiss, Idempotency_Key=key)
    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["name"] == "Idempotency-Key"
    assert not Party.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_the_same_request_at_the_same_moment_one_is_carried_out(kiss: System) -> None:
    answers: list[Any] = []

    def send() -> None:
        other = System.__new__(System)
        other.client, other.key = Client(), kiss.key
        answers.append(post(other, Idempotency_Key="k"))
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.content for answer in answers}) == 1
    assert Party.objects.count() == 1


def test_every_state_of_a_thing_has_a_tag(kiss: System) -> None:
    address, tag = made(kiss)
    assert tag.startswith('"')
    read = kiss.calls("GET", address)
    assert read["ETag"] == tag
    assert kiss.calls("PATCH", address, {"naam": "Els"})["ETag"] == tag, "nothing changed"
    assert kiss.calls("PATCH", address, {"naam": "Eva"})["ETag"] != tag
    assert kiss.calls("HEAD", address)["ETag"] == kiss.calls("GET", address)["ETag"]


@pytest.mark.parametrize("given", ["{tag}", "W/{tag}", '"x", {tag}', "*"])
def test_who_has_this_state_already_gets_nothing_anew(kiss: System, given: str) -> None:
    address, tag = made(kiss)
    answer = kiss.calls("GET", address, If_None_Match=given.format(tag=tag))
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    kiss.calls("PATCH", address, {"naam": "Eva"})
    if given != "*":
        assert kiss.calls("GET", address, If_None_Match=given.format(tag=tag)).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_change_of_what_somebody_else_changed_is_refused(kiss: System, method: str) -> None:
    address, tag = made(kiss)
    newer = kiss.calls("PATCH", address, {"naam": "Eva"})["ETag"]
    body = None if method == "DELETE" else {"naam": "Ada"}
    for wrong in (tag, f"W/{newer}", '"x"', "x", newer.strip('"')):
        answer = kiss.calls(method, address, body, If_Match=wrong)
        assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed"), wrong
    assert Party.objects.get().first_name == "Eva"
    assert Access.objects.filter(verb__in=["change", "delete"]).count() == 1, "what was refused did not happen"
    assert kiss.calls(method, address, body, If_Match=f'"x", {newer}').status_code in {200, 204}
    if method != "DELETE":
        assert kiss.calls(method, address, body, If_Match="*").status_code == 200
    assert kiss.calls(method, f"{PEOPLE}/{uuid4()}", body, If_Match="*").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_of_the_same_state_one_is_refused(kiss: System) -> None:
    address, tag = made(kiss)
    statuses: list[int] = []

    def change(name: str) -> None:
        other = System.__new__(System)
        other.client, other.key = Client(), kiss.key
        statuses.append(other.calls("PATCH", address, {"naam": name}, If_Match=tag).status_code)
        connections.close_all()

    threads = [threading.Thread(target=change, args=(name,)) for name in ("Eva", "Ada", "Ida", "Ina")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(statuses) == [200, 412, 412, 412]


def test_a_body_that_is_too_large_gets_a_clear_answer(kiss: System, settings: SettingsWrapper) -> None:
    settings.API_KILOBYTES = 64
    assert kiss.calls("POST", PEOPLE, {"naam": "x" * 9000}).status_code == 201
    answer = kiss.calls("POST", PEOPLE, {"naam": "x" * 10_000_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "request_too_large")
    assert "65536" in answer.json()["detail"]


def test_a_body_whose_length_is_not_told_is_read_all_the_same(kiss: System, settings: SettingsWrapper) -> None:
    settings.API_KILOBYTES = 64
    for sent, status in ((b'{"naam": "Els"}', 201), (b'{"naam": "' + b"x" * 200_000, 413)):
        stream = io.BytesIO(sent)
        given = {"Authorization": f"Token {kiss.key}", "Transfer-Encoding": "chunked"}
        more = {"wsgi.input": stream, "CONTENT_LENGTH": "", "CONTENT_TYPE": "application/json"}
        assert kiss.client.post(PEOPLE, headers=given, **more).status_code == status
        assert stream.read() == b"", "who sends too much hears so when he is done"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"naam": "Els"',
        b"[" * 100_000,
        b'{"x": ' * 50_000 + b"1" + b"}" * 50_000,
        '{"naam": "é"}'.encode("latin-1"),
        '{"naam": "Els"}'.encode("utf-16"),
        b'\x00{"naam": "Els"}',
        b'{"naam": NaN}',
        b'{"naam": "\\ud800"}',
        b'{"naam": "\xed\xa0\x80"}',
        b"\xff\xfe",
        b"naam=Els",
    ],
)
def test_what_is_no_json_in_utf_8_is_refused(kiss: System, body: bytes) -> None:
    answer = kiss.calls("POST", PEOPLE, body)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"parse_error", "invalid"}
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("kind", "headers", "status"),
    [
        ("application/json", {}, 201),
        ("application/json; charset=utf-8", {}, 201),
        ('application/json;charset="UTF-8"', {}, 201),
        ("application/problem+json", {}, 201),
        ("application/json; charset=utf-16", {}, 415),
        ("application/json; charset=iso-8859-1", {}, 415),
        ("application/json; charset=rot13", {}, 415),
        ("text/plain", {}, 415),
        ("multipart/form-data; boundary=x", {}, 415),
        ("application/json", {"Content_Encoding": "gzip"}, 415),
        ("application/json", {"Content_Encoding": "identity"}, 201),
    ],
)
def test_only_json_in_utf_8_is_taken(kiss: System, kind: str, headers: dict[str, str], status: int) -> None:
    body = b'\xef\xbb\xbf{"naam": "\xc3\x89ls"}'
    answer = kiss.calls("POST", PEOPLE, body, **{"Content-Type": kind}, **headers)
    assert answer.status_code == status, answer.content
    if status == 201:
        assert answer.json()["naam"] == "Éls"
    else:
        assert answer.json()["code"] == "unsupported_media_type"


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_pages_of_other_sites_may_not_call_us(kiss: System, method: str) -> None:
    answer = kiss.calls(method, PEOPLE, Origin="https://kiss.example", Access_Control_Request_Method="POST")
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_pages_of_sites_that_settings_name_may_call_us(kiss: System, settings: SettingsWrapper) -> None:
    settings.API_ALLOWED_ORIGINS = ["https://kiss.example"]
    asked = {"Origin": "https://kiss.example", "Access_Control_Request_Method": "POST"}
    preflight = kiss.client.generic("OPTIONS", PEOPLE, headers={"Origin": "https://kiss.example"})
    assert preflight.status_code == 204
    assert "Idempotency-Key" in preflight["Access-Control-Allow-Headers"]
    for answer in (
        preflight,
        kiss.calls("GET", PEOPLE, **asked),
        kiss.calls("GET", CONTACTS, Authorization="x", **asked),
    ):
        assert answer["Access-Control-Allow-Origin"] == "https://kiss.example"
        assert answer["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in answer
    other = kiss.calls("GET", PEOPLE, Origin="https://kiss.example.org")
    assert "Access-Control-Allow-Origin" not in other
    assert other["Vary"] == "Origin"


def test_no_answer_is_kept_by_others(kiss: System) -> None:
    assert kiss.calls("GET", PEOPLE)["Cache-Control"] == "private, no-cache"


def test_the_document_tells_of_it() -> None:
    paths = document([People], title="x", version="1", root=People.root)["paths"]
    many, one = paths["/partijen"], paths["/partijen/{uuid}"]
    for verbs, verb, name in (
        (many, "post", "Idempotency-Key"),
        (one, "get", "If-None-Match"),
        (one, "put", "If-Match"),
        (one, "patch", "If-Match"),
        (one, "delete", "If-Match"),
    ):
        assert [each["name"] for each in verbs[verb]["parameters"] if each["in"] == "header"] == [name], verb
        assert verbs[verb]["responses"]["default"]
