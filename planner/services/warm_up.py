"""Compile the engines once after installing, so that nobody waits: ``python -m planner.services.warm_up``."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, get_context

from planner.engines.common.watch import Watch
from planner.engines.warm_up import warm_up
from planner.model.domain import (
    Column,
    ColumnKind,
    Group,
    Roster,
    Student,
)
from planner.model.replan_options import ReplanOptions
from planner.planning.roles import plan_turns
from planner.replanning.previous_assignment import PreviousAssignment
from planner.rules import Rules
from planner.services.plan import PlanRequest, plan
from planner.services.replan import ReplanRequest, replan

SIZE = 13


def prepare() -> None:
    """Make a worker ready for its first job: what a plan of a tiny class loads is there for the next one."""
    warm_up()
    names = [str(number) for number in range(8)]
    students = tuple(Student(id=name, name=name, call_name=name, sort_name=name) for name in names)
    apart = {"kind": "apart", "students": names, "importance": "nice"}  # cannot be: every engine has its say
    rules = Rules.model_validate({"rule": [apart]})
    plan(PlanRequest(rules, Roster(students=students)), watch=Watch())


def first_plan() -> None:
    """Compile what a first plan needs, and a refresh of it."""
    prepare()
    for meet in ("familiar", "new"):
        term = {"refresh_after": [5], "meet": meet, "keep_familiar": 1}
        plan(PlanRequest(_rules(term), _people(SIZE - 1), effort="quick"), watch=Watch())


def rerun() -> None:
    """Compile what a rerun needs: with somebody new, and where a move is enough.

    The groups are dealt by hand: a search would compile here what `first_plan` does beside it.
    """
    rules, everyone, newcomer = _rules({}), _people(SIZE), _people(SIZE + 1)
    ids = list(everyone.by_id)
    groups = tuple(Group(name=str(n), members=tuple(ids[n::3])) for n in range(3))
    earlier = PreviousAssignment(groups=groups, turns=plan_turns(rules, everyone, groups, 0))
    first = groups[0].members
    for roster in (newcomer, _without(everyone, first[:3]), _without(newcomer, first[:1])):
        replan(ReplanRequest(rules, roster, earlier, ReplanOptions(from_week=2)), watch=Watch())


def _people(count: int) -> Roster:
    columns = (Column(heading="A", kind=ColumnKind.CATEGORY), Column(heading="B", kind=ColumnKind.SLOTS))
    students = tuple(
        Student(id=name, name=name, call_name=name, sort_name=name, answers={"A": "xy"[n % 2], "B": "1; 2"})
        for n, name in enumerate(map(str, range(count)))
    )
    return Roster(students=students, columns=columns)


def _rules(term: Mapping[str, object]) -> Rules:
    return Rules.model_validate(
        {
            "groups": {"size": [3, 5]},
            "rule": [
                {"kind": "mix", "column": "A"},
                {"kind": "never-alone", "column": "A", "importance": "must"},
                {"kind": "overlap", "columns": ["B"], "importance": "must"},
            ],
            "term": {"weeks": 10, **term},
        }
    )


def _without(roster: Roster, gone: tuple[str, ...]) -> Roster:
    return Roster(students=tuple(s for s in roster.students if s.id not in gone), columns=roster.columns)


def main(jobs: Sequence[Callable[[], None]] = (first_plan, rerun)) -> None:
    """Compile in two processes side by side, which end with this one."""
    signal.signal(signal.SIGTERM, _end)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for job in [pool.submit(one) for one in jobs]:
            job.result()


def _end(number: int, _frame: object) -> None:
    for process in active_children():
        process.terminate()
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
