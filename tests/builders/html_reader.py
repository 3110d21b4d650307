"""Reads a page as a browser would: its tags, and its text as somebody sees it."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Reads a page: its tags, and its text as somebody sees it."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(" ".join(data.split()))
