"""Reads the groups that a learning system has by itself, with the codes by which it knows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from planner.model.problems import InputError, Level
from planner.model.text import message
from planner.rosters.heading_vocabulary import compact
from planner.rosters.model import SourceFile
from planner.rosters.opening import open_file
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import Grid, clean

_TOP = 12  # rows in which the headings are looked for
CODE, TITLE, GROUP_SET = "groupcode", "title", "groupset"


@dataclass(frozen=True)
class GroupCodes:
    """Groups as Blackboard has them: codes by title, and the set that most of them are in."""

    codes: Mapping[str, str]
    group_set: str = ""

    def code(self, group: str) -> str | None:
        """Return the code of a group, or None where Blackboard does not have it."""
        return self.codes.get(_same(group))


def read_group_codes(file: SourceFile) -> GroupCodes:
    """Read the groups that Blackboard exported.

    Raises
    ------
    InputError
        Where the file has no codes and titles, or two groups have one title.
    """
    log = ReadingLog(file.name)
    grid = open_file(file, None, log, groups=True)
    rows = _rows(grid, log)
    named = [row for row in rows if row[CODE] and row[TITLE]]
    times = Counter(_same(row[TITLE]) for row in named)
    twice = list(dict.fromkeys(row[TITLE] for row in named if times[_same(row[TITLE])] > 1))
    if twice:
        log.add(
            "codes-twice",
            Level.ERROR,
            message("More than one group in this export is called {names}.", names=some(twice)),
            message("Remove the rows of the other group set from the file."),
        )
        raise InputError(log.problems())
    sets = Counter(row[GROUP_SET] for row in named if row[GROUP_SET])
    most = sets.most_common(1)
    return GroupCodes({_same(row[TITLE]): row[CODE] for row in named}, most[0][0] if most else "")


def _rows(grid: Grid, log: ReadingLog) -> list[dict[str, str]]:
    """Return the cells of every row by the headings that matter."""
    tops = [{compact(cell): place for place, cell in enumerate(row)} for row in grid.rows[:_TOP]]
    heading = next((at for at, places in enumerate(tops) if CODE in places and TITLE in places), None)
    if heading is None:
        log.stop(
            "no-group-codes",
            message("This file has no columns “Group Code” and “Title”."),
            message("In Blackboard, open Groups and choose Export, Groups only; it mails you the file."),
        )
    wanted = {name: tops[heading].get(name, -1) for name in (CODE, TITLE, GROUP_SET)}
    return [
        {name: clean(cells[at]) if 0 <= at < len(cells) else "" for name, at in wanted.items()}
        for cells in grid.rows[heading + 1 :]
    ]


def _same(title: str) -> str:
    return " ".join(title.split()).casefold()
