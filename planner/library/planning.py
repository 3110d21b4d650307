"""A first plan, and a plan again after dropouts and late enrolments."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

import pandas as pd

from planner.library import arguments
from planner.library.group_plan import GroupPlan
from planner.library.running import Show, run_here
from planner.model.domain import Roster
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError, Level, Problem
from planner.model.replan_options import ReplanOptions
from planner.planning.efforts import Effort
from planner.plans.folder import timeless
from planner.plans.previous import Previous, read_previous
from planner.rules import Rules
from planner.services import plan as first
from planner.services.compare_lists import ListComparison
from planner.services.plan import PlanRequest, make_plan
from planner.services.replan import ReplanRequest, make_replan
from planner.services.replan_wishes import require_known, require_once


def check(roster: Roster, rules: Rules) -> pd.DataFrame:
    """Hold rules against a class list, without forming any group.

    Parameters
    ----------
    roster : Roster
    rules : Rules

    Returns
    -------
    DataFrame
        What the rules assume, and, as ``error``, why no plan can hold them as far as counting shows:
        ``code``, ``level``, ``column``, ``message``.

    Raises
    ------
    InputError
        Where a rule does not fit the class list.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> rules = planner.Rules(language="en", rules=[planner.Limit(column="Gender", value="x", at_most=1)])
    >>> planner.check(roster, rules)
    Empty DataFrame
    Columns: [code, level, column, message]
    Index: []
    """
    arguments.roster_and_rules(roster, rules)
    found = first.check_fit(rules, roster)
    try:
        first.check(rules, roster)
    except NoPlan as error:
        found = (*(one for one in found if one.level is not Level.ERROR), *error.problems)
    rows = [(one.code, one.level.value, one.column, one.text(rules.language)) for one in found]
    return pd.DataFrame(rows, columns=["code", "level", "column", "message"], dtype=object)


def plan(
    roster: Roster,
    rules: Rules,
    *,
    seed: int = 0,
    effort: Effort = "normal",
    progress: Show | None = None,
    time_limit: float | None = None,
) -> GroupPlan:
    """Form groups for a term, with roles and refreshes.

    It runs in this process. An interrupt (Ctrl-C, or the stop button of a notebook) ends it with the
    best plan so far, if one is in hand that holds every `must` rule.

    Parameters
    ----------
    roster : Roster
    rules : Rules
    seed : int
        Another seed, another equally valid plan; the same one, the same plan.
    effort : {"quick", "normal", "prove"}
    progress : callable, optional
        Called with a `Progress` now and then.
    time_limit : float, optional
        Seconds after which the best plan so far is returned; ``outcome.cut_short`` says so.

    Returns
    -------
    GroupPlan

    Raises
    ------
    InputError
        Where a rule does not fit the class list.
    NoPlan
        Where there is no plan, or none was found; its text says what is in the way.
    TypeError, ValueError
        Where an argument is not what it takes; its text names the argument.
    KeyboardInterrupt
        Where it was interrupted before there was a plan.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> plan = planner.plan(roster, planner.Rules(language="en"), effort="quick")
    >>> plan.summary.partition("; the")[0]
    '7 groups. Everyone has a place; every required rule is met'
    """
    arguments.roster_and_rules(roster, rules)
    arguments.called(progress)
    request = PlanRequest(
        rules,
        roster,
        arguments.whole("seed", seed),
        arguments.effort_of(effort),
        arguments.seconds("time_limit", time_limit),
    )
    assumed: list[Problem] = []
    attempt = run_here(lambda run: make_plan(request, run, assumed=assumed.extend), progress)
    return GroupPlan(timeless(request.course(attempt.made)), assumed=tuple(assumed))


def replan(
    previous: GroupPlan | str | PathLike[str],
    roster: Roster,
    rules: Rules | None = None,
    *,
    from_week: int = 1,
    extra_moves: int = 0,
    keep_groups: Iterable[str] = (),
    top_up: Iterable[str] = (),
    dissolve: Iterable[str] = (),
    keep_students: Iterable[str] = (),
    merge: Iterable[tuple[str, str]] = (),
    unlock: bool = False,
    seed: int = 0,
    progress: Show | None = None,
    time_limit: float | None = None,
) -> GroupPlan:
    """Plan again after dropouts and late enrolments: as few as can be have to move.

    Parameters
    ----------
    previous : GroupPlan or path
        The plan so far: one of these, its folder (edited lists of groups in it count), or any list
        of groups.
    roster : Roster
        The new class list.
    rules : Rules, optional
        Those of the previous plan where left out.
    from_week : int
        First week of the new groups.
    extra_moves : int
        Moves that may be spent on better groups.
    keep_groups, top_up, dissolve : iterable of str
        Names of groups that stay as they are, that somebody joins and nobody leaves, and that
        everybody leaves.
    keep_students : iterable of str
        Ids of who stays in any case.
    merge : iterable of (str, str)
        All of the first group join the second.
    unlock : bool
        Let go of what was locked by hand in the previous plan.
    seed : int
    progress : callable, optional
        Called with a `Progress` now and then.
    time_limit : float, optional
        Seconds after which the best plan so far is returned.

    Returns
    -------
    GroupPlan
        Its `changes` say who moved and why, ``outcome.moves`` how many, and ``outcome.moves_bound``
        how many have to: that is proven.

    Raises
    ------
    InputError
        Where the list is of another course, a rule does not fit it, or a name is unknown.
    NoPlan
        Where there is no plan, or none was found; its text says what is in the way.
    TypeError, ValueError
        Where an argument is not what it takes; its text names the argument.
    KeyboardInterrupt
        Where it was interrupted before there was a plan.

    Examples
    --------
    >>> import pandas as pd
    >>> import planner
    >>> frame = pd.DataFrame({"Student number": range(1001, 1013), "Name": list("ABCDEFGHIJKL")})
    >>> rules = planner.Rules(language="en", groups=planner.GroupSizes(size=(3, 4), prefer=4))
    >>> plan = planner.plan(planner.Roster.from_frame(frame), rules, effort="quick")
    >>> after = planner.replan(plan, planner.Roster.from_frame(frame.drop(index=[0])), from_week=3)
    >>> after.outcome.moves, after.outcome.moves_bound
    (0, 0)
    >>> after.changes[["student", "to_group", "reason"]].to_dict("records")
    [{'student': '1001', 'to_group': None, 'reason': 'No longer in the class list.'}]
    """
    asked = ReplanOptions(
        from_week=arguments.whole("from_week", from_week, least=1),
        extra_moves=arguments.whole("extra_moves", extra_moves),
        closed=frozenset(arguments.texts("keep_groups", keep_groups)),
        locked=frozenset(arguments.texts("keep_students", keep_students)),
        topped_up=frozenset(arguments.texts("top_up", top_up)),
        dissolved=frozenset(arguments.texts("dissolve", dissolve)),
        merged=arguments.pairs("merge", merge),
    )
    arguments.roster_and_rules(roster, Rules() if rules is None else rules)
    arguments.is_a("previous", previous, (GroupPlan, str, PathLike), "a GroupPlan, or the path of a plan")
    arguments.called(progress)
    seed, time_limit = arguments.whole("seed", seed), arguments.seconds("time_limit", time_limit)
    before = previous.previous if isinstance(previous, GroupPlan) else _read(Path(previous), asked.from_week)
    if rules is None:
        rules = Rules() if before.course is None else before.course.rules
    compared = ListComparison.of(before, rules, roster, asked.from_week)
    compared.changes.require()
    request = _request(compared, asked, unlock=unlock, seed=seed, time_limit=time_limit)
    made = run_here(lambda run: make_replan(request, run), progress).made
    assumed = (*compared.changes.problems, *compared.remarks)
    return GroupPlan(timeless(made.course), handover=made.handover, assumed=assumed)


def _request(
    compared: ListComparison, asked: ReplanOptions, *, unlock: bool, seed: int, time_limit: float | None
) -> ReplanRequest:
    """Return what is asked, what was locked before included.

    Raises
    ------
    InputError
        Where something is asked that cannot be meant, or the rules do not fit the list.
    """
    pairs = [one for pair in asked.merged for one in pair]
    groups = [*sorted(asked.closed), *sorted(asked.topped_up), *sorted(asked.dissolved), *pairs]
    students = sorted(asked.locked)
    require_known(groups, students, compared.previous, compared.roster)
    if not unlock:
        asked = asked.beside(compared.locked)
    require_once(asked)
    return compared.require().ask(asked, seed=seed, time_limit=time_limit)


def _read(path: Path, week: int) -> Previous:
    found = read_previous(path, week)
    if found.failed:
        raise InputError(found.problems)
    return found
