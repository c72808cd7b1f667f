"""A token server for tests, on this machine: gives out tokens, and tells a mail server whose they are."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass
class TokenServer:
    """Gives token-1, token-2 and so on, good for `seconds`. `refusal` is what it answers instead."""

    user: str = "post"
    seconds: int = 3600
    refusal: tuple[int, dict[str, Any]] | None = None
    renewed: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer_for_token(self, question: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Give the next token, or refuse."""
        self.asked.append(question)
        if self.refusal:
            return self.refusal
        token = {"access_token": f"token-{len(self.asked)}", "expires_in": self.seconds, "token_type": "Bearer"}
        return 200, token | ({"refresh_token": self.renewed} if self.renewed else {})

    def answer_about_token(self, token: str) -> tuple[int, dict[str, Any]]:
        """Say whose a token is."""
        is_known = token in {f"token-{number + 1}" for number in range(len(self.asked))} - self.revoked
        return 200, {"active": is_known, "username": self.user} if is_known else {"active": False}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._give(*outer.answer_for_token({name: value[0] for name, value in parse_qs(body).items()}))

            def do_GET(self) -> None:
                token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
                self._give(*outer.answer_about_token(token))

            def _give(self, status: int, answer: dict[str, Any]) -> None:
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        return Handler
