"""Reading what a coordinator hands over: class lists, surveys, rules, plans and lists of groups.

Files from elsewhere are read in a process of their own, see `planner.jobs.reader`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.files.bounded import read_at_most
from planner.jobs.reader import READERS
from planner.model.domain import ColumnKind, Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message
from planner.plans import previous as plans
from planner.plans.previous import Previous
from planner.replanning.answers_before import AnswersBefore
from planner.rosters import Edits, GroupList, Reading, SourceFile, read_class_list
from planner.rosters import read_groups as group_list
from planner.rosters.earlier_groups import with_earlier_groups
from planner.rosters.known_columns import FIRST_LIST, KnownColumns
from planner.rosters.lms_formats import PLAIN
from planner.rosters.opening import SIZE_LIMIT, check_size
from planner.rosters.reading_log import ReadingLog
from planner.rules import Rules
from planner.rules import read_rules as rules_of

GROUPS = "groups.csv"  # in the folder of a plan


@dataclass(frozen=True)
class ListRequest:
    """A class list, what goes with it, and what the coordinator said of it.

    Attributes
    ----------
    class_list : SourceFile
    survey : SourceFile or None
    earlier : tuple of SourceFile
        Lists of groups of another course or year, those of long ago first.
    kinds : mapping
        What columns mean, by heading, where that was said or known before.
    seen : mapping
        The moments that columns about busy ones had before, and the orders of scales, by heading.
    sheet : str or None
    heading_row : int or None
        Counted from 1.
    edits : Edits
        What was changed by hand on top of the file.
    before : AnswersBefore or None
        What is known where there is a plan: what the list does not have comes from there.
    known : KnownColumns
        Of `before`, what reading needs of it.
    """

    class_list: SourceFile
    survey: SourceFile | None = None
    earlier: tuple[SourceFile, ...] = ()
    kinds: Mapping[str, ColumnKind] = field(default_factory=dict)
    seen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str | None = None
    heading_row: int | None = None
    edits: Edits = field(default_factory=Edits)
    before: AnswersBefore | None = None
    known: KnownColumns = FIRST_LIST


def read_list(request: ListRequest) -> Reading:
    """Read a class list and its survey; what is amiss is among the problems of the reading.

    With a plan before, what students answered then stays known where the list lacks it.
    """
    before = request.before
    if before is None:
        return _read(request)
    return before.complete(_read(replace(request, before=None, known=before.known)), request.edits)


def _read(request: ListRequest) -> Reading:
    if request.class_list.ours and request.survey is None and not request.earlier:
        return class_list_of(request)
    try:
        return READERS.read(class_list_of, request, file=request.class_list.name)
    except InputError as error:
        return Reading(roster=None, problems=error.problems, source=PLAIN.title)


def class_list_of(request: ListRequest) -> Reading:
    """Read a class list and its survey in this process; see `read_list`."""
    reading = read_class_list(
        request.class_list,
        request.survey,
        kinds=request.kinds,
        sheet=request.sheet,
        heading_row=request.heading_row,
        edits=request.edits,
        seen=request.seen,
        known=request.known,
    )
    return with_earlier_groups(reading, request.earlier, request.edits)


def read_rules(file: SourceFile) -> Rules:
    """Read a rules file.

    Raises
    ------
    InputError
        Where it cannot be used.
    """
    return READERS.read(rules_of, file.content, file.name, file=file.name)


def read_rules_for_pages(file: SourceFile) -> Rules:
    """Read a rules file that a page works with; classes, topics, tutors and meetings have no page yet.

    Raises
    ------
    InputError
        Where it cannot be used, or asks for what the page would lose.
    """
    rules = read_rules(file)
    if not rules.beside_members:
        return rules
    raise InputError(
        [
            Problem(
                code="not-on-pages",
                level=Level.ERROR,
                message=message("Classes, topics, tutors, meetings and rooms have no page yet."),
                hint=message("Use the command line with this rules file, or leave them out of it."),
                file=file.name,
            )
        ]
    )


def groups_source(path: Path) -> SourceFile:
    """Return a list of groups on this computer: a file, or the one in the folder of a plan.

    Parameters
    ----------
    path : Path

    Returns
    -------
    SourceFile

    Raises
    ------
    InputError
        Where the folder has none.
    OSError
        Where it cannot be opened.
    """
    if not path.is_dir():
        return source(path)
    if not (path / GROUPS).is_file():
        raise InputError(
            [
                Problem(
                    code="no-groups-in-folder",
                    level=Level.ERROR,
                    message=message("This folder has no {file}.", file=GROUPS),
                    hint=message("Choose a list of groups, or the folder that `plan` or `replan` wrote."),
                    file=path.name,
                )
            ]
        )
    return source(path / GROUPS)


def read_groups(file: SourceFile, roster: Roster, beside: Sequence[str] = ()) -> GroupList:
    """Read a list of groups of a class.

    Parameters
    ----------
    file : SourceFile
    roster : Roster
        The class that the groups are of.
    beside : sequence of str
        What else is read of the groups, by its heading: those of `Rules.beside_members`.

    Returns
    -------
    GroupList

    Raises
    ------
    InputError
        Where it is none, or names somebody whom the class list does not have.
    """
    return READERS.read(group_list, file, roster, beside=beside, file=file.name).require()


def read_previous(path: Path, week: int | None = None) -> Previous:
    """Read the plan before, from its folder or a file of it, as it stands in a week.

    Parameters
    ----------
    path : Path
        The folder of a plan, or a file of it.
    week : int, optional
        In which a rerun is.

    Returns
    -------
    Previous
        With what is amiss among its problems.
    """
    whole = path.absolute()  # a reader may have been started in another folder
    return READERS.read(plans.read_previous, whole, week, file=path.name)


def read_previous_file(file: SourceFile) -> Previous:
    """Read the plan before from a file that was handed over; what is amiss is among its problems."""
    try:
        return READERS.read(plans.previous_of, file, file=file.name)
    except InputError as error:
        return Previous(problems=error.problems)


def source(path: Path) -> SourceFile:
    """Return a file on this computer.

    Raises
    ------
    InputError
        Where it is too large to be looked at.
    OSError
        Where it cannot be opened.
    """
    content = read_at_most(path, SIZE_LIMIT)
    if len(content) > SIZE_LIMIT:
        check_size(max(path.stat().st_size, len(content)), ReadingLog(path.name))
    return SourceFile(path.name, content)
