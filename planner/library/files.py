"""Class lists, rules and plans from files and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TypedDict, Unpack

from planner.files.private_files import write_files
from planner.library.group_plan import GroupPlan
from planner.model.domain import ColumnKind, Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Language, message
from planner.plans.edited_groups import edited_since
from planner.plans.previous import edited_later, read_previous
from planner.rosters import Reading
from planner.rosters.remarks import roster_of
from planner.rosters.said_kinds import require_headings, said_columns
from planner.rules import Rules
from planner.rules import read_rules as rules_of
from planner.rules import write_rules as text_of
from planner.services.reading import ListRequest, class_list_of, source


def read_class_list(
    path: str | PathLike[str],
    *,
    survey: str | PathLike[str] | None = None,
    earlier: Iterable[str | PathLike[str]] = (),
    kinds: Mapping[str, ColumnKind | str] | None = None,
    sheet: str | None = None,
    heading_row: int | None = None,
    language: Language = "en",
) -> Roster:
    """Read a class list from CSV or .xlsx, as a learning system or an administration exports it.

    The file is read in this process; the command line and the pages read files from elsewhere in a
    process of their own.

    Parameters
    ----------
    path : path
    survey : path, optional
        Answers of the same students, joined on number or e-mail, else on full name.
    earlier : iterable of path, optional
        Lists of groups of another course or year, the oldest first: a column each, called after its file.
    kinds : mapping, optional
        What columns mean, by heading, such as ``{"Klas": "category"}``; the rest is inferred. A scale can
        say its order: ``{"Niveau": "scale: laag < midden < hoog"}``.
    sheet : str, optional
        The sheet with the students.
    heading_row : int, optional
        Counted from 1; 0 where there are no headings.
    language : {"en", "nl"}
        Of the warnings.

    Returns
    -------
    Roster

    Raises
    ------
    InputError
        Where it cannot be read, or `kinds` speaks of no column; the text names file, row, column and the
        way out.
    OSError
        Where the file cannot be opened.

    Warns
    -----
    ReadingWarning
        For whatever was skipped, mended or assumed.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> len(roster.students), roster.headings[:2]
    (28, ('Opleiding', 'Vooropleiding cijfer'))
    """
    return roster_of(
        reading_of(path, survey=survey, earlier=earlier, kinds=kinds, sheet=sheet, heading_row=heading_row),
        language,
    )


class ListOptions(TypedDict, total=False):
    """What can be said of a class list, as `read_class_list` takes it."""

    survey: str | PathLike[str] | None
    earlier: Iterable[str | PathLike[str]]
    kinds: Mapping[str, ColumnKind | str] | None
    sheet: str | None
    heading_row: int | None


def reading_of(path: str | PathLike[str], **options: Unpack[ListOptions]) -> Reading:
    """Return all that was found in a class list.

    Parameters
    ----------
    path : path
    **options
        As `read_class_list` takes them.

    Returns
    -------
    Reading
        Without a roster where it cannot be read.
    """
    said, survey = said_columns((options.get("kinds") or {}).items()), options.get("survey")
    request = ListRequest(
        class_list=source(Path(path)),
        survey=None if survey is None else source(Path(survey)),
        earlier=tuple(source(Path(one)) for one in options.get("earlier", ())),
        kinds=said.kinds,
        seen=said.orders,
        sheet=options.get("sheet"),
        heading_row=options.get("heading_row"),
    )
    reading = class_list_of(request)
    require_headings(said.kinds, [column.heading for column in reading.columns])
    return reading


def read_rules(path: str | PathLike[str]) -> Rules:
    """Read a rules file.

    Parameters
    ----------
    path : path
        TOML, as the command line takes it.

    Returns
    -------
    Rules

    Raises
    ------
    InputError
        Where it cannot be used; the text names file, row and the nearest valid name.

    Examples
    --------
    >>> import planner
    >>> len(planner.read_rules("data/regels-28.toml").rule)
    8
    """
    file = source(Path(path))
    return rules_of(file.content, file.name)


def write_rules(rules: Rules, path: str | PathLike[str] | None = None) -> str:
    """Write rules as a file that `read_rules` and the command line read back.

    Parameters
    ----------
    rules : Rules
    path : path, optional
        Where to write it; left out, nothing is written.

    Returns
    -------
    str
        The text of the file.

    Examples
    --------
    >>> import planner
    >>> print(planner.write_rules(planner.Rules(language="en", rules=[planner.Mix(column="Programme")])))
    language = "en"
    <BLANKLINE>
    [[rule]]
    kind = "mix"
    importance = "important"
    column = "Programme"
    <BLANKLINE>
    """
    content = text_of(rules)
    if path is not None:
        write_files(Path(path).parent, {Path(path).name: content})
    return content.decode()


def load(path: str | PathLike[str]) -> GroupPlan:
    """Read a plan back from its folder, or from its ``plan.json``.

    Parameters
    ----------
    path : path

    Returns
    -------
    GroupPlan
        Equal to the one that was saved.

    Raises
    ------
    InputError
        Where there is no plan, or its lists of groups were edited since: `planner.replan` takes such a
        folder as the previous plan.

    Examples
    --------
    >>> import planner, tempfile
    >>> plan = planner.plan(planner.read_class_list("data/klas-28.csv"), planner.Rules(), effort="quick")
    >>> folder = plan.save(tempfile.mkdtemp())
    >>> planner.load(folder / "plan.json") == plan
    True
    """
    place = Path(path)
    found = read_previous(place)
    if found.failed:
        raise InputError(problem for problem in found.problems if problem.level is Level.ERROR)
    if found.course is None:
        raise InputError([_no_plan(place.name)])
    if found.by_hand or (place.is_dir() and edited_later(place, found.course)):
        hint = message("Replan with this folder as the previous plan: give replan its path.")
        raise InputError([edited_since(place.name, hint)])
    return GroupPlan(found.course)


def _no_plan(name: str) -> Problem:
    return Problem(
        code="needs-plan",
        level=Level.ERROR,
        message=message("There are groups here, but no plan.json."),
        hint=message("Choose the folder that `plan` or `replan` wrote."),
        file=name,
    )
