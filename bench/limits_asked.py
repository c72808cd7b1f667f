"""What is asked at the edges of the standard API, and the people and tasks it is asked about; after Django."""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.utils import timezone

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.parties.models import Party, Representation
from aanspreekpunt.questions.models import Contact, Participant
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.operations import Grant, make_token, revoke_token
from aanspreekpunt.tokens.rules import all_rights
from bench import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aanspreekpunt.tokens.models import Token

ROOT: Final = "/klantinteracties/api/v1/"
WHOLE: Final = "betrokkenen,betrokkenen.hadKlantcontact"
CIRCLE: Final = "vertegenwoordigdePartij__uuid"
TOO_MUCH: Final = "400 expand-too-large"
MATCHING: Final = 10_000
"""From this number on, the turns in which both clients send `If-Match`."""
MEGABYTE: Final = 1_000_000
TRUTH: Final = (
    "SELECT q.id FROM question q"
    " LEFT JOIN task t ON t.question_id = q.id AND t.state = 'open' AND t.is_leading"
    " LEFT JOIN promise p ON p.question_id = q.id AND p.state = 'open' AND p.team_id = q.owner_id"
    " WHERE q.id = ANY(%s) GROUP BY q.id, q.state"
    " HAVING count(DISTINCT t.id) <> (q.state <> 'settled')::int OR count(DISTINCT p.id) <> (q.state <> 'settled')::int"
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request, and what has to be answered: a status, and the code of the problem if there is one."""

    what: str
    method: str = "GET"
    path: str
    content: bytes = b""
    repeated: int = 1
    is_chunked: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    expected: str = "200"

    def body(self) -> bytes | Iterator[bytes] | None:
        """Return what is sent: piece by piece when nobody says beforehand how much it is."""
        if self.is_chunked:
            return (self.content for _number in range(self.repeated))
        return self.content * self.repeated or None


@dataclass(frozen=True)
class Stage:
    """Who and what everything is asked about."""

    key: str
    token: Token
    many: str
    too_many: str
    circle: list[str]
    teams: list[str]
    question_ids: list[int] = field(default_factory=list)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)

    def asked(self) -> list[Asked]:
        """Return everything that is asked by one client."""
        return [*self._shown_whole(), *self._in_circles(), *_too_large(), *_misencoded()]

    def reading(self) -> Asked:
        """Return what is read on and on."""
        return Asked(what="token revoked while it reads", path=f"{ROOT}klantcontacten?pageSize=100")

    def revoke(self) -> None:
        """Revoke the token that everything is asked with."""
        revoke_token(token=self.token, by=SYSTEM, at=timezone.now())

    def statements(self, asked: Asked) -> int:
        """Return how many statements a request takes."""
        client = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Token {self.key}"})
        return len(statements.taken_down(lambda: client.get(asked.path)))

    def answer(self, status: int, raw: bytes) -> str:
        """Return an answer in short; a problem in another form than ours is no clear answer."""
        if status < 400:  # noqa: PLR2004 - from here on it is a problem
            return str(status)
        try:
            problem = json.loads(raw)
            return f"{status} {problem['code']}"
        except (ValueError, KeyError):
            return f"{status} unclear"

    def _shown_whole(self) -> Iterator[Asked]:
        party, page = f"{ROOT}partijen/", {"hadBetrokkene__wasPartij__uuid": self.many, "pageSize": 100}
        kin = "hadBetrokkenen,hadBetrokkenen.wasPartij,hadBetrokkenen.digitaleAdressen,leiddeTotInterneTaken"
        yield Asked(what="party with so many contacts", path=f"{party}{self.many}")
        yield Asked(what="the same, expanded two deep", path=f"{party}{self.many}?expand={WHOLE}")
        path = f"{party}{self.too_many}?expand={WHOLE}"
        yield Asked(what="one contact more, expanded two deep", path=path, expected=TOO_MUCH)
        path = f"{ROOT}klantcontacten?{urlencode(page)}&expand="
        yield Asked(what="100 of its contacts, each with the whole party", path=path + kin, expected=TOO_MUCH)
        yield Asked(what="10 of them", path=path.replace("pageSize=100", "pageSize=10") + kin)

    def _in_circles(self) -> Iterator[Asked]:
        first, second = self.circle[:2]
        every = quote(f"{WHOLE},categorieRelaties,digitaleAdressen", safe=",")
        yield Asked(what="A represents B represents A", path=f"{ROOT}partijen/{first}?expand={every}")
        yield Asked(what="who represents A, expanded", path=f"{ROOT}partijen?{CIRCLE}={first}&expand={every}")
        yield Asked(what="a circle of 1,000, a page", path=f"{ROOT}vertegenwoordigingen?pageSize=100")
        path = f"{ROOT}partijen/{first}?expand=vertegenwoordigden.vertegenwoordigden"
        yield Asked(what="expand along the circle", path=path, expected="400 invalid")
        again = json.dumps({"vertegenwoordigendePartij": {"uuid": first}, "vertegenwoordigdePartij": {"uuid": second}})
        at = f"{ROOT}vertegenwoordigingen"
        yield Asked(what="A represents B again", method="POST", path=at, content=again.encode(), expected="400 invalid")
        itself = again.replace(second, first).encode()
        yield Asked(what="A represents A", method="POST", path=at, content=itself, expected="400 invalid")

    # Two at once.

    def at_once(self, number: int, turn: int) -> Asked:
        """One client settles a task, the other hands its question to another team."""
        return self._change(number, turn, headers={})

    def at_once_matching(self, number: int, turn: int) -> Asked:
        """Do the same with `If-Match`: of two who saw the same thing, one comes too late."""
        turn += MATCHING
        return self._change(number, turn, headers={"If-Match": self.tasks[turn]["tag"]})

    def _change(self, number: int, turn: int, *, headers: dict[str, str]) -> Asked:
        task = self.tasks[turn]
        named = [{"uuid": self.teams[1]}]
        body = {"status": "verwerkt"} if number == 0 else {"toegewezenAanActoren": named}
        path, content = f"{ROOT}internetaken/{task['uuid']}", json.dumps(body).encode()
        return Asked(what="", method="PATCH", path=path, content=content, headers=headers)

    def make_tasks(self, turns: int, *, tag: Callable[[str], str]) -> None:
        """Make a task for each turn, as another system does, and read its tag."""
        for turn in (*range(turns), *range(MATCHING, MATCHING + turns)):
            self.tasks[turn] = self._new_task(tag)

    def _new_task(self, tag: Callable[[str], str]) -> dict[str, Any]:
        client = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Token {self.key}"})
        contact = _post(client, "klantcontacten", contact_told())
        body = {
            "gevraagdeHandeling": "Bel terug",
            "aanleidinggevendKlantcontact": {"uuid": contact["uuid"]},
            "toegewezenAanActoren": [{"uuid": self.teams[0]}],
            "status": "te_verwerken",
        }
        task = _post(client, "internetaken", body)
        question = Contact.objects.values_list("question_id", flat=True).get(uuid=contact["uuid"])
        self.question_ids.append(question or 0)
        return {"uuid": task["uuid"], "tag": tag(f"{ROOT}internetaken/{task['uuid']}")}

    def broken_truths(self) -> list[int]:
        """Return the questions two asked about that lost their only owner, promise or leading task."""
        with connection.cursor() as cursor:
            cursor.execute(TRUTH, [self.question_ids])
            return [pk for (pk,) in cursor.fetchall()]


def _post(client: Client, of: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"{ROOT}{of}", body, content_type="application/json")
    if answer.status_code != 201:  # noqa: PLR2004 - the HTTP status for "made"
        raise RuntimeError(f"{of}: {answer.status_code} {answer.content[:400]!r}")
    made: dict[str, Any] = answer.json()
    return made


def contact_told(**fields: Any) -> dict[str, Any]:
    """Return a contact as another system tells of it."""
    told = {"kanaal": "telefoon", "onderwerp": "Grens", "inhoud": "Proef", "taal": "nld", "vertrouwelijk": False}
    return {**told, **fields}


def _too_large() -> Iterator[Asked]:
    path, filling = f"{ROOT}klantcontacten", b" " * MEGABYTE
    too_large = "413 request_too_large"
    for size in (10, 60):
        common: dict[str, Any] = {"method": "POST", "path": path, "content": filling, "expected": too_large}
        yield Asked(what=f"{size} MB body", repeated=size, **common)
        yield Asked(what=f"{size} MB body in pieces", repeated=size, is_chunked=True, **common)
    long = json.dumps(contact_told(inhoud="x" * 900_000)).encode()
    yield Asked(what="900 kB of text", method="POST", path=path, content=long, expected="400 invalid")


def _misencoded() -> Iterator[Asked]:
    said = json.dumps(contact_told(onderwerp="Café"), ensure_ascii=False)
    nested, kind = b'{"metadata":' * 40_000 + b"1" + b"}" * 40_000, "Content-Type"
    packed = {"Content-Encoding": "gzip"}
    bodies: list[tuple[str, bytes, dict[str, str], str]] = [
        ("Latin-1", said.encode("latin-1"), {}, "400 parse_error"),
        ("UTF-16", said.encode("utf-16"), {}, "400 parse_error"),
        ("UTF-16 that says so", said.encode("utf-16"), {kind: "application/json; charset=utf-16"}, ""),
        ("packed", gzip.compress(said.encode()), packed, ""),
        ("packed, 10 MB inside", gzip.compress(b" " * (10 * MEGABYTE)), packed, ""),
        ("XML", b"<klantcontact/>", {kind: "application/xml"}, ""),
        ("half a character", json.dumps(contact_told(onderwerp="\ud800")).encode(), {}, "400 parse_error"),
        ("a NUL", json.dumps(contact_told(onderwerp="a\x00b")).encode(), {}, "400 invalid"),
        ("nested 40,000 deep", nested, {}, "400 parse_error"),
        ("half a body", said.encode()[:40], {}, "400 parse_error"),
    ]
    for what, content, headers, expected in bodies:
        yield Asked(
            what=f"body: {what}",
            method="POST",
            path=f"{ROOT}klantcontacten",
            content=content,
            headers=headers,
            expected=expected or "415 unsupported_media_type",
        )


# The stage.


def set_stage(*, contacts: int) -> Stage:
    """Make a token, parties with very many contacts, and parties in a circle."""
    rights = frozenset(all_rights(Resource.values, Verb.values))
    made = make_token(name=f"Bench {time.time_ns()}", grant=Grant(rights=rights), by=SYSTEM, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.uuid FROM organisation_team team JOIN actor a ON a.id = team.register_actor_id"
            " WHERE team.is_active AND team.hours <> '{}' AND NOT team.is_contact_centre ORDER BY team.id LIMIT 2"
        )
        teams = [str(uuid) for (uuid,) in cursor.fetchall()]
    many, too_many = _with_contacts(contacts), _with_contacts(contacts + 1)
    return Stage(made.key, made.token, many, too_many, _circles(), teams)


def _with_contacts(count: int) -> str:
    at = timezone.now()
    party = Party.objects.create(kind="person", first_name="Vaak", last_name="Beller", made_at=at)
    contacts = Contact.objects.bulk_create(
        (
            Contact(
                conversation=uuid4(),
                channel="phone",
                direction="in",
                subject=f"Keer {number}",
                text="Belde weer over hetzelfde, en vroeg hoe het ermee staat.",
                occurred_at=at,
                registered_at=at,
            )
            for number in range(count)
        ),
        batch_size=1000,
    )
    Participant.objects.bulk_create(
        (Participant(contact=each, party=party, last_name="Beller") for each in contacts), batch_size=1000
    )
    return str(party.uuid)


def _circles(around: int = 1000) -> list[str]:
    """Make two that represent each other, and a long circle."""
    at = timezone.now()
    parties = Party.objects.bulk_create(
        Party(kind="person", first_name=str(number), last_name="Kring", made_at=at) for number in range(around + 2)
    )
    pairs = [(0, 1), (1, 0), *((number, 2 + (number - 1) % around) for number in range(2, around + 2))]
    Representation.objects.bulk_create(
        Representation(representative=parties[one], represented=parties[other]) for one, other in pairs
    )
    return [str(each.uuid) for each in parties[:2]]
