"""What other systems ask of the standard API, and the statements that this takes; to be imported after Django."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlencode

import psycopg
from django.db import connection
from django.test import Client
from django.utils import timezone

from aanspreekpunt.common.sealing import unseal
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.operations import Grant, make_token
from aanspreekpunt.tokens.rules import all_rights
from bench import statements
from bench.turns import turns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.load import Browser

ROOT: Final = "/klantinteracties/api/v1/"
KIN: Final = (
    "gingOverOnderwerpobjecten,hadBetrokkenen,hadBetrokkenen.digitaleAdressen,hadBetrokkenen.wasPartij,"
    "leiddeTotInterneTaken"
)
RARE: Final = 40
"""Of so many streets somebody may name, with a house number: a handful of contacts in the whole register."""
SAMPLES: Final = 200
HOUSEKEEPING: Final = ("tokens_", "journal_access")
"""Tables of who asks; that is not the work itself, so it is not in the floor."""


class Floor(Protocol):
    """The same work without us."""

    def work(self, number: int, until: float) -> list[float]:
        """Do it again and again; return how long each took."""


@dataclass
class Work:
    """One thing that other systems do, as a client and as raw SQL."""

    name: str
    aim: int
    floor: Callable[[], Floor]
    client: Callable[[Browser], Callable[[int, float], list[float]]]
    statements: int


def works() -> list[Work]:
    """Return the works, with a token made anew to do them with."""
    key = new_key()
    reads = [
        ("list of 100 contacts by channel", 300, _lists()),
        ("list of 100 contacts, page 500", 300, _lists(page=500)),
        ("list of 20 open tasks of a team", 500, _tasks()),
        ("contact with 5 expands", 400, _expands()),
        ("party by bsn", 500, _numbers()),
        ("text search, a street and number", 200, _streets()),
        ("text search, a word of many", 200, _common_words()),
        ("text search, part of subject and text", 200, _parts()),
    ]
    made = [_reading(name, aim, [path for path in paths if path], key) for name, aim, paths in reads]
    return [*made, _telling(key)]


def new_key() -> str:
    """Return the key of a token, made anew, that may do everything and sees nothing confidential."""
    Token.objects.filter(name="Bench").delete()
    rights = frozenset(all_rights(Resource.values, Verb.values))
    return make_token(name="Bench", grant=Grant(rights=rights), by=SYSTEM, at=timezone.now()).key


# What is asked.


def _found(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _lists(page: int = 1) -> list[str]:
    found = _found("SELECT channel_name FROM contact GROUP BY 1 HAVING count(*) > %s", 100 * page)
    return [_list("klantcontacten", kanaal=name, pageSize=100, page=page) for (name,) in found]


def _list(of: str, **query: str | int) -> str:
    return f"{ROOT}{of}?{urlencode(query)}"


def _tasks() -> list[str]:
    sql = (
        "SELECT a.uuid FROM task_actor n JOIN actor a ON a.id = n.actor_id JOIN task t ON t.id = n.task_id"
        " WHERE t.state = 'open' GROUP BY a.uuid HAVING count(*) > 20"
    )
    asked: dict[str, str | int] = {"status": "te_verwerken", "pageSize": 20}
    return [_list("internetaken", toegewezenAanActor__uuid=str(uuid), **asked) for (uuid,) in _found(sql)]


def _expands() -> list[str]:
    sql = "SELECT uuid FROM contact TABLESAMPLE SYSTEM (5) WHERE NOT is_confidential LIMIT %s"
    return [f"{ROOT}klantcontacten/{uuid}?expand={KIN}" for (uuid,) in _found(sql, SAMPLES)]


def _numbers() -> list[str]:
    sql = "SELECT sealed FROM parties_partyidentifier TABLESAMPLE SYSTEM (5) WHERE kind = 'bsn' LIMIT %s"
    kind = {"partijIdentificator__codeSoortObjectId": "bsn"}
    return [
        _list("partijen", **kind, partijIdentificator__objectId=unseal(bytes(sealed), purpose="bsn"))
        for (sealed,) in _found(sql, SAMPLES)
    ]


def _streets() -> list[str]:
    sql = "SELECT DISTINCT street, house_number FROM parties_party WHERE street <> '' AND house_number > 100 LIMIT %s"
    return [_list("klantcontacten", zoek=f"{street} {number}") for street, number in _found(sql, RARE)]


def _common_words() -> list[str]:
    return [_list("klantcontacten", zoek=words) for words in ("paspoort verlopen", "container geleegd", "parkeren")]


def _parts() -> list[str]:
    return [
        _list("klantcontacten", onderwerp=subject, inhoud=text)
        for subject, text in (("paspoort", "verlo"), ("container", "geleeg"), ("straat", "lantaarn"))
    ]


# Reading.


@dataclass(frozen=True)
class _Replayed:
    """The statements behind some requests, one request after the other."""

    asked: list[list[tuple[str, Any]]]
    where: dict[str, Any] = field(default_factory=statements.where_the_database_is)

    def work(self, number: int, until: float) -> list[float]:
        """Ask them over a connection of one's own, prepared."""
        latencies, chance = [], random.Random(number)
        with psycopg.connect(**self.where, autocommit=True) as own:
            while time.monotonic() < until:
                each, began = chance.choice(self.asked), time.perf_counter()
                for statement, values in each:
                    own.execute(statement, values, prepare=True).fetchall()
                latencies.append(time.perf_counter() - began)
        return latencies


@dataclass(frozen=True)
class _Reading:
    """A client that reads one of some addresses after the other."""

    browser: Browser
    paths: list[str]
    key: str

    def __call__(self, number: int, until: float) -> list[float]:
        """Read until the time is up."""
        return self.browser.work(self._requests(random.Random(number)), until)

    def _requests(self, chance: random.Random) -> Iterator[bytes]:
        while True:
            yield request("GET", chance.choice(self.paths), key=self.key)


def _reading(name: str, aim: int, paths: list[str], key: str) -> Work:
    taken = [_taken_down(path, key) for path in paths[:RARE]]
    own = [[each for each in asked if not _is_housekeeping(each[0])] for asked in taken]
    return Work(
        name=name,
        aim=aim,
        floor=lambda: _Replayed(own),
        client=lambda browser: _Reading(browser, paths, key),
        statements=max((len(asked) for asked in taken), default=0),
    )


def _taken_down(path: str, key: str) -> list[tuple[str, Any]]:
    client = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Token {key}"})
    client.get(path)  # the first of a minute notes that the token was used
    return statements.taken_down(lambda: _good(client.get(path)))


def _good(answer: Any) -> Any:
    if answer.status_code not in {200, 201}:
        raise RuntimeError(f"unexpected answer: {answer.status_code} {answer.content[:400]!r}")
    return answer


def _is_housekeeping(statement: str) -> bool:
    return any(table in statement for table in HOUSEKEEPING)


def request(method: str, path: str, *, key: str, body: Any = None) -> bytes:
    """Write a request of another system out as it goes over the line."""
    content = b"" if body is None else json.dumps(body).encode()
    kind = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n" if content else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token {key}\r\n{kind}\r\n".encode() + content


# Telling: a contact, who took part, and what has to be done.


def _bodies(actor: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    contact = {
        "kanaal": "telefoon",
        "onderwerp": "Onze straat is vandaag overgeslagen",
        "inhoud": "Onze straat is vandaag overgeslagen met de gft, en dat is al de derde keer.",
        "taal": "nld",
        "vertrouwelijk": False,
        "plaatsgevondenOp": timezone.now().isoformat(),
        "nummer": "",
    }
    participant = {
        "wasPartij": None,
        "rol": "klant",
        "initiator": True,
        "contactnaam": {"voornaam": "Karel", "voorvoegselAchternaam": "van", "achternaam": "Deurne"},
        "organisatienaam": "",
    }
    task = {
        "gevraagdeHandeling": "Graag vandaag nog langs",
        "toegewezenAanActoren": [{"uuid": actor}],
        "status": "te_verwerken",
        "toelichting": "",
    }
    return contact, participant, task


@dataclass(frozen=True)
class _Telling:
    """A client that tells of one contact after the other, in three requests each."""

    browser: Browser
    key: str
    actors: list[str]

    def __call__(self, number: int, until: float) -> list[float]:
        """Tell until the time is up; each latency is of all three."""
        chance, latencies = random.Random(number), []
        talk = self.browser.talk()
        while time.monotonic() < until:
            began = time.perf_counter()
            contact, participant, task = _bodies(chance.choice(self.actors))
            named = {"uuid": self._tell(talk, "klantcontacten", contact)["uuid"]}
            self._tell(talk, "betrokkenen", participant | {"hadKlantcontact": named})
            self._tell(talk, "internetaken", task | {"aanleidinggevendKlantcontact": named})
            latencies.append(time.perf_counter() - began)
        return latencies

    def _tell(self, talk: Callable[[bytes], bytes], of: str, body: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(talk(request("POST", f"{ROOT}{of}", key=self.key, body=body)))
        return answer


def _telling(key: str) -> Work:
    sql = "SELECT a.uuid FROM organisation_team team JOIN actor a ON a.id = team.register_actor_id WHERE team.is_active"
    actors = [str(uuid) for (uuid,) in _found(sql)]
    client = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Token {key}"})
    _told(client, actors[0])  # the first looks up what is remembered for some seconds
    taken = _told(client, actors[0])
    return Work(
        name="contact, participant and task",
        aim=200,
        floor=lambda: turns_of(taken),
        client=lambda browser: _Telling(browser, key, actors),
        statements=sum(len(asked) for asked in taken),
    )


def _told(client: Client, actor: str) -> list[list[tuple[str, Any]]]:
    """Tell of a contact; return the statements of each of the three requests."""
    contact, participant, task = _bodies(actor)
    named: dict[str, Any] = {}

    def tell(of: str, body: dict[str, Any]) -> None:
        answer = _good(client.post(f"{ROOT}{of}", body, content_type="application/json"))
        named.setdefault("uuid", answer.json()["uuid"])

    return [
        statements.taken_down(lambda: tell("klantcontacten", contact)),
        statements.taken_down(lambda: tell("betrokkenen", participant | {"hadKlantcontact": named})),
        statements.taken_down(lambda: tell("internetaken", task | {"aanleidinggevendKlantcontact": named})),
    ]
