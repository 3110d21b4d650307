"""List every note of `docs/decisions` in the navigation, so that a new one needs no line of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

FOLDER = "decisions"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the notes where the navigation names their folder."""
    notes = sorted(Path(config.docs_dir, FOLDER).glob("*.md"))
    config.nav = _filled(config.nav, [f"{FOLDER}/{note.name}" for note in notes])
    return config


def _filled(entries: Any, notes: list[str]) -> Any:
    if isinstance(entries, list):
        return [_filled(entry, notes) for entry in entries]
    if isinstance(entries, dict):
        return {name: _filled(entry, notes) for name, entry in entries.items()}
    return notes if entries == FOLDER else entries
