"""A course as a file: `plan.json`."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import from_json

from planner.audit.plan_audit import audit
from planner.audit.proven import (
    closeness,
    kept,
    price_of,
    whole,
)
from planner.model.base import LONGEST_NAME, Amount
from planner.model.domain import Plan, Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.reports import Outcome, RuleReport
from planner.model.text import Language, message
from planner.plans.course import Course
from planner.rules import Rules

FORMAT = 1
LARGEST_PLAN = 64_000_000  # bytes; a plan of the largest class has half of it
MOST_PARTS = 4_000_000  # lists and objects: an empty one takes thirty times its room in the file


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


def write_course(course: Course, *, readable: bool = True) -> bytes:
    """Return `plan.json`: the outcome in plain words first, then what a program needs.

    What no person reads is written many times faster: in one line, and without the findings,
    which are made anew on reading.

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
    left_out = {"rules", "seconds"} if plan.outcome.seconds is None else {"rules"}
    outcome = plan.outcome.model_dump(mode="json", exclude=left_out)
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
        message=message("This version of Hecht cannot read this as a plan."),
        hint=message("Choose the plan.json of an earlier plan, or its groups.csv."),
        file=name,
    )
