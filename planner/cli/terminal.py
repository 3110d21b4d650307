"""The one way by which texts reach a terminal: nothing in them acts on it."""

from __future__ import annotations

import re
import sys
from typing import TextIO

# A new line and a tab are as they should be; all else of C0 and C1 steers a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PICTURES = 0x2400  # of C0: the sign for ESC is 0x241B
_DELETE = 0x7F


def harmless(text: str) -> str:
    """Return a text with a sign in place of every character that would steer a terminal."""
    return _CONTROL.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code == _DELETE:
        return "\N{SYMBOL FOR DELETE}"
    return chr(_PICTURES + code) if code < _DELETE else "\N{REPLACEMENT CHARACTER}"


def put(text: str, *, error: bool = False, end: str = "\n") -> None:
    """Print a text, on standard output or as an error."""
    stream: TextIO = sys.stderr if error else sys.stdout
    print(harmless(text), file=stream, end=end)
