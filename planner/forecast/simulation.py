"""How stable will a plan be: terms lived through with chance dropouts and the real repair.

Who leaves, and when, is drawn once for each simulated term and is the same for every
plan that is compared, so that differences between them are not blurred by luck. In
each week in which somebody leaves the audit looks first: as long as no `must` rule
breaks nobody has to move, and no solver is asked. Else `planner.replanning.replan.replan` moves
the fewest.

Roles, and rules that are wishes, come after the moves and the pairs in every repair.
They are left out here, which makes a repair several times faster; sizes and `steady`
stay, since they shape how the rest of the term goes. A refresh is no dropout's doing:
its moves are not counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from planner.audit.plan_audit import moves as moved_since
from planner.engines.common.watch import Watch
from planner.forecast.repairs import holds, mended
from planner.forecast.scenarios import (
    AS_ASKED,
    ForecastRequest,
    Option,
    OptionResult,
    Scenario,
    TermOutcome,
)
from planner.model.domain import Group, Roster
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.text import Message
from planner.planning.formation import form
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.rules import RoleSettings, Rules
from planner.rules.steady import Steady


def options_of(start: Scenario, ask: ForecastRequest) -> tuple[Option, ...]:
    """Return what is compared, each once; what the rules ask comes first.

    Parameters
    ----------
    start : Scenario
        The class as it is.
    ask : ForecastRequest
        What is compared.

    Returns
    -------
    tuple of Option
    """
    students = len(start.roster.students)
    seen, kept = [_settings(start.rules)], [AS_ASKED]
    for option in ask.options:
        settings = _settings(option.rules(start.rules, students))
        if settings not in seen:
            seen.append(settings)
            kept.append(option)
    return tuple(kept)


def _settings(rules: Rules) -> tuple[object, ...]:
    return (rules.groups.size, rules.groups.preferred, rules.groups.count)


def simulate(
    start: Scenario, ask: ForecastRequest, part: int = 0, parts: int = 1, *, watch: Watch
) -> tuple[OptionResult, ...]:
    """Live through every `parts`-th term with every option, term by term.

    Parameters
    ----------
    start : Scenario
        The class as it is.
    ask : ForecastRequest
        What is compared, over how many terms.
    part : int, default 0
        Terms with this remainder are lived through.
    parts : int, default 1
        In how many parts the terms are shared out.
    watch : Watch
        Hears how far it is, and can stop it.

    Returns
    -------
    tuple of OptionResult
        In the order of `options_of`. A run that is stopped has the terms that every
        option went through.

    Raises
    ------
    InputError
        Where the rules or the rates do not fit the class list.
    """
    ask.dropout.require(start.roster)
    made: list[tuple[OptionResult, Scenario | None]] = []
    for option in options_of(start, ask):
        watch.tell(stage="forecast")
        if watch.stop():
            return ()
        made.append(_made(start, option, ask.seed, watch))
    terms = range(part, ask.terms, parts)
    outcomes: list[list[TermOutcome]] = [[] for _ in made]
    for number, term in enumerate(terms):
        leaving = draw(start, ask, term)
        lived = [None if begun is None else live(begun, term, leaving, watch) for _, begun in made]
        if watch.stop():
            break
        for some, outcome in zip(outcomes, lived, strict=True):
            some.extend([outcome] if outcome is not None else [])
        watch.tell(stage="forecast", done=(number + 1) / len(terms))
    rows = zip(made, outcomes, strict=True)
    return tuple(row.model_copy(update={"outcomes": tuple(some)}) for (row, _), some in rows)


def merged(parts: Sequence[Sequence[OptionResult]]) -> tuple[OptionResult, ...]:
    """Return the rows of several parts as one, terms in their order."""
    whole = [rows for rows in parts if rows]
    return tuple(
        rows[0].model_copy(
            update={
                "outcomes": tuple(sorted((f for row in rows for f in row.outcomes), key=lambda f: f.term))
            }
        )
        for rows in zip(*whole, strict=True)
    )


def draw(start: Scenario, ask: ForecastRequest, term: int) -> Mapping[int, frozenset[str]]:
    """Return who is gone from which week on in a term.

    Each student has the same luck in a term whatever the rate or the plan: with a higher
    rate the same people leave, and more.

    Parameters
    ----------
    start : Scenario
        The class as it is.
    ask : ForecastRequest
        How many leave.
    term : int
        Number of the term; the same one has the same luck.

    Returns
    -------
    mapping of int to frozenset of str
        Ids by week.
    """
    chance = np.random.default_rng((ask.seed, term))
    luck, moment = chance.random((2, len(start.roster.students)))
    weeks = start.weeks
    leaving: dict[int, set[str]] = {}
    for student, mine, when in zip(start.roster.students, luck, moment, strict=True):
        if weeks and mine < ask.dropout.of(student):
            leaving.setdefault(weeks[int(when * len(weeks))], set()).add(student.id)
    return {week: frozenset(ids) for week, ids in sorted(leaving.items())}


def live(start: Scenario, term: int, leaving: Mapping[int, frozenset[str]], watch: Watch) -> TermOutcome:
    """Live through one term with the groups of a scenario.

    Parameters
    ----------
    start : Scenario
        The class and its groups.
    term : int
        Number of the term.
    leaving : mapping of int to frozenset of str
        Ids of who is gone from each week on.
    watch : Watch
        Hears how far it is, and can stop it.

    Returns
    -------
    TermOutcome
    """
    earlier, roster, rules = start.earlier, start.roster, _lean(start.rules)
    assert earlier is not None  # noqa: S101 - for the type checker
    first = earlier.groups
    moved: set[str] = set()
    touched: set[str] = set()
    stuck = False
    for week, gone in leaving.items():
        roster = Roster(
            students=tuple(s for s in roster.students if s.id not in gone), columns=roster.columns
        )
        if not roster.students:
            break
        rules = without_leavers(rules, roster, earlier)
        earlier = replace(earlier, groups=_remaining(earlier.groups, roster))
        if holds(rules, roster, earlier.groups):
            continue
        try:
            after = mended(rules, roster, earlier, week, watch)
        except (NoPlan, InputError):
            stuck = True
            continue
        movers = moved_since(earlier.groups, after.groups)
        moved.update(movers)
        touched.update(place[student] for student in movers for place in (earlier.group_of, after.group_of))
        earlier = after
    pairs = _pairs(_remaining(first, roster))
    return TermOutcome(
        term=term,
        left=sum(map(len, leaving.values())),
        moved=len(moved),
        touched=len(touched),
        pairs=len(pairs),
        kept=len(pairs & _pairs(earlier.groups)),
        stuck=stuck,
    )


def _made(start: Scenario, option: Option, seed: int, watch: Watch) -> tuple[OptionResult, Scenario | None]:
    """Return an option with its plan, or why there is none."""
    rules = option.rules(start.rules, len(start.roster.students))
    row = OptionResult(option=option, allowed=rules.groups.size)
    earlier = start.earlier if option == AS_ASKED else None
    if earlier is None:
        try:
            quiet = Watch(wanted_stop=watch.stop)
            plan = form(rules, start.roster, seed=seed, effort="quick", watch=quiet)
        except NoPlan as error:
            return row.model_copy(update={"reasons": _reasons(error), "proven": error.proven}), None
        since = start.weeks.start - 1
        earlier = PreviousAssignment(groups=plan.groups, since=since)
    count = len(earlier.groups)
    # Who fixed the number of groups wants it kept; for others it may change with the class.
    fixed = count if start.rules.groups.count is not None else None
    lived = rules.model_copy(update={"groups": rules.groups.model_copy(update={"count": fixed})})
    row = row.model_copy(update={"groups": count})
    return row, Scenario(rules=lived, roster=start.roster, earlier=earlier)


def _reasons(error: NoPlan) -> tuple[Message, ...]:
    return tuple(p.message for p in error.problems) or tuple(report.title for report in error.broken)


def _lean(rules: Rules) -> Rules:
    """Return the rules by which people move: the `must` ones, and those that look ahead."""
    kept = tuple(rule for rule in rules.rule if rule.must or isinstance(rule, Steady))
    return rules.model_copy(update={"rule": kept, "roles": RoleSettings(names=())})


def _remaining(groups: Sequence[Group], roster: Roster) -> tuple[Group, ...]:
    """Return groups with those who are still there; a group without members keeps its name."""
    return tuple(g.only(s for s in g.members if s in roster.by_id) for g in groups)


def _pairs(groups: Sequence[Group]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group.members), 2)}
