"""Nine students in three groups of three, six weeks, three roles; everybody is invented."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.builders.commands import groups_of, moved_by_hand, run, write_rows

PEOPLE = (
    "Ada Vos",
    "Ben Kool",
    "Cas Prins",
    "Dee Maas",
    "Eli Smit",
    "Fay Kok",
    "Gus Blom",
    "Hal Post",
    "Ivy Roos",
)
NUMBER = {name: str(2000001 + place) for place, name in enumerate(PEOPLE)}
RULES = """language = "en"
[groups]
size = [3, 3]
[roles]
names = ["Facilitator", "Note-taker", "Spokesperson"]
[term]
weeks = 6
"""


def class_list(path: Path, numbers: Mapping[str, str] = NUMBER) -> Path:
    """Write the class list, e-mail addresses by first name."""
    return write_rows(
        path,
        [
            {"Student number": number, "Name": name, "Email": f"{name.split()[0].lower()}@example.org"}
            for name, number in numbers.items()
        ],
    )


def planned(folder: Path, rules: str = RULES) -> Path:
    """Plan the nine; return the folder of the plan. The class list is beside it."""
    (folder / "rules.toml").write_text(rules)
    listed = class_list(folder / "nine.csv")
    out = folder / "plan"
    assert run("plan", listed, "--rules", folder / "rules.toml", "--out", out, "--effort", "quick") == 0
    return out


def again(before: Path, out: str, week: int, *options: object) -> Path:
    """Plan the nine again, with the rules of the plan before; return the new folder."""
    folder = before.parent
    arguments = ("--previous", before, "--out", folder / out, "--from-week", week, *options)
    assert run("replan", folder / "nine.csv", *arguments) == 0
    return folder / out


def two_apart(folder: Path) -> tuple[str, str]:
    """Return the names of two who are in different groups."""
    listed = groups_of(folder / "groups.csv")
    first, *others = listed
    return first, next(one for one in others if listed[one] != listed[first])


def swapped(folder: Path) -> dict[str, str]:
    """Let two trade places by hand; return their groups of now."""
    one, other = two_apart(folder)
    was = groups_of(folder / "groups.csv")
    now = {one: was[other], other: was[one]}
    moved_by_hand(folder / "groups.csv", now)
    return now
