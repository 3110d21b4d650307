"""The life of the server: a browser is opened once it answers, and what is under way is ended with it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

from starlette.concurrency import run_in_threadpool
from streamlit import cli_util, config
from streamlit.web.server import server_util

AGAIN = 0.05  # seconds between two looks whether it answers
TRIES = 200


@asynccontextmanager
async def life(_app: object) -> AsyncIterator[dict[str, Any]]:
    """Be there from when the server starts until it ends."""
    shown = asyncio.create_task(_show())
    try:
        yield {}
    finally:
        shown.cancel()
        await run_in_threadpool(_end)


async def _show() -> None:
    """Open a browser, unless nobody sits at this computer."""
    if config.get_option("server.headless"):
        return
    listens = server_util.get_display_address(config.get_option("server.address") or "localhost")
    for _ in range(TRIES):
        if await _answers(listens, config.get_option("server.port")):
            break
        await asyncio.sleep(AGAIN)
    else:
        return  # somebody else decides where it listens
    known = config.is_manually_set("browser.serverAddress")  # by another name than it listens to
    name = config.get_option("browser.serverAddress") if known else listens
    await run_in_threadpool(cli_util.open_browser, server_util.get_url(name))


async def _answers(address: str, port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(address, port)
    except OSError:
        return False
    with closing(writer):
        return True


def _end() -> None:
    """End the work that pages began: what it came to so far is saved."""
    work = sys.modules.get("planner.ui.session.work")  # no page, no work
    if work is not None:
        work.close()
