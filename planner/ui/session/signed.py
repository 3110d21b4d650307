"""Who a browser says it is, by the cookie that Streamlit gives to whoever signed in."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st
from itsdangerous import BadData, URLSafeTimedSerializer
from streamlit.auth_util import get_cookie_with_chunks, get_secrets_auth_section, get_validated_redirect_uri
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

LIFE: Final = 12 * 60 * 60  # seconds: somebody signs in once a working day


@dataclass(frozen=True)
class SignedInPerson:
    """Somebody who signed in.

    Attributes
    ----------
    owner : str
        As the database knows them.
    at : int
        When, in seconds since 1970, by the clock of the server that let them in.
    """

    owner: str
    at: int

    def left(self) -> float:
        """Return for how many seconds the sign-in still holds; not above zero where it does not."""
        return LIFE - (time.time() - self.at)


def asked() -> bool:
    """Whether the server asks who somebody is: its file of secrets has a part `auth`."""
    return bool(get_secrets_auth_section()) or unreadable()


def unreadable() -> bool:
    """Whether there is a file of secrets that means nothing: better nobody in than everybody."""
    files: list[str] = st.get_option("secrets.files")
    return any(Path(file).exists() for file in files) and not st.secrets.load_if_toml_exists()


def encrypted() -> bool:
    """Whether coordinators reach the server by HTTPS."""
    return (get_validated_redirect_uri() or "").startswith("https:")


def owner(claims: Mapping[str, Any]) -> str:
    """Return as whom the database knows somebody; empty where that cannot be told."""
    if claims.get("is_logged_in") is not True or not claims.get("iss") or not claims.get("sub"):
        return ""
    return f"{claims['iss']} {claims['sub']}"  # a subject is only known within its issuer


def person(cookies: Mapping[str, str]) -> SignedInPerson | None:
    """Return who signed in with these cookies, if that still holds by itself."""
    moments: list[int] = []

    def part(name: str) -> bytes | None:
        signed = URLSafeTimedSerializer(get_cookie_secret(), salt=name)
        try:
            value, at = signed.loads(cookies[name], return_timestamp=True)
        except (KeyError, BadData):
            return None
        moments.append(int(at.timestamp()))
        return str(value).encode()

    try:
        claims = json.loads(get_cookie_with_chunks(part, USER_COOKIE_NAME) or b"null")
    except ValueError:
        return None
    if not isinstance(claims, dict) or not owner(claims):
        return None
    found = SignedInPerson(owner(claims), min(moments))
    return found if found.left() > 0 else None
