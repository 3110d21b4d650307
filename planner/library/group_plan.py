"""A plan in Python: groups, roles and what is proven, as DataFrames, as text and as files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path

import pandas as pd

from planner.library.html import paragraph, reports_table, table
from planner.library.tables import changes_frame, groups_frame, report_frame, roles_frame
from planner.model.domain import Roster
from planner.model.handover import Handover
from planner.model.problems import Problem
from planner.model.reports import Outcome
from planner.model.text import Language, Message, message
from planner.plans.course import Course
from planner.plans.folder import export_remarks, plan_files, write_folder
from planner.plans.previous import Previous, previous_from_course
from planner.reporting import describe
from planner.reporting.sentence import sentence
from planner.rules import Rules
from planner.services.elsewhere import known_elsewhere
from planner.services.reading import source


@dataclass(frozen=True)
class GroupPlan:
    """Groups and roles of a course, how good they are, and what is proven of that.

    It is made by `planner.plan`, `planner.replan` or `planner.load`. Two are equal where class
    list, rules, groups, roles, outcome and history are.

    Attributes
    ----------
    course : Course
        Everything that ``plan.json`` holds.
    handover : Handover
        What was changed, after `planner.replan`.
    assumed : tuple of Problem
        What the rules assume of the class list; `remarks` has them as texts.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> rules = planner.Rules(language="en", rules=[planner.Mix(column="Opleiding")])
    >>> plan = planner.plan(roster, rules, effort="quick")
    >>> plan.groups.columns.tolist()
    ['student', 'name', 'group']
    >>> plan.groups["group"].nunique(), plan.outcome.status.value
    (7, 'optimal')
    """

    course: Course
    handover: Handover = field(default_factory=Handover, compare=False, repr=False)
    assumed: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    def __repr__(self) -> str:
        """Say it in a line."""
        return f"<GroupPlan: {self.summary}>"

    @property
    def roster(self) -> Roster:
        """The class list, with the columns that the rules read."""
        return self.course.roster

    @property
    def rules(self) -> Rules:
        """What was asked."""
        return self.course.rules

    @property
    def outcome(self) -> Outcome:
        """Status, cost and bound, moves and their bound, and the reports of the rules.

        ``moves`` and ``moves_bound`` are None for a first plan. ``bound`` is a proven limit: no plan
        with as many groups costs less.
        """
        return self.course.plan.outcome

    @property
    def previous(self) -> Previous:
        """What a next rerun starts from."""
        return previous_from_course(self.course)

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Who is in which group: ``student``, ``name``, ``group``, by group and then surname.

        Where they are asked for, also ``class``, ``topic``, ``tutor``, ``moment`` and ``room``.
        """
        return groups_frame(self.roster, self.course.plan)

    @cached_property
    def roles(self) -> pd.DataFrame:
        """Who has which role: ``week``, ``group``, ``role``, ``student``, ``name``."""
        return roles_frame(self.course)

    @cached_property
    def report(self) -> pd.DataFrame:
        """What every rule finds: a row for each, sizes and the placement of students included.

        The columns are ``rule``, ``importance``, ``holds``, ``finding``, ``units``, ``bound`` and
        ``proof``. ``units`` counts how far the rule is from perfect, in the unit in which it is priced, and
        ``bound`` how low that can be at best, as far as that is proven.
        """
        return report_frame(self.outcome.rules, self._language)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """What a rerun changed: ``student``, ``name``, ``from_group``, ``to_group``, ``reason``.

        ``from_group`` is None for whoever is new, ``to_group`` for whoever left. It is empty for a
        first plan, and for one that was loaded.
        """
        return changes_frame(self.handover.changes, self._language)

    @property
    def summary(self) -> str:
        """How many groups there are, who had to move, and how good it is, in words."""
        return " ".join(line.text(self._language) for line in self._summary())

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the rules assume of the class list, in words."""
        return tuple(problem.text(self._language) for problem in self.assumed)

    @property
    def import_remarks(self) -> tuple[str, ...]:
        """What a learning system may not take, and which imports could not be made, in words."""
        return tuple(one.text(self._language) for one in export_remarks(self.course, self.handover))

    def files(
        self, *, moodle_course: str = "", blackboard_groups: str | PathLike[str] | None = None
    ) -> dict[str, bytes]:
        """Return every file of the plan by its path: lists, workbook, imports and ``plan.json``.

        Parameters
        ----------
        moodle_course : str
            Short name of the course in Moodle, for the file with members.
        blackboard_groups : path, optional
            Export of the groups that Blackboard has already.

        Returns
        -------
        dict of str to bytes

        Raises
        ------
        InputError
            Where one of these cannot be used.

        Examples
        --------
        >>> import planner
        >>> roster = planner.read_class_list("data/klas-28.csv")
        >>> sorted(planner.plan(roster, planner.Rules(), effort="quick").files())[:3]
        ['groups.csv', 'groups.xlsx', 'imports/ans-groups.csv']
        """
        there = known_elsewhere(
            moodle_course, None if blackboard_groups is None else source(Path(blackboard_groups))
        )
        return plan_files(self.course, self.handover, there)[0]

    def save(
        self,
        folder: str | PathLike[str],
        *,
        moodle_course: str = "",
        blackboard_groups: str | PathLike[str] | None = None,
    ) -> Path:
        """Write the folder of the plan, the same one as the command line writes; all files or none.

        Parameters
        ----------
        folder : path
            Files of an earlier plan in it are replaced. An empty name is none: ``"."`` is the folder
            where the script runs.
        moodle_course, blackboard_groups
            As in `files`.

        Returns
        -------
        Path
            The folder. `planner.load` reads the plan back.

        Raises
        ------
        ValueError
            Where there is no name.
        InputError
            As in `files`.

        Examples
        --------
        >>> import planner, tempfile
        >>> roster = planner.read_class_list("data/klas-28.csv")
        >>> plan = planner.plan(roster, planner.Rules(), effort="quick")
        >>> planner.load(plan.save(tempfile.mkdtemp())) == plan
        True
        """
        if not fspath(folder).strip():
            raise ValueError("folder: it takes the name of a folder, not an empty text")
        files = self.files(moodle_course=moodle_course, blackboard_groups=blackboard_groups)
        write_folder(Path(folder), files)
        return Path(folder)

    @property
    def _language(self) -> Language:
        return self.rules.language

    def _summary(self) -> tuple[Message, ...]:
        count = len(self.course.plan.groups)
        sized = message("{groups}.", groups=describe.group_count(count))
        moved = () if self.outcome.moves is None else (describe.moves(self.outcome),)
        told = sentence(self.course.rules, self.roster, self.course.plan)
        return (sized, *moved, told, describe.verdict(self.outcome, count))

    def _repr_html_(self) -> str:
        roster, language = self.roster, self._language
        groups = [(group.name, ", ".join(roster.names(group.members))) for group in self.course.plan.groups]
        parts = [
            paragraph(self.summary),
            table((message("Group"), message("Students")), groups, language),
            reports_table(self.outcome.rules, self.course.plan.groups, self.outcome, language),
        ]
        if self.handover.changes:
            parts.append(self._changes_html())
        return "".join(parts)

    def _changes_html(self) -> str:
        rows = [
            (one.name, one.from_group or "–", one.to_group or "–", one.reason.text(self._language))
            for one in self.handover.changes
        ]
        headings = (message("Name"), message("From"), message("To"), message("Why"))
        return table(headings, rows, self._language)
