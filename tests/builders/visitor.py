"""Somebody who comes to a running server without a browser: signs in, opens tabs, fetches what pages name."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

WAIT = 60.0  # seconds after which a server that says nothing is taken to be broken


class Visitor:
    """One browser, as far as the server can tell."""

    def __init__(self, address: str, cookie_secret: str) -> None:
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=WAIT)
        self.client.get("_stcore/health")  # where a page gets the token for its connection
        self.secret = cookie_secret

    def get(self, path: str, cookies: Mapping[str, str] | None = None) -> httpx.Response:
        """Fetch something, with other cookies than one's own where they are given."""
        if cookies is None:
            return self.client.get(path)
        address = self.client.base_url.join(path)
        return httpx.get(address, headers={"Cookie": _header(cookies)}, timeout=WAIT)

    def upload(self, tab: Tab) -> httpx.Response:
        """Send a file for the page of a tab."""
        token = {"X-Xsrftoken": self.cookies["_streamlit_xsrf"]}
        return self.client.put(
            f"_stcore/upload_file/{tab.session}/one", files={"one": b"Naam"}, headers=token
        )

    @property
    def cookies(self) -> dict[str, str]:
        """Return a copy of the cookies."""
        return {cookie.name: cookie.value or "" for cookie in self.client.cookies.jar}

    def sign_in(self, name: str) -> None:
        """Go by way of the provider, and choose a name there."""
        claims = {"provider": "default", "exp": time.time() + 60}
        token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(self.secret))
        page = self.client.get("auth/login", params={"provider": token}).text
        link = next(link for link, one in re.findall(r'<a href="([^"]+)">([^<]+)</a>', page) if one == name)
        self.client.get(unescape(link))

    def sign_out(self) -> None:
        """Press Sign out, as far as the server can tell."""
        self.client.get("auth/logout")

    @contextmanager
    def tab(
        self, cookies: Mapping[str, str] | None = None, session: str = "", draw: bool = True
    ) -> Iterator[Tab]:
        """Open a tab and wait until its page is drawn."""
        address = urlsplit(str(self.client.base_url))
        sent = self.cookies if cookies is None else cookies
        protocols = ["streamlit", sent.get("_streamlit_xsrf", ""), session]
        with connect(
            f"ws://{address.netloc}/_stcore/stream",
            origin=f"{address.scheme}://{address.netloc}",  # type: ignore[arg-type]
            subprotocols=[one for one in protocols if one],  # type: ignore[misc]
            additional_headers={"Cookie": _header(sent)},
            max_size=None,
            open_timeout=WAIT,
        ) as connection:
            tab = Tab(connection)
            if draw:
                tab.draw()
            yield tab


@dataclass
class Tab:
    """One tab with a page in it; it keeps what the server said of it."""

    connection: ClientConnection
    said: list[ForwardMsg] = field(default_factory=list)
    session: str = ""

    def draw(self, pressed: str = "", page: str = "", query: str = "course=new") -> None:
        """Have the page drawn once more, after a press on a button, or another page of the app."""
        self.send(pressed, page, query)
        self.said.clear()
        self.read()

    def send(self, pressed: str = "", page: str = "", query: str = "course=new") -> None:
        """Ask for the page once more, and do not wait for it."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        if pressed:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self.button(pressed), True
        self.connection.send(message.SerializeToString())

    def read(self) -> None:
        """Read until the page is drawn."""
        while True:
            message = self._hear()
            self.said.append(message)
            if message.HasField("new_session"):
                self.session = message.new_session.initialize.session_id
            if message.HasField("script_finished") and message.script_finished == 0:
                return

    def button(self, key: str) -> str:
        """Return the id of the button with a key."""
        return next(one.id for one in self._elements("button") if one.id.endswith(f"-{key}"))

    def buttons(self) -> set[str]:
        """Return the keys of the buttons on the page."""
        return {one.id.rpartition("-")[2] for one in self._elements("button")}

    def file(self, key: str) -> str:
        """Press a button that gives a file, and return the address of the file."""
        button = next(one for one in self._elements("download_button") if one.id.endswith(f"-{key}"))
        if button.url:
            return str(button.url).lstrip("/")
        message = BackMsg()
        wish = message.backend_operation_request
        wish.request_id, wish.session_id = "one", self.session
        wish.deferred_file.file_id = button.deferred_file_id
        self.connection.send(message.SerializeToString())
        while True:
            answer = self._hear()
            if answer.HasField("backend_operation_response"):
                return answer.backend_operation_response.deferred_file.url.lstrip("/")

    def closed(self) -> bool:
        """Wait for the end of the connection, and return whether the page was told to load anew before."""
        said = ""
        with suppress(ConnectionClosed):
            while True:
                said = self._hear().auth_redirect.url
        return said == "./"

    def _hear(self) -> ForwardMsg:
        message = ForwardMsg()
        message.ParseFromString(self.connection.recv(timeout=WAIT, decode=False))
        return message

    def _elements(self, kind: str) -> list[Any]:
        elements = [message.delta.new_element for message in self.said if message.HasField("delta")]
        return [getattr(one, kind) for one in elements if one.HasField(kind)]


def _header(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
