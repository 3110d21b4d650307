"""A browser is opened once the server answers, as it was by Streamlit itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from planner.ui.server import served
from tests.builders.loops import run


def opened(monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], listen: bool) -> list[str]:
    """Return what a browser is opened with."""
    found: list[str] = []
    monkeypatch.setattr(served.cli_util, "open_browser", found.append)
    monkeypatch.setattr(served, "AGAIN", 0)

    async def live() -> None:
        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        known = {"server.address": "127.0.0.1", "server.port": server.sockets[0].getsockname()[1], **options}
        before: Callable[[str], Any] = served.config.get_option
        monkeypatch.setattr(
            served.config, "get_option", lambda name: known[name] if name in known else before(name)
        )
        if not listen:
            server.close()
        await served._show()
        server.close()

    run(live())
    return found


def test_a_browser_is_opened_where_somebody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    (url,) = opened(monkeypatch, {"server.headless": False}, listen=True)
    assert url.startswith("http://127.0.0.1:")


def test_no_browser_is_opened_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(monkeypatch, {"server.headless": True}, listen=True) == []


def test_no_browser_is_opened_where_nothing_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(monkeypatch, {"server.headless": False}, listen=False) == []
