"""Groups that are counted anew in every section: "Team 1" of section A is not that of section B."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from planner.model.problems import Level
from planner.model.text import message
from planner.rosters.lms_formats import Source
from planner.rosters.reading_log import ReadingLog, some

# Where a name is one group all over the course.
_ONE_COURSE = frozenset({"canvas-groups", "own-groups", "moodle", "brightspace", "blackboard"})
_COUNTED = re.compile(r"(?:[^\W\d_]+[ ._#-]*)?(?:\d{1,3}|[a-z])", re.IGNORECASE)
_FEWEST = 2  # people of each section that make a group of their own


def tell_apart(
    groups: Mapping[str, list[tuple[int, str]]],
    sections: Mapping[int, str],
    source: Source,
    log: ReadingLog,
) -> None:
    """Call groups after their section, in place, where a number or a letter is given in several of them.

    Parameters
    ----------
    groups : mapping of str to list of (int, str)
        Rows and names of groups, by student.
    sections : mapping of int to str
        By row.
    source : Source
        A learning system gives a name once in a course.
    log : ReadingLog
        Takes what comes to light.
    """
    if source.code in _ONE_COURSE:
        return
    members: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    shown: dict[str, str] = {}
    for rows in groups.values():
        for row, label in rows:
            if _COUNTED.fullmatch(label) and sections.get(row):
                shown.setdefault(label.casefold(), label)
                members[label.casefold()][sections[row]] += 1
    several = {label for label, here in members.items() if len(here) > 1 and min(here.values()) >= _FEWEST}
    if not several:
        return
    for rows in groups.values():
        rows[:] = [
            (row, f"{label} ({sections[row]})")
            if label.casefold() in several and sections.get(row)
            else (row, label)
            for row, label in rows
        ]
    names = [f"{shown[label]} ({section})" for label in sorted(several) for section in sorted(members[label])]
    log.add(
        "groups-of-sections",
        Level.ASSUMED,
        message(
            "Groups with the same name in different sections count as different groups: {names}.",
            names=some(names),
        ),
        message(
            "Is it one group, with students from both? Then remove the column with sections from the file."
        ),
    )
