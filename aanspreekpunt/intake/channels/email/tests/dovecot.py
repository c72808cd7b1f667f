"""A real Dovecot for tests: on this machine only, with a directory and ports of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - a dataclass
from typing import TYPE_CHECKING, Any

from imapclient import IMAPClient

from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
PASSWORD = "geheim"
PATIENCE_SECONDS = 60
NOBODY = (65534, 65534)
CONFIGURATION = """
base_dir = {here}/run
state_dir = {here}/state
log_path = {here}/log
listen = 127.0.0.1
protocols = imap
ssl = {ssl}
disable_plaintext_auth = no
auth_mechanisms = plain login {mechanisms}
mail_location = maildir:{here}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
mail_uid = {uid}
mail_gid = {gid}
mail_max_userip_connections = 50
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = {passdb}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={here}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
protocol imap {{
  imap_capability = {capability}
}}
"""
WITH_PASSWORD = f"static\n  args = password={PASSWORD}"


@dataclass
class Dovecot:
    """One server."""

    here: Path
    passdb: str = WITH_PASSWORD
    mechanisms: str = ""
    capability: str = ""
    certificate: Path | None = None
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port = self.port or _free_port()
        file = self.here / "dovecot.conf"
        self.here.chmod(0o755)
        mail = self.here / "mail"
        mail.mkdir(exist_ok=True)
        is_root = os.geteuid() == 0
        uid, gid = NOBODY if is_root else (os.getuid(), os.getgid())
        if is_root:
            os.chown(mail, uid, gid)
        own = "" if is_root else _own_name()
        with_tls = f"yes\nssl_cert = <{self.certificate}\nssl_key = <{self.certificate}" if self.certificate else "no"
        file.write_text(
            CONFIGURATION.format(
                here=self.here,
                ssl=with_tls,
                mechanisms=self.mechanisms,
                uid=uid,
                gid=gid,
                internal=own or "dovecot",
                internal_group=own or "dovecot",
                login=own or "dovenull",
                port=self.port,
                passdb=self.passdb,
                capability=self.capability,
            )
        )
        self.process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(file)], stdin=subprocess.DEVNULL, start_new_session=True
        )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Stop it, as an administrator or an outage would; what was put in stays."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE_SECONDS)
            # What it started may linger for seconds, and answer half of what is said to it.
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process = None

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=15) as probe:
                    probe.settimeout(5)
                    if probe.recv(100).startswith(b"* OK"):
                        return
            except OSError:
                pass
            log = self.here / "log"
            assert self.process is not None
            assert self.process.poll() is None, log.read_text() if log.exists() else "it did not start"
            assert time.monotonic() < until, "it does not answer"
            time.sleep(0.05)


@dataclass
class Box:
    """One mailbox on it."""

    server: Dovecot
    user: str
    here: Path

    def part(self, **fields: Any) -> MailboxPart:
        """Say how to fetch its mail, unless `fields` say otherwise."""
        password = self.here / "password"
        password.write_text(f"{PASSWORD}\n")
        usual = {"name": "post", "host": "127.0.0.1", "port": self.server.port, "security": "none", "user": self.user}
        return MailboxPart.model_validate({**usual, "password_file": password, **fields})

    def client(self) -> IMAPClient:
        """Log in, as somebody with a mail program would."""
        client = IMAPClient("127.0.0.1", self.server.port, ssl=False, timeout=PATIENCE_SECONDS)
        client.login(self.user, PASSWORD)
        return client

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails into a folder."""
        with self.client() as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for mail in mails:
                client.append(folder, mail)

    def put_many(self, mails: Sequence[bytes]) -> None:
        """Put many mails into the inbox at once, as files."""
        with self.client() as client:
            client.select_folder("INBOX")
        for number, mail in enumerate(mails):
            path = self.directory / "tmp" / f"{time.time_ns()}.{number:06d}.test"
            path.write_bytes(mail)
            self._give_away(path)
            path.rename(self.directory / "new" / path.name)

    def number_anew(self) -> None:
        """Have the inbox begin its numbers anew, as after moving to another server."""
        with self.client() as client:
            before = client.select_folder("INBOX", readonly=True)[b"UIDVALIDITY"]
        for file in self.directory.glob("dovecot*"):
            file.unlink()
        numbers = self.directory / "dovecot-uidlist"
        numbers.write_text(f"3 V{before + 7} N1\n")
        self._give_away(numbers)

    def flags(self, folder: str = "INBOX") -> list[tuple[bytes, ...]]:
        """Return the flags of all mails in a folder, without those that come by themselves."""
        with self.client() as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            told = client.fetch(client.search(), ["FLAGS"])
        return [tuple(flag for flag in facts[b"FLAGS"] if flag != b"\\Recent") for facts in told.values()]

    @property
    def directory(self) -> Path:
        return self.server.here / "mail" / self.user

    def _give_away(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, *NOBODY)


def _own_name() -> str:
    import pwd  # noqa: PLC0415 - only where we are not root

    return pwd.getpwuid(os.getuid()).pw_name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
