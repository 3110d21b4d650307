"""Why there is no plan: the fewest rules that cannot hold together, and ways out that were worked out.

Nothing is called impossible unless that is proven, and nothing is offered unless a
plan was made with it and has passed the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

import numpy as np

from planner.audit.plan_audit import audit
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.conflict import Conflict as Core
from planner.engines.infeasibility.conflict import ConflictFound, find_conflict
from planner.engines.infeasibility.feasibility import FeasibilityChecker
from planner.engines.infeasibility.requirements import COUNT, SIZES, Requirements
from planner.infeasibility.relaxations import before, relaxations, unbound
from planner.infeasibility.rule_relaxation import Relaxations, RuleRelaxation
from planner.model.domain import Group, Roster
from planner.model.evaluation import members_of
from planner.model.instance import IntArray, about_members
from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.planning.counting import group_counts
from planner.rules import Rules, build_instance
from planner.rules.titles import title

MOST_WAYS = 6  # ways out that are looked for
MOST_TRIES = 16  # searches for them
MOST_NAMED = 40  # students who are named at all
WAYS_OUT = message("Solutions. Each of these is enough on its own to meet every required rule:")


@dataclass(frozen=True)
class RuleConflict:
    """Rules that cannot hold together.

    Attributes
    ----------
    rules : tuple of Message
        As the coordinator wrote them, the sizes and the number of groups included.
    students : tuple of str
        Ids of students who cannot all be placed, none of whom could be left out; empty
        where it is about the class as a whole.
    minimal, smallest : bool
        Whether it is proven that without any one of these rules the others can hold, and
        that no fewer rules are in conflict.
    with_options : bool
        Whether what was asked of groups and students is in it; otherwise it is the rules alone.
    """

    rules: tuple[Message, ...]
    students: tuple[str, ...]
    minimal: bool
    smallest: bool
    with_options: bool = False

    def headline(self) -> Message:
        """Return what is proven, and no more."""
        if len(self.rules) == 1:
            return message("Proven: with this class list, this rule cannot be met.")
        if self.smallest:
            return message("Proven: these rules cannot all be met. No smaller set of rules conflicts.")
        if self.minimal:
            return message("Proven: these rules cannot all be met; without any one of them, the others can.")
        return message(
            "Proven: these rules cannot all be met. Some of them may already conflict without the rest."
        )

    def about(self, roster: Roster) -> Message | None:
        """Return which students it is about."""
        if not self.students or len(self.students) > MOST_NAMED:
            return None
        return plural_message(
            "It concerns {names}: under these rules, no group is possible for this student.",
            "It concerns {names}: under these rules, they cannot all be placed in a group.",
            len(self.students),
            names=shortened(roster.names(self.students)),
        )


Way = TypeVar("Way")


@dataclass(frozen=True)
class Explained(Generic[Way]):
    """What is in the way, as far as that is known.

    Attributes
    ----------
    conflict : RuleConflict or None
        None where there is no proof: never a sign that there is a plan, or that there is none.
    ways : tuple
        Each of them was worked out to a plan that holds every `must` rule; what asks least first.
    holds : bool
        Whether a plan turned up that holds every `must` rule as it is.
    groups : tuple of Group
        Its groups, to begin from; in a rerun with the names that they have.
    """

    conflict: RuleConflict | None
    ways: tuple[Way, ...] = ()
    holds: bool = False
    groups: tuple[Group, ...] = field(default=(), compare=False)

    def headline(self, *, proven: bool = False) -> Message:
        """Return what is known in a sentence; `proven`: it is known otherwise that there is no plan."""
        if self.conflict is not None:
            return self.conflict.headline()
        if proven:
            return message("There is no plan; it is not proven which rules are in the way.")
        if self.holds:
            return message(
                "A plan that meets every required rule turned up; the calculation goes on from there."
            )
        return message(
            "It is not proven what is in the way: there may be a plan that meets every required rule."
        )


class Explanation(Explained[RuleRelaxation]):
    """What is in the way of groups; the slightest change first."""


def explain(rules: Rules, roster: Roster, *, seed: int = 0, watch: Watch | None = None) -> Explanation:
    """Find out why no plan holds every `must` rule, and what would help.

    Parameters
    ----------
    rules : Rules
        That fit the class list, see `planner.planning.formation.check_fit`.
    roster : Roster
        The class list.
    seed : int
        The same seed gives the same answer.
    watch : Watch, optional
        Hears how far it is, and can stop it.

    Returns
    -------
    Explanation
    """
    watch = watch or Watch()
    found = find_conflict(demands_of(rules, roster), seed=seed, watch=watch)
    if found.plan is not None and rules.resources.kinds:
        return Explanation(None)  # what groups have besides members was left aside
    if found.plan is not None:
        return Explanation(None, holds=True, groups=_numbered(roster, found.plan))
    core = found.conflict
    conflict = None if core is None else _named(rules, roster, core)
    ways = _ways(rules, roster, found, seed, watch)
    watch.tell(stage="done", done=1.0)
    return Explanation(conflict, ways)


def demands_of(rules: Rules, roster: Roster) -> Requirements:
    """Return what is asked, for the likeliest number of groups where that is free.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list.

    Returns
    -------
    Requirements
    """
    students = len(roster.students)
    fitting = group_counts(rules, students)
    likely = max(1, round(students / rules.groups.preferred))
    count = rules.groups.count or (fitting[0] if fitting else likely)
    instance = about_members(build_instance(rules, roster, count))
    return Requirements(instance, tuple(cost.rule for cost in instance.costs), rules.groups.count is not None)


def _named(rules: Rules, roster: Roster, core: Core) -> RuleConflict:
    active = rules.active()
    names = [
        active[0].label()
        if element == SIZES
        else plural_message("One group", "{n} groups", rules.groups.count or 0)
        if element == COUNT
        else title(active[element], roster)
        for element in core.elements
    ]
    ids = tuple(roster.students[place].id for place in core.students)
    return RuleConflict(tuple(names), ids, core.minimal, core.smallest)


def _ways(
    rules: Rules, roster: Roster, found: ConflictFound, seed: int, watch: Watch
) -> tuple[RuleRelaxation, ...]:
    """Return the changes that come to a plan, the slightest first.

    With a change that helps a plan is mostly found in a moment; only where none is, each
    change is searched at length.
    """
    trial = _Trial(rules, roster, found, seed, watch)
    core = found.conflict
    concerned = () if core is None else tuple(roster.students[place].id for place in core.students)
    some = relaxations(rules, roster, () if core is None else core.elements, concerned)
    ways = _first_of_each(some, trial.comes_soon) or _first_of_each(some, trial.comes_to_a_plan)
    if not ways:
        ways += islice(filter(trial.comes_to_a_plan, _together(rules, roster, found)), 2)
    return tuple(sorted(ways, key=lambda change: change.weight))


def _first_of_each(
    some: Sequence[Relaxations], helps: Callable[[RuleRelaxation], bool]
) -> list[RuleRelaxation]:
    """Return the first change of each row of steps that helps, unless it covers one that does."""
    ways: list[RuleRelaxation] = []
    for steps in some:
        if len(ways) < MOST_WAYS:
            new = (change for change in steps if not any(change.covers(way) for way in ways))
            ways += islice(filter(helps, new), 1)
    return ways


def _together(rules: Rules, roster: Roster, found: ConflictFound) -> Iterator[RuleRelaxation]:
    """Changes of several rules at once: what the plans gave up that turned up on the way."""
    for given in sorted(found.given_up, key=lambda elements: (len(elements), sorted(elements))):
        if SIZES not in given and given:
            yield unbound(rules, roster, sorted(given))


class _Trial:
    """Sees whether a change helps: first whether the conflict stays, then whether a plan comes of it."""

    def __init__(self, rules: Rules, roster: Roster, found: ConflictFound, seed: int, watch: Watch) -> None:
        self.rules, self.roster, self.core = rules, roster, found.conflict
        self.seed, self.watch = seed, watch
        self.tries = 0
        self.refused: list[RuleRelaxation] = []  # the conflict stays with these

    def comes_soon(self, change: RuleRelaxation) -> bool:
        """Whether a short search comes to a plan with this change."""
        return self._helps(change, soon=True)

    def comes_to_a_plan(self, change: RuleRelaxation) -> bool:
        """Whether a search at length does."""
        return self.tries < MOST_TRIES and self._helps(change, soon=False)

    def _helps(self, change: RuleRelaxation, *, soon: bool) -> bool:
        """Whether every `must` rule holds in what is found with a change."""
        roster = change.roster(self.roster)
        if self.watch.stop() or change in self.refused or not _fits(change.rules, roster):
            return False
        demands = demands_of(change.rules, roster)
        holding = FeasibilityChecker(demands, self.seed, self.watch)
        if self._stays(change.rules, demands, holding):
            self.refused.append(change)
            return False
        self.watch.tell(stage="ways", done=0.7 + 0.29 * self.tries / MOST_TRIES)
        self.tries += not soon
        assignment = holding.plan(frozenset(demands.elements), soon=soon)
        if assignment is None:
            return False
        return audit(change.rules, roster, _numbered(roster, assignment)).holds

    def _stays(self, rules: Rules, demands: Requirements, holding: FeasibilityChecker) -> bool:
        """Whether the proof of the conflict still stands, as far as the same rules are there."""
        if self.core is None or len(rules.rule) != len(self.rules.rule):
            return False
        shift = before(rules) - before(self.rules)
        same = {element if element < 0 else element + shift for element in self.core.elements}
        chosen = frozenset(same) & frozenset(demands.elements)
        return len(chosen) == len(same) and holding.proven(chosen, self.core.students)


def _numbered(roster: Roster, assignment: IntArray) -> tuple[Group, ...]:
    """Return the groups of an assignment, those without members left out."""
    return tuple(
        Group(name=str(place), members=tuple(roster.students[s].id for s in members))
        for place, members in enumerate(members_of(assignment, int(np.max(assignment)) + 1))
        if members
    )


def _fits(rules: Rules, roster: Roster) -> bool:
    return bool(group_counts(rules, len(roster.students))) and not any(
        problem.level is Level.ERROR for problem in rules.check(roster)
    )
