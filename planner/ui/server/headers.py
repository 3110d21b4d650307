"""What every answer of the server tells a browser: what it may load and run, and that nobody may frame it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from streamlit import file_util

from planner.ui.widgets import scripts

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # the address of a page names a course
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
# A file is taken along or drawn as a picture: opened by itself it is nothing that runs.
FILES: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'none'; sandbox",
}
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def of_file() -> dict[str, str]:
    """Return what goes with a file that somebody fetches from a page."""
    return ALWAYS | FILES


@cache
def of_page() -> dict[str, str]:
    """Return what goes with everything else."""
    return ALWAYS | {"Content-Security-Policy": policy([*_of_streamlit(), *scripts.ALL])}


def policy(inline: Iterable[str]) -> str:
    """Return what a page may load, all from this server, and which scripts may stand in the page itself."""
    named = " ".join(f"'sha256-{_hash(script)}'" for script in inline)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {named}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles into the page
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
        )
    )


def _of_streamlit() -> list[str]:
    """Return the scripts that stand in the page that Streamlit serves."""
    page = Path(file_util.get_static_dir()) / "index.html"
    return _INLINE.findall(page.read_text(encoding="utf-8")) if page.exists() else []


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
