"""Results as DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from planner.exports.files import placed
from planner.exports.tables import beside_members, ordered_turns
from planner.model.domain import Plan, Roster
from planner.model.handover import Change
from planner.model.reports import RuleReport
from planner.model.text import Language, Message
from planner.plans.course import Course
from planner.reporting.describe import placed_finding

WHOLE = "Int64"  # whole numbers of which some are not known


def groups_frame(roster: Roster, plan: Plan) -> pd.DataFrame:
    """Return ``student``, ``name``, ``group``, and what groups have besides: by group, then surname.

    Parameters
    ----------
    roster : Roster
    plan : Plan

    Returns
    -------
    DataFrame
    """
    beside, had = beside_members(plan.groups), {group.name: group for group in plan.groups}
    rows = [
        (one.id, one.name, group, *(had[group].has(what) for what in beside))
        for group, one in placed(roster, plan)
    ]
    return pd.DataFrame(rows, columns=["student", "name", "group", *beside])


def roles_frame(course: Course) -> pd.DataFrame:
    """Return ``week``, ``group``, ``role``, ``student``, ``name`` for every week of the plan."""
    turns = ordered_turns(course.plan)
    names = course.names(turn.student_id for turn in turns)
    rows = [
        (turn.week, turn.group, turn.role, turn.student_id, name)
        for turn, name in zip(turns, names, strict=True)
    ]
    return pd.DataFrame(rows, columns=["week", "group", "role", "student", "name"])


def report_frame(reports: Iterable[RuleReport], language: Language) -> pd.DataFrame:
    """Return a row for each rule: what it finds, in how many units, how low those can be, and the proof.

    Parameters
    ----------
    reports : sequence of RuleReport
    language : {"en", "nl"}

    Returns
    -------
    DataFrame
    """
    rows = [
        (
            report.title.text(language),
            report.importance.value,
            not report.broken,
            "\n".join(line.text(language) for line in _found(report)),
            report.units,
            report.bound,
            "" if report.proof is None else report.proof.text(language),
        )
        for report in reports
    ]
    columns = ["rule", "importance", "holds", "finding", "units", "bound", "proof"]
    return pd.DataFrame(rows, columns=columns).astype({"units": WHOLE, "bound": WHOLE})


def _found(report: RuleReport) -> list[Message]:
    """Return what a rule finds: how the plan stands as a whole, then group by group."""
    whole = [] if report.told is None else [report.told]
    return whole + [placed_finding(one) for one in report.findings if one.units]


def changes_frame(changes: Sequence[Change], language: Language) -> pd.DataFrame:
    """Return ``student``, ``name``, ``from_group``, ``to_group``, ``reason``; None for nowhere.

    Parameters
    ----------
    changes : sequence of Change
    language : {"en", "nl"}

    Returns
    -------
    DataFrame
    """
    rows = [
        (one.student_id, one.name, one.from_group, one.to_group, one.reason.text(language)) for one in changes
    ]
    return pd.DataFrame(rows, columns=["student", "name", "from_group", "to_group", "reason"], dtype=object)


def moved_frame(roster: Roster, moved: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Return who is in another group than before: ``student``, ``name``, ``from_group``, ``to_group``.

    Parameters
    ----------
    roster : Roster
    moved : iterable of (str, str, str)
        Id, and the groups of before and of now.

    Returns
    -------
    DataFrame
    """
    rows = [(student, roster.shown_names.get(student, student), old, new) for student, old, new in moved]
    return pd.DataFrame(rows, columns=["student", "name", "from_group", "to_group"])
