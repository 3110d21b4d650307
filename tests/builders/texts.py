"""Every text there is: the templates in the code, and the catalogues with their Dutch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from planner.model.text import LOCALE_FOLDER

PLANNER = LOCALE_FOLDER.parent
KEYWORDS = {"message": None, "plural_message": (1, 2)}
ROOMS = ("core", "rosters", "exports", "ui", "cli", "jobs")
CATALOGUES = tuple(sorted((LOCALE_FOLDER / "nl").glob("*.po")))


class Used(NamedTuple):
    """A template in the code."""

    room: str
    place: str
    texts: tuple[str, ...]  # singular, and plural where it counts


def room_of(path: Path) -> str:
    first = path.relative_to(PLANNER).parts[0].removesuffix(".py")
    return first if first in ROOMS else "core"


def sources() -> list[Path]:
    return sorted(path for path in PLANNER.rglob("*.py") if path != PLANNER / "model" / "text.py")


@cache
def used() -> tuple[Used, ...]:
    found = []
    for path in sources():
        for row, texts, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            templates = (texts,) if isinstance(texts, str) else tuple(texts)
            found.append(Used(room_of(path), f"{path.relative_to(PLANNER.parent)}:{row}", templates))
    return tuple(found)


@cache
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)


def translations(path: Path) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield msgid and msgid_plural, with what they become."""
    for sentence in catalogue(path):
        if sentence.id:
            ids = (sentence.id,) if isinstance(sentence.id, str) else tuple(sentence.id)
            strings = (sentence.string,) if isinstance(sentence.string, str) else tuple(sentence.string)
            yield ids, strings


@cache
def dutch() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {ids: strings for path in CATALOGUES for ids, strings in translations(path)}
