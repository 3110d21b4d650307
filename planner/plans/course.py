"""A course as a file: `plan.json`, all that is needed to come back to a plan."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field
from pydantic_core import from_json

from planner.audit.plan_audit import audit
from planner.audit.proven import (
    closeness,
    kept,
    price_of,
    whole,
)
from planner.model.domain import (
    LONGEST_NAME,
    MOST_STUDENTS,
    MOST_VERSIONS,
    Amount,
    Frozen,
    Group,
    Left,
    Outcome,
    Plan,
    Roster,
    RuleReport,
    Turn,
    Week,
)
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Language, message
from planner.rules import Rules

FORMAT = 1
LARGEST_PLAN = 64_000_000  # bytes; a plan of the largest class has half of it
MOST_PARTS = 4_000_000  # lists and objects: an empty one takes thirty times its room in the file

How = Literal["by-hand", "refresh"]  # what put somebody in their group, other than the plan itself


class Version(Frozen):
    """Groups of earlier in the term, and from which week they held."""

    from_week: Week
    groups: tuple[Group, ...] = Field(max_length=MOST_STUDENTS)


class Locks(Frozen):
    """What stays as it is until the coordinator says otherwise.

    Attributes
    ----------
    students : tuple of str
        Ids of who stays in their group.
    groups : tuple of str
        Names of groups that nobody leaves or joins.
    """

    students: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.students or self.groups)


class Course(Frozen):
    """A class list (only the columns in use), the rules, and the plan made with them.

    `history` holds every earlier version of the groups, oldest first; student ids
    are those of now where somebody's id changed. `left` has who was in one of them and is
    in the class list no more, by the id of then. `placed` has who is in another group than
    in the week before the plan, and was put there by something else than the plan.
    """

    roster: Roster
    rules: Rules
    plan: Plan
    history: tuple[Version, ...] = Field(default=(), max_length=MOST_VERSIONS)
    locks: Locks = Locks()
    left: dict[str, Left] = Field(default_factory=dict)
    placed: dict[str, How] = Field(default_factory=dict, max_length=MOST_STUDENTS)

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the names of some students, those who left included, in the order given."""
        known = {one: left.name for one, left in self.left.items()} | dict(self.roster.shown_names)
        return tuple(known.get(one, one) for one in ids)


def with_left(
    before: Mapping[str, Left], gone: Mapping[str, str], turns: Iterable[Turn], new_id: Mapping[str, str]
) -> dict[str, Left]:
    """Return who left the course, those who are gone since included.

    `new_id` has the ids from now on by those of then, of whom another is known.

    Parameters
    ----------
    before : mapping of str to Left
        Who had left already, by the id of then.
    gone : mapping of str to str
        Names of who is gone since, by id.
    turns : iterable of Turn
        Roles of the term, with the ids of then.
    new_id : mapping of str to str
        Ids from now on by those of then, of whom another is known.

    Returns
    -------
    dict of str to Left
        By the id that the past has from now on.
    """
    roles: dict[str, dict[tuple[int, str], None]] = {
        one: dict.fromkeys(before[one].roles if one in before else ()) for one in gone
    }
    for turn in turns:
        if turn.student_id in roles:
            roles[turn.student_id][turn.week, turn.role] = None
    now = {one: Left(name=gone[one], roles=tuple(had)) for one, had in roles.items()}
    return {new_id.get(one, one): left for one, left in {**before, **now}.items()}


class _Price(BaseModel):
    """What a rule asks of another, as it is written; by its name only in files of before."""

    without: str
    rule: Amount | None = None
    units: Amount


class _ReportRow(BaseModel):
    """What is proven of a rule, as it is written."""

    units: Amount
    bound: Amount | None = None
    proof: str | None = None
    prices: tuple[_Price, ...] = ()


class _Outcome(BaseModel):
    rules: tuple[_ReportRow, ...] = ()


def only_used(roster: Roster, rules: Rules) -> Roster:
    """Return the roster with just the columns that the rules read.

    Parameters
    ----------
    roster : Roster
    rules : Rules

    Returns
    -------
    Roster
    """
    return with_columns(roster, rules.headings())


def with_columns(roster: Roster, headings: Iterable[str]) -> Roster:
    """Return the roster with just the columns under some headings.

    Parameters
    ----------
    roster : Roster
    headings : iterable of str
        Of the columns that stay.

    Returns
    -------
    Roster
    """
    used = set(headings)
    students = tuple(
        student.model_copy(update={"answers": {h: a for h, a in student.answers.items() if h in used}})
        for student in roster.students
    )
    return Roster(students=students, columns=tuple(c for c in roster.columns if c.heading in used))


def write_course(course: Course, *, readable: bool = True) -> bytes:
    """Return `plan.json`: the outcome in plain words first, then what a program needs.

    The only part that differs from run to run is ``outcome.seconds``. What no person reads is
    written many times faster: in one line, and without the findings, which are made anew on reading.

    Parameters
    ----------
    course : Course
    readable : bool, default True
        Whether a person may open it: with line breaks, and with what the rules found.

    Returns
    -------
    bytes
        UTF-8 JSON.
    """
    plan = course.plan
    outcome = plan.outcome.model_dump(mode="json", exclude={"rules"})
    if plan.outcome.moves is None:
        outcome["proof"] = whole(plan.outcome, len(plan.groups)).text(plan.language)
    outcome["rules"] = [_rule_row(report, plan.language, findings=readable) for report in plan.outcome.rules]
    data = {
        "format": FORMAT,
        "outcome": outcome,
        "plan": plan.model_dump(mode="json", exclude={"outcome"}),
        "rules": course.rules.model_dump(mode="json", exclude_none=True),
        "roster": course.roster.model_dump(mode="json"),
        "history": [version.model_dump(mode="json") for version in course.history],
    }
    if course.locks:
        data["locks"] = course.locks.model_dump(mode="json")
    if course.left:
        data["left"] = {one: left.model_dump(mode="json") for one, left in course.left.items()}
    if course.placed:
        data["placed"] = course.placed
    return (json.dumps(data, ensure_ascii=False, indent=1 if readable else None) + "\n").encode()


def _rule_row(report: RuleReport, language: Language, *, findings: bool) -> dict[str, Any]:
    return {
        "kind": report.kind,
        "title": report.title.text(language),
        "importance": report.importance.value,
        "holds": not report.units,
        "cost": report.cost,
        "units": report.units,
        "bound": report.bound,
        "proof": None if report.proof is None else report.proof.text(language),
        "prices": [
            {
                "text": price.message.text(language),
                "without": price.left_out.text(language),
                "rule": price.place,
                "units": price.units,
            }
            for price in report.prices
        ],
        "findings": [
            {
                "text": finding.message.text(language),
                "group": finding.group,
                "students": list(finding.students),
                "units": finding.units,
            }
            for finding in (report.findings if findings else ())
        ],
    }


def read_course(content: bytes, name: str = "plan.json") -> Course:
    """Read a `plan.json`; the reports of the rules are made anew from the groups, what is proven is kept.

    Parameters
    ----------
    content : bytes
        Of the file.
    name : str, default 'plan.json'
        Of the file, for what is wrong with it.

    Returns
    -------
    Course

    Raises
    ------
    InputError
        Where it is no `plan.json`, or one of a later format.
    """
    try:
        return _course(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError([_unreadable(name)]) from error


def _course(content: bytes) -> Course:
    if len(content) > LARGEST_PLAN or content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise ValueError("large")
    data = from_json(content.removeprefix(codecs.BOM_UTF8), allow_inf_nan=False)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("format")
    rules = Rules.model_validate(data["rules"])
    roster = Roster.model_validate(data["roster"])
    outcome = dict(data["outcome"])
    rows = _Outcome.model_validate(outcome).rules
    outcome.pop("proof", None)  # said anew from the figures
    bare = Outcome.model_validate({**outcome, "rules": ()})
    plan = Plan.model_validate({**data["plan"], "outcome": bare})
    _check_members(plan, roster)
    _check_names(plan)
    until = plan.later[0].from_week - 1 if plan.later else None
    reports = audit(rules, roster, plan.groups, plan.turns, plan.from_week, until).reports
    proven = _proven(rules, roster, reports, rows, rules.language)
    return Course(
        roster=roster,
        rules=rules,
        plan=plan.but(outcome=bare.model_copy(update={"rules": proven})),
        history=data.get("history", ()),
        locks=data.get("locks", {}),
        left=data.get("left", {}),
        placed=data.get("placed", {}),
    )


def _check_members(plan: Plan, roster: Roster) -> None:
    """Refuse groups with nobody's number in them, or with the same person twice."""
    for block in plan.blocks:
        members = Counter(student for group in block.groups for student in group.members)
        if members.keys() - roster.by_id.keys() or any(count > 1 for count in members.values()):
            raise ValueError("members")


def _check_names(plan: Plan) -> None:
    """Refuse names that no list could have: each comes back in every file that is made of a plan."""
    names = {group.name for block in plan.blocks for group in block.groups}
    names |= {text for turn in plan.turns for text in (turn.group, turn.role)}
    if any(len(name) > LONGEST_NAME for name in names):
        raise ValueError("names")


def _proven(
    rules: Rules,
    roster: Roster,
    reports: Sequence[RuleReport],
    rows: Sequence[_ReportRow],
    language: Language,
) -> tuple[RuleReport, ...]:
    """Return reports with the proof that a file has of them, in both languages again."""
    active = rules.active()
    named = {rule.label().text(language): place for place, rule in enumerate(active, 1)}
    before = list(reports)
    for place, (rule, row) in enumerate(zip(active, rows[1:], strict=False), 1):
        if row.proof is None:
            continue
        found = [(named.get(one.without) if one.rule is None else one.rule, one.units) for one in row.prices]
        prices = [
            price_of(place - 1, other - 1, fewer, active, roster)
            for other, fewer in found
            if other is not None and 1 <= other <= len(active)
        ]
        known = {
            "units": row.units,
            "bound": row.bound,
            "proof": closeness(rule, row.units, None, roster),
            "prices": tuple(prices),
        }
        before[place] = reports[place].model_copy(update=known)
    return kept(rules, roster, before, reports)


def _unreadable(name: str) -> Problem:
    return Problem(
        code="plan-unreadable",
        level=Level.ERROR,
        message=message("This is not a plan that this version of Hecht can read."),
        hint=message("Choose the plan.json of an earlier plan, or its groups.csv."),
        file=name,
    )
