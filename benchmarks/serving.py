"""The app on a port of its own, and the browser that looks at it: for pictures, measurements and journeys."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Every window would load pages for an address bar that nobody sees: as much work as the app's own page.
UNSEEN = ("PreloadTopChromeWebUI", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxPopup")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNSEEN)}",
)
START = 60.0  # seconds in which the server has to answer
PLAN = 120_000  # milliseconds for a plan; workers may have to compile first


def chromium() -> str | None:
    """Return where the browser is, or None where there is none."""
    return os.environ.get("HECHT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def served(database: str | None = None, *options: str, app: str = "app.py") -> Iterator[str]:
    """Run the app on a free port of this computer, with options of Streamlit's, and give its address.

    Courses are saved in a database that is thrown away, unless another is named.
    """
    with tempfile.TemporaryDirectory(prefix="hecht-served-", ignore_cleanup_errors=True) as folder:
        server, address = start(database or f"sqlite:///{folder}/hecht.db", *options, app=app)
        try:
            yield address
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def start(database: str, *options: str, app: str = "app.py") -> tuple[subprocess.Popen[bytes], str]:
    """Start the app with a database and options; return its process and its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", app, f"--server.port={port}"]
    command += ["--server.headless=true", *options]
    environment = {**os.environ, "HECHT_DATABASE": database}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
    except RuntimeError:
        server.kill()
        raise
    return server, f"http://127.0.0.1:{port}/"


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")
