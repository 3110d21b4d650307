"""An OpenID provider on this computer, just large enough to sign in two people in a test."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "hecht", secrets.token_urlsafe(24)
PEOPLE = {"u-1001": "Anna Bos", "u-1002": "Bram Dijk"}  # subject and name; both invented


@dataclass
class Provider:
    """What the provider knows: its key, and who is on the way to the app with a code."""

    issuer: str = ""
    key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    )
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        at = self.issuer
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "userinfo_endpoint": f"{at}/userinfo",
            "jwks_uri": f"{at}/jwks",
            "end_session_endpoint": f"{at}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def asks_who(self, asked: dict[str, str]) -> str:
        """Return a page on which somebody says who they are."""
        links = []
        for subject, name in PEOPLE.items():
            code = secrets.token_urlsafe(16)
            self.codes[code] = {**asked, "sub": subject}
            back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            links.append(f'<p><a href="{escape(back)}">{name}</a></p>')
        return "<!doctype html><title>Wie ben je?</title>" + "".join(links)

    def token(self, given: dict[str, str], client: tuple[str, str]) -> dict[str, Any] | None:
        """Return the tokens for a code, or None where anything is not as it was asked."""
        asked = self.codes.pop(given.get("code", ""), None)
        proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if asked is None or client != (CLIENT, SECRET) or given.get("redirect_uri") != asked["redirect_uri"]:
            return None
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        now, access = int(time.time()), secrets.token_urlsafe(16)
        self.tokens[access] = asked["sub"]
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.about(asked["sub"]),
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def about(self, subject: str) -> dict[str, str]:
        """Return what is told of somebody."""
        name = PEOPLE[subject]
        return {"sub": subject, "name": name, "email": f"{name.split()[0].lower()}@school.example"}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        if path == "/.well-known/openid-configuration":
            self._json(self.provider.discovery())
        elif path == "/jwks":
            self._json({"keys": [self.provider.key.as_dict(private=False)]})
        elif path == "/authorize":
            self._send(200, "text/html; charset=utf-8", self.provider.asks_who(query))
        elif path == "/userinfo":
            access = self.headers.get("Authorization", "").removeprefix("Bearer ")
            subject = self.provider.tokens.get(access)
            self._json(self.provider.about(subject) if subject else None)
        elif path == "/end":
            self.send_response(302)
            self.send_header("Location", query["post_logout_redirect_uri"])
            self.end_headers()
        else:
            self._json(None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        named, _, secret = (
            base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic "))
            .decode()
            .partition(":")
        )
        self._json(self.provider.token(given, (named, secret)))

    def _json(self, content: object) -> None:
        self._send(400 if content is None else 200, "application/json", json.dumps(content))

    def _send(self, status: int, kind: str, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def provided() -> Iterator[Provider]:
    """Run the provider on a free port."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()


def settings(provider: Provider) -> str:
    """Return the file of secrets of an app that has people sign in here."""
    return "\n".join(
        [
            "[auth]",
            'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"',
            f'cookie_secret = "{secrets.token_urlsafe(32)}"',
            f'client_id = "{CLIENT}"',
            f'client_secret = "{SECRET}"',
            f'server_metadata_url = "{provider.issuer}/.well-known/openid-configuration"',
        ]
    )
