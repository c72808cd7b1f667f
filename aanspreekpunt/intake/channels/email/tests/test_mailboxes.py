"""What is wrong in `mailboxes.yaml` is said all at once, each with its line and field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.common.settings_files.checking import FileHasProblems
from aanspreekpunt.intake.channels.email.mailboxes import (
    ListenPart,
    MailboxPart,
    OAuthPart,
    configured_mailboxes,
    is_loopback,
    read_mailboxes,
)

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pytest_django.fixtures import SettingsWrapper

DOCS = Path(__file__).resolve().parents[5] / "docs" / "operating" / "mail.md"
SMALL = """\
mailboxes:
  - name: info
    host: imap.kleinveen.example
    user: info@kleinveen.example
    password_file: secrets/info
    folders: [INBOX, Klachten]
    after: move
    move_to: Verwerkt
  - name: bezwaar
    host: outlook.office365.com
    user: bezwaar@kleinveen.example
    oauth2:
      tenant: kleinveen.example
      client_id: 1234
      client_secret_file: secrets/microsoft
  - name: belasting
    host: imap.gmail.com
    user: belasting@kleinveen.example
    oauth2:
      token_url: https://oauth2.example/token
      client_id: 5678
      client_secret_file: secrets/google
      grant: refresh_token
      refresh_token_file: secrets/belasting
listen:
  protocol: lmtp
  port: 8024
  recipients: ["@kleinveen.example", balie@elders.example]
"""


def file_with(folder: Path, old: str = "", new: str = "") -> Path:
    assert old in SMALL
    path = folder / "mailboxes.yaml"
    path.write_text(SMALL.replace(old, new, 1))
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file = read_mailboxes(file_with(tmp_path))
    info, bezwaar, belasting = file.mailboxes
    assert info.address == ("imap.kleinveen.example", 993)
    assert info.password_file == tmp_path / "secrets/info"
    assert bezwaar.oauth2 is not None
    assert bezwaar.oauth2.address == "https://login.microsoftonline.com/kleinveen.example/oauth2/v2.0/token"
    assert bezwaar.oauth2.wanted_scope == "https://outlook.office365.com/.default"
    assert belasting.oauth2 is not None
    assert belasting.oauth2.wanted_scope == ""
    assert file.listen is not None
    assert (file.listen.host, file.listen.recipients) == ("127.0.0.1", ("@kleinveen.example", "balie@elders.example"))
    assert list(file.places()) == [
        ("email/info", "INBOX"),
        ("email/info", "Klachten"),
        ("email/bezwaar", "INBOX"),
        ("email/belasting", "INBOX"),
        ("email/listener", ""),
    ]


WRONG = [
    # what stands there, what we put instead, kind of problem, path, line
    ("folders: [", "folder: [", "unknown_field_looks_like", "mailboxes[1].folder", 6),
    ("    user: info@kleinveen.example\n", "", "missing", "mailboxes[1].user", 2),
    ("host: imap.kleinveen.example", "host: imap.x\n    port: 0", "number_too_small", "mailboxes[1].port", 4),
    ("host: imap.kleinveen.example", "host: imap.x\n    security: ssl", "not_one_of", "mailboxes[1].security", 4),
    ("host: imap.kleinveen.example", "host: imap.x\n    security: none", "not_here", "mailboxes[1]", 2),
    ("    password_file: secrets/info\n", "", "no_sign_in", "mailboxes[1]", 2),
    ("    move_to: Verwerkt\n", "", "no_folder_to_move_to", "mailboxes[1]", 2),
    ("move_to: Verwerkt", "move_to: Klachten", "no_folder_to_move_to", "mailboxes[1]", 2),
    ("after: move", "after: leave", "no_move", "mailboxes[1]", 2),
    ("[INBOX, Klachten]", "[]", "too_short", "mailboxes[1].folders", 6),
    ("[INBOX, Klachten]", '[INBOX, "a*"]', "not_a_folder", "mailboxes[1].folders[2]", 6),
    ("      tenant: kleinveen.example\n", "", "no_token_address", "mailboxes[2].oauth2", 12),
    ("https://oauth2", "http://oauth2", "token_in_the_open", "mailboxes[3].oauth2", 19),
    ("      grant: refresh_token\n", "", "no_refresh_token", "mailboxes[3].oauth2", 19),
    (
        "      grant: refresh_token\n      refresh_token_file: secrets/belasting\n",
        "",
        "no_scope",
        "mailboxes[3].oauth2",
        19,
    ),
    ("name: bezwaar", "name: info", "name_is_taken", "mailboxes[2].name", 9),
    ("name: info", "name: listener", "name_is_taken", "mailboxes[1].name", 2),
    ("name: info", "name: In fo", "not_a_key", "mailboxes[1].name", 2),
    ("protocol: lmtp", "protocol: pop", "not_one_of", "listen.protocol", 26),
    ('"@kleinveen.example"', "kleinveen", "not_a_recipient", "listen.recipients[1]", 28),
    ("port: 8024", "port: 8024\n  key: a.pem", "half_a_certificate", "listen", 25),
    (SMALL, "mailboxes: []\n", "nothing_comes_in", "", 1),
    (SMALL, "", "file_is_empty", "", 1),
    (SMALL, "- a", "not_a_group", "", 1),
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, wrong: tuple[str, str, str, str, int]) -> None:
    old, new, kind, path, line = wrong
    with pytest.raises(FileHasProblems) as refusal:
        read_mailboxes(file_with(tmp_path, old, new))
    assert [(problem.kind, problem.path, problem.place.line) for problem in refusal.value.problems] == [
        (kind, path, line)
    ]
    assert str(refusal.value).splitlines()[1].startswith(f"mailboxes.yaml:{line}: ")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileHasProblems):
        read_mailboxes(tmp_path / "mailboxes.yaml")


def test_without_a_file_nothing_comes_in_but_a_demo_listens_here(settings: SettingsWrapper) -> None:
    settings.MAILBOXES_FILE, settings.IS_DEMO = None, False
    assert configured_mailboxes() is None
    settings.IS_DEMO = True
    file = configured_mailboxes()
    assert file is not None
    assert file.listen is not None
    assert (file.mailboxes, is_loopback(file.listen.host)) == ((), True)


@pytest.mark.parametrize("part", [MailboxPart, OAuthPart, ListenPart])
def test_every_field_is_documented(part: type[BaseModel]) -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert set(part.model_fields) <= named


def test_the_example_in_the_docs_is_a_good_file(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(mailboxes:.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    path = tmp_path / "mailboxes.yaml"
    path.write_text(example[1])
    assert len(read_mailboxes(path).mailboxes) == 1
