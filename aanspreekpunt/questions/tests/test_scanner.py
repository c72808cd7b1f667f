"""The virus scanner: its word counts, and while it is away files wait."""

from __future__ import annotations

import socketserver
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aanspreekpunt.questions.attachments import HasAVirus, scan_what_waits, store_attachment, store_received
from aanspreekpunt.questions.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_directory")]

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
SICK = PNG + b"something-bad"


class Scanner(socketserver.StreamRequestHandler):
    """Speaks clamd's INSTREAM as its manual describes it."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        self.wfile.write(b"stream: Eicar FOUND\0" if b"something-bad" in content else b"stream: OK\0")


@pytest.fixture
def scanner(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.CLAMD = str(tmp_path / "clamd.sock")
    with socketserver.ThreadingUnixStreamServer(settings.CLAMD, Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


@pytest.mark.usefixtures("scanner")
def test_what_the_scanner_knows_is_held_or_refused() -> None:
    assert store_received(name="foto.png", content=PNG).held_for == ""
    assert store_received(name="foto.png", content=SICK).held_for == "virus"
    with pytest.raises(HasAVirus):
        store_attachment(file=SimpleUploadedFile("foto.png", SICK))


def test_while_the_scanner_is_away_files_wait_for_it(settings: Any, tmp_path: Path) -> None:
    settings.CLAMD = str(tmp_path / "nobody.sock")
    for content in (PNG, SICK):
        assert store_received(name="foto.png", content=content).held_for == "unscanned"
    assert scan_what_waits() == 0
    with socketserver.ThreadingUnixStreamServer(settings.CLAMD, Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert scan_what_waits() == 2
        server.shutdown()
    assert list(Attachment.objects.order_by("id").values_list("held_for", flat=True)) == ["", "virus"]


def test_an_installation_may_choose_not_to_wait(settings: Any, tmp_path: Path) -> None:
    settings.CLAMD, settings.HOLD_FILES_UNTIL_SCANNED = str(tmp_path / "nobody.sock"), False
    assert store_received(name="foto.png", content=PNG).held_for == ""
