"""Cells that a spreadsheet program might take for a formula.

One convention for every file that people open: a leading apostrophe. It can be
taken off again, so that a file which went out can come back in without loss.
"""

from __future__ import annotations

import re

# What makes a spreadsheet calculate, in ASCII and in the wide forms of East Asian
# keyboards; TAB and line ends count because they are stripped before the cell is read.
_STARTS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
# A program that splits on another separator than ours starts a cell after each of these.
_BEFORE = r"(?:\A|(?<=[,;|\t\r\n]))"
_RISKY = re.compile(f"{_BEFORE}(?='*[{_STARTS}])")
_ESCAPED = re.compile(f"{_BEFORE}'(?='*[{_STARTS}])")


def neutralise(cell: str) -> str:
    """Make a cell harmless for spreadsheet programs.

    An apostrophe goes before ``= + - @``, TAB, CR and LF where these start the
    cell, or would start one after splitting on ``, ; |`` or TAB. Apostrophes that
    are already there get one more, so that `restore` gives back exactly `cell`.

    Examples
    --------
    >>> neutralise("=1+1"), neutralise("'=1+1"), neutralise("'t Hooft")
    ("'=1+1", "''=1+1", "'t Hooft")
    """
    return _RISKY.sub("'", cell)


def restore(cell: str) -> str:
    """Take off what `neutralise` put on; other cells come back as they are."""
    return _ESCAPED.sub("", cell)
