"""What journeys in a browser have in common."""

from __future__ import annotations

import csv
import io

from tests.browser.conftest import ROOT


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a groups file, whichever separator it has."""
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def after_dropouts() -> bytes:
    """Return the sample class after three left and one came in."""
    lines = (ROOT / "data" / "klas-28.csv").read_text("utf-8-sig").splitlines()
    nova = lines[1].split(";")
    nova[:5] = ["1999999", "Nova", "van", "Dam", "nova.vandam@student.hogeschool.example"]
    return "\n".join([*lines[:-3], ";".join(nova)]).encode()
