"""Calling the interface from tests, as a system with the rights a test gives it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.test import RequestFactory
from django.urls import resolve

from aanspreekpunt.api.klantinteracties.contract.callers import Caller
from aanspreekpunt.journal.actors import PlainActor

ROOT = "/klantinteracties/api/v1/"
KISS = PlainActor("token", 1, "Contact desktop")


def everything(_path: str, _need: str) -> bool:
    """Allow every verb everywhere."""
    return True


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: Any
    tag: str = ""

    @property
    def faults(self) -> set[tuple[str, str]]:
        """What was wrong: names and codes."""
        return {(each["name"], each["code"]) for each in self.body["invalidParams"]}


@dataclass(frozen=True)
class System:
    """Another system, with what it may see."""

    sees_confidential: bool = True
    team_ids: frozenset[int] | None = None

    def call(self, method: str, path: str, body: Any = None, **query: str) -> Answer:
        """Send a request and return the answer."""
        address = path if path.startswith("/") else f"{ROOT}{path}"
        if method == "GET":
            request = RequestFactory().get(address, query)
        else:
            request = RequestFactory().generic(
                method,
                address,
                json.dumps(body) if body is not None else "",
                "application/json",
                QUERY_STRING=_text(query),
            )
        request.api_caller = Caller(  # type: ignore[attr-defined]  # as the door sets it
            actor=KISS if self.team_ids is None else PlainActor("token", 1 + min(self.team_ids), "Of a team"),
            may=everything,
            sees_confidential=self.sees_confidential,
            team_ids=self.team_ids,
        )
        view, args, kwargs = resolve(address)
        response = view(request, *args, **kwargs)
        content = json.loads(response.content) if response.content else None
        return Answer(response.status_code, content, response.headers.get("ETag", ""))

    def get(self, path: str, **query: str) -> Any:
        """Return what is found."""
        answer = self.call("GET", path, **query)
        assert answer.status == 200, answer
        return answer.body

    def found(self, path: str, **query: str) -> list[Any]:
        """Return what a list shows."""
        results: list[Any] = self.get(path, **query)["results"]
        return results

    def post(self, path: str, body: Any) -> Any:
        """Make something and return it."""
        answer = self.call("POST", path, body)
        assert answer.status == 201, answer
        return answer.body


def _text(query: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in query.items())


def contact(**fields: Any) -> dict[str, Any]:
    """Return a contact as a client sends it."""
    return {
        "kanaal": "Telefoon",
        "onderwerp": "Paspoort",
        "inhoud": "Wanneer kan ik het halen?",
        "taal": "nld",
        "vertrouwelijk": False,
        **fields,
    }


def ref(thing: dict[str, Any]) -> dict[str, str]:
    """Return how a client names a thing."""
    return {"uuid": thing["uuid"]}


def address(thing: dict[str, Any]) -> str:
    """Return the address of a thing where an installation is really found."""
    return str(thing["url"]).replace("http://testserver", "https://voorbeeldstad.example")
