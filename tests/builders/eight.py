"""Eight students in two groups, of whom one has the chair: the smallest course that can change."""

from __future__ import annotations

from planner.model.domain import Column, ColumnKind, Group, Plan, Roster, Student
from planner.model.reports import Outcome, Status
from planner.plans.course import Course, Locks
from planner.rules import Rules


def student(name: str, answer: str = "no") -> Student:
    return Student(id=name, name=f"{name} name", call_name=name, sort_name=name, answers={"Chair": answer})


def roster(names: str, yes: str = "a") -> Roster:
    people = tuple(student(name, "yes" if name in yes else "no") for name in names)
    return Roster(students=people, columns=(Column(heading="Chair", kind=ColumnKind.CATEGORY),))


def rules(**rule: object) -> Rules:
    return Rules.model_validate(
        {
            "language": "en",
            "groups": {"size": [2, 4]},
            "rule": [{"column": "Chair", "importance": "must", **rule}],
            "roles": {"names": []},
        }
    )


def course(asked: Rules, locks: Locks = Locks()) -> Course:  # noqa: B008 - a value
    groups = (Group(name="Group 1", members=tuple("abcd")), Group(name="Group 2", members=tuple("efgh")))
    outcome = Outcome(status=Status.FEASIBLE, cost=0, bound=0, seconds=0)
    plan = Plan(language="en", seed=0, version="", effort="quick", groups=groups, turns=(), outcome=outcome)
    return Course(roster=roster("abcdefgh"), rules=asked, plan=plan, locks=locks)


ONE_CHAIR = rules(kind="limit", value="yes", at_most=1)
NEVER_ALONE = rules(kind="never-alone")
