"""What journeys in a browser have in common."""

from __future__ import annotations

from tests.builders.places import DATA


def after_dropouts() -> bytes:
    """Return the sample class after three left and one came in."""
    lines = (DATA / "klas-28.csv").read_text("utf-8-sig").splitlines()
    nova = lines[1].split(";")
    nova[:5] = ["1999999", "Nova", "van", "Dam", "nova.vandam@student.hogeschool.example"]
    return "\n".join([*lines[:-3], ";".join(nova)]).encode()
