"""How a receiver can tell that it is us: a signature over each webhook, or a short-lived token for a router.

Webhooks are signed as https://www.standardwebhooks.com describes, for which there are ready-made checks in most
languages: HMAC-SHA256 over the id, the time of sending and the body. The token is a JSON Web Token, RFC 7519, with the
claims that Dutch municipal APIs expect.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

PREFIX: Final = "whsec_"
_KEY_BYTES: Final = 32


def new_signing_key() -> str:
    """Make a key with which webhooks are signed."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def signature_headers(*, key: str, identity: str, body: bytes, at: datetime) -> dict[str, str]:
    """Return the headers that prove who sent this body, and when."""
    sent_at = str(int(at.timestamp()))
    signed = b".".join((identity.encode(), sent_at.encode(), body))
    mac = hmac.new(base64.b64decode(key.removeprefix(PREFIX)), signed, hashlib.sha256).digest()
    return {
        "webhook-id": identity,
        "webhook-timestamp": sent_at,
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }


def router_token(*, client_id: str, secret: str, at: datetime) -> str:
    """Return the token with which a router lets us publish, good for a moment."""
    head = {"typ": "JWT", "alg": "HS256", "client_identifier": client_id}
    claims = {
        "iss": client_id,
        "iat": int(at.timestamp()),
        "client_id": client_id,
        "user_id": "",
        "user_representation": "",
    }
    signed = b".".join((_part(head), _part(claims)))
    mac = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return b".".join((signed, _encoded(mac))).decode()


def _part(content: Mapping[str, object]) -> bytes:
    return _encoded(json.dumps(content, separators=(",", ":")).encode())


def _encoded(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")
