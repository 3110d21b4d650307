"""Signs that cannot be seen or read: what copied text and broken files bring along.

A mark that takes no room on the screen (a byte order mark, a zero-width space, a soft
hyphen, a mark of direction) is left out. A control character is no letter of anybody's
name: a text that holds one is refused, as files with it cannot be read back. The joiners
that Persian, Hindi and some emoji need are letters like any other.
"""

from __future__ import annotations

import re

# Written as numbers: nobody can read them otherwise.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f]+"
)
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")


def seen_only(text: str) -> str:
    """Return a text without marks that take no room; unusual line ends become plain ones."""
    if text.isascii() and "\x0b" not in text and "\x0c" not in text:
        return text
    return _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text))


def is_unreadable(text: str) -> bool:
    """Whether a text holds a control character or another sign that is no letter of any script."""
    return _UNREADABLE.search(text) is not None


def is_plain_line(text: str) -> bool:
    """Whether a text can be the name of something: one line, all of it seen and read."""
    return not is_unreadable(text) and seen_only(text) == text and "\n" not in text and "\r" not in text


def made_visible(text: str) -> str:
    """Return a text with a sign in place of what cannot be seen, to show where it is."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
