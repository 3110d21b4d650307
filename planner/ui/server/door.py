"""What stands in front of the app: it lets in who may come in, and sends along what browsers are to heed."""

from __future__ import annotations

import asyncio
import re
from typing import Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from planner.ui.server import headers
from planner.ui.server.attendance import Attendance
from planner.ui.session import signed
from planner.ui.session.signed import SignedInPerson

FILES: Final = "/media/"
INSIDE: Final = "/_stcore/"
OPEN: Final = ("/_stcore/health", "/_stcore/host-config")  # what a page asks before anybody is known
LEAVE: Final = "/auth/logout"
COOKIES: Final = "_streamlit"  # how the names of Streamlit's cookies begin
SIGNED: Final = "_streamlit_user"  # and those of who signed in
_NAMED = re.compile(rb"/media/([0-9a-f]+)")  # what follows the dot ends where nobody can tell
_LASTS = re.compile(r"(?<=Max-Age=)\d+")
_REFUSED = 1008  # a WebSocket that is closed because somebody may not be here


class Door:
    """Let in who may come in, and send along what browsers are to heed.

    Where nobody has to sign in everybody may come in, which on one's own computer is oneself.
    """

    def __init__(self, app: ASGIApp, attendance: Attendance | None = None) -> None:
        self.app = app
        self.attendance = attendance or Attendance()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in."""
        if scope["type"] == "http":
            await self._fetch(scope, receive, send)
        elif scope["type"] == "websocket" and signed.asked():
            await self._tab(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    # What is fetched

    async def _fetch(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, asked = _path(scope), signed.asked()
        extra = headers.of_file() if path.startswith(FILES) else headers.of_page()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(extra)
                if asked:
                    message["headers"] = [_shorter(*header) for header in message["headers"]]
            await send(message)

        if asked and path == LEAVE:
            person = signed.person(HTTPConnection(scope).cookies)
            if person is not None:
                await self.attendance.leave(person)
        if asked and not await self._may_fetch(scope, path):
            await Response(status_code=403)(scope, receive, answer)
        else:
            await self.app(scope, receive, answer)

    async def _may_fetch(self, scope: Scope, path: str) -> bool:
        if not path.startswith((FILES, INSIDE)) or path in OPEN:
            return True
        person = signed.person(HTTPConnection(scope).cookies)
        if person is not None and not await self.attendance.holds(person):
            person = None
        if path.startswith(FILES):
            return self.attendance.may_fetch(person, path.removeprefix(FILES).partition(".")[0])
        return person is not None

    # The connection of a tab, over which all of a page comes, and every click goes

    async def _tab(self, scope: Scope, receive: Receive, send: Send) -> None:
        person = signed.person(HTTPConnection(scope).cookies)
        with self.attendance.tab(person) as gone:
            if person is not None and not await self.attendance.holds(person):
                person = None
            tab = _Tab(self.attendance, person, gone, receive, send)
            if person is not None:
                await self.app(scope, tab.hear, tab.say)
            elif _comes_back(scope):
                await tab.turn_away()
            else:
                await self.app(_nobody(scope), tab.hear, tab.say)


class _Tab:
    """The connection of one tab: it ends once somebody signs out, wherever that is, or their time is over."""

    def __init__(
        self,
        attendance: Attendance,
        person: SignedInPerson | None,
        gone: asyncio.Event,
        receive: Receive,
        send: Send,
    ) -> None:
        self.attendance, self.person, self.gone = attendance, person, gone
        self.receive, self.send = receive, send
        self.closed = False

    async def hear(self) -> Message:
        """Return what comes next from the tab, asking each time whether somebody is still here."""
        if self.person is None:
            return await self.receive()
        message = await self._next(self.person.left())
        if message is not None and message["type"] != "websocket.receive":
            return message
        if message is not None and await self.attendance.holds(self.person):
            return message
        await self._end()
        return {"type": "websocket.disconnect", "code": _REFUSED}

    async def turn_away(self) -> None:
        """Let go of a tab that comes back with a page of before, when nobody is signed in any more."""
        await self.receive()
        await self.send({"type": "websocket.accept", "subprotocol": "streamlit"})
        await self._end()

    async def _end(self) -> None:
        self.closed = True
        # The page loads anew, as one of nobody in particular; left alone it would stay as it stands.
        await self.send({"type": "websocket.send", "bytes": _anew().SerializeToString()})
        await self.send({"type": "websocket.close", "code": _REFUSED})

    async def _next(self, seconds: float) -> Message | None:
        heard = asyncio.ensure_future(self.receive())
        left = asyncio.ensure_future(self.gone.wait())
        try:
            await asyncio.wait({heard, left}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            return heard.result() if heard.done() and not left.done() else None
        finally:
            heard.cancel()
            left.cancel()

    async def say(self, message: Message) -> None:
        """Pass on what the app says, and note the files that it names."""
        if self.closed:
            return
        content = message.get("bytes") or b""
        if FILES.encode() in content:
            for file in _NAMED.findall(content):
                self.attendance.name_file(self.person, file.decode())
        await self.send(message)


def _anew() -> ForwardMsg:
    message = ForwardMsg()
    message.auth_redirect.url = "./"
    return message


def _path(scope: Scope) -> str:
    """Return what is asked for, as seen from the first page of the app."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path: str = scope["path"]
    return path.removeprefix(f"/{base}") if base else path


def _comes_back(scope: Scope) -> bool:
    """Whether a tab had a page before, and wants to go on with it."""
    wishes = HTTPConnection(scope).headers.get("sec-websocket-protocol", "").split(",")
    return any(wish.strip() for wish in wishes[2:])  # Streamlit's third wish names the page


def _nobody(scope: Scope) -> Scope:
    """Return a connection without the cookies that say who it is."""
    kept: list[tuple[bytes, bytes]] = []
    for name, value in scope["headers"]:
        if name == b"cookie":
            pairs = [pair.strip() for pair in value.split(b";")]
            kept.append((name, b"; ".join(pair for pair in pairs if not pair.startswith(SIGNED.encode()))))
        else:
            kept.append((name, value))
    return {**scope, "headers": kept}


def _shorter(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return a header; of a cookie of who signed in, one that does not outlive the sign-in."""
    text = value.decode("latin-1")
    if name.lower() != b"set-cookie" or not text.startswith(COOKIES):
        return name, value
    if text.startswith(SIGNED):
        text = _LASTS.sub(lambda found: str(min(int(found.group()), signed.LIFE)), text)
    if signed.encrypted() and "; secure" not in text.lower():
        text += "; Secure"
    return name, text.encode("latin-1")
