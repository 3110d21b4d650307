"""The one way by which texts reach a terminal: nothing in them acts on it."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from rich.console import Console

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
    """Print a text, on standard output or as an error.

    Parameters
    ----------
    text : str
    error : bool, default False
        Whether it goes to standard error.
    end : str
        What comes after it.
    """
    write(harmless(text) + end, sys.stderr if error else sys.stdout)


def write(text: str, stream: TextIO | None) -> None:
    """Write a text as it is; where nobody reads along any more (`| head`), the work goes on in silence.

    Parameters
    ----------
    text : str
    stream : TextIO or None
        None where it was closed before the program began.
    """
    if stream is None:  # closed before we began
        return
    try:
        stream.write(text)
        stream.flush()  # what is left in it would be heard of in the midst of other work
    except BrokenPipeError:
        _silence(stream)


def settle() -> None:
    """Write what others left in the streams, before Python does and finds them closed."""
    for stream in (sys.stdout, sys.stderr):
        try:
            write("", stream)
        except OSError:  # a full disk: told before this, where it is of use
            _silence(stream)


def _silence(stream: TextIO) -> None:
    """Let all else that is written here go nowhere."""
    with Path(os.devnull).open("wb") as nowhere, suppress(OSError):
        os.dup2(nowhere.fileno(), stream.fileno())


class Screen(Console):
    """A console of rich that goes on in silence too, where rich would end the run."""

    def on_broken_pipe(self) -> None:
        """Say nothing more."""
        self.quiet = True
        _silence(sys.stderr if self.stderr else sys.stdout)
